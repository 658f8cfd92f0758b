/** The folders that were opened last, newest first: a JSON file in the data folder. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic.ts'
import { readSmallTextSync } from '../files/small-file.ts'

const fileSchema = z.object({ folders: z.array(z.string()) })
const KEPT = 20

export interface RecentFolder {
  readonly folder: string
  readonly name: string
  readonly isThere: boolean
}

export interface RecentFolders {
  /** `isThere` is false for one that is gone, or on a drive that is not connected. */
  list(): RecentFolder[]
  /** Puts the folder first. @throws CodedError disk-full, not-writable */
  add(folder: string): void
}

/** The folder's last name; a drive's root is its own. */
export const nameOfFolder = (folder: string): string => basename(folder) || folder

export const openRecentFolders = (dataFolder: string): RecentFolders => {
  const file = join(dataFolder, 'recent.json')
  // Read each time: the web shell and the desktop app may run at once.
  const read = (): string[] => {
    try {
      return fileSchema.parse(JSON.parse(readSmallTextSync(file, { limit: 1e6 }))).folders
    } catch {
      // A convenience that is gone or damaged is built up again by use.
      return []
    }
  }
  return {
    list: () => read().map((folder) => ({ folder, name: nameOfFolder(folder), isThere: existsSync(folder) })),
    add(folder) {
      const folders = [folder, ...read().filter((other) => other !== folder)].slice(0, KEPT)
      writeFileAtomic(file, `${JSON.stringify({ folders }, null, 2)}\n`)
    },
  }
}

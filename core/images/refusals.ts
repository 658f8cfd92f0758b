/**
 * Remembers which files can't be decoded, and why: one small file for each in the data folder, named by path, size and
 * time, so that a file that changes is tried again. The app and the terminal share them.
 */
import { createHash } from 'node:crypto'
import { existsSync, type Stats } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Raised when decoders learn to read more: what was refused before is tried again. */
const DECODERS = 1

/**
 * Names a file as it is now: a later file at the same path has another name.
 * @param stats of the file, where it was asked already
 * @throws the file system's error
 */
export const nameOfVersion = async (file: string, stats?: Version): Promise<string> => {
  const { mtimeMs, size } = stats ?? (await stat(file))
  return createHash('sha256').update(`${file}\n${mtimeMs}\n${size}`).digest('hex')
}

type Version = Pick<Stats, 'mtimeMs' | 'size'>

export interface Refusals {
  /** Why this file, as it is now, can't be decoded; null when nothing is known against it. Never rejects. */
  reasonOf(file: string, stats?: Version): Promise<string | null>
  /** Never rejects: with a full disk it is tried again. */
  remember(file: string, reason: string): Promise<void>
}

export const createRefusals = (dataFolder: string): Refusals => {
  const placeOf = async (file: string, stats?: Version) => {
    const name = await nameOfVersion(file, stats)
    return join(dataFolder, 'refused-pictures', `${DECODERS}`, `${name.slice(0, 40)}.txt`)
  }
  return {
    reasonOf: async (file, stats) => {
      try {
        const place = await placeOf(file, stats)
        // Nearly always there is none, which a local disk says at once.
        return existsSync(place) ? (await readFile(place, 'utf8')) || null : null
      } catch {
        return null
      }
    },
    remember: async (file, reason) => {
      try {
        const place = await placeOf(file)
        await mkdir(dirname(place), { recursive: true })
        await writeFile(place, reason)
      } catch {
        // Said above.
      }
    },
  }
}

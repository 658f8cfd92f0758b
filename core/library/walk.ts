/** Finds the image files of a folder and its subfolders. Reads names and file facts, never the files. */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { FoundFile } from '../store/scan-table.ts'
import { exportMarker } from '../transfer/marker.ts'
import { readFileFacts } from '../files/facts.ts'

export interface Walk {
  readonly files: FoundFile[]
  /** Subfolders that could not be read, relative; their images are neither found nor gone. */
  readonly unreadable: string[]
  /** Names with an image's ending that are no readable file: broken links, names that are not valid Unicode. */
  readonly skipped: string[]
}

const imageName = /\.(jpe?g|png|webp|bmp|gif|avif|tiff?)$/i

/** Made by systems and tools beside the photos; what is in them is not the user's. */
const ignoredFolders = new Set(['__MACOSX', '@eaDir', '$RECYCLE.BIN', 'System Volume Information'])

export const isImageName = (name: string): boolean => imageName.test(name) && !name.startsWith('.')

const isHidden = (name: string): boolean => name.startsWith('.') || ignoredFolders.has(name)

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/**
 * Walks `root`. Links to folders are followed once each, and not when they lead back into `root`, so that a loop of
 * links ends.
 * @throws the file system's error when `root` itself can't be read
 */
export const walkFolder = async (root: string, signal?: AbortSignal): Promise<Walk> => {
  const unreadable: string[] = []
  const names: string[] = []
  const realRoot = await realpath(root)
  const followed = new Set<string>()

  /** Where a link to a folder leads when it is to be followed. */
  const isNewFolder = async (path: string): Promise<boolean> => {
    const target = await realpath(path)
    if (isInside(target, realRoot) || followed.has(target)) return false
    followed.add(target)
    return true
  }

  const visitLink = async (path: string, prefix: string, name: string) => {
    const target = await stat(path).catch(() => null)
    if (target?.isDirectory()) {
      if (await isNewFolder(path)) await visit(path, `${prefix}${name}/`)
    } else if (isImageName(name)) names.push(prefix + name)
  }

  const visit = async (folder: string, prefix: string): Promise<void> => {
    signal?.throwIfAborted()
    let entries: Dirent[]
    try {
      entries = await readdir(folder, { withFileTypes: true })
    } catch (thrown) {
      if (prefix === '') throw thrown
      unreadable.push(prefix.slice(0, -1))
      return
    }
    if (prefix !== '' && entries.some(({ name }) => name === exportMarker)) return
    for (const entry of entries) {
      const { name } = entry
      if (isHidden(name)) continue
      if (entry.isFile()) {
        if (imageName.test(name)) names.push(prefix + name)
      } else if (entry.isDirectory()) await visit(join(folder, name), `${prefix}${name}/`)
      // Some network drives don't tell the kind of an entry; looking at it does.
      else await visitLink(join(folder, name), prefix, name)
    }
  }

  await visit(root, '')
  const { files, skipped } = await readFileFacts(root, names, signal)
  return { files, unreadable, skipped }
}

/** Finds the image files of a folder and its subfolders. Reads names and file facts, never the files. */
import type { Dirent } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isWithin } from '../files/inside.ts'
import { PROJECT_FILE_NAME, PROJECT_FOLDER_NAME } from '../files/names.ts'
import { EXPORT_MARKER } from '../export/marker.ts'
import { readFileFacts, type FoundFile } from '../files/facts.ts'

export interface Walk {
  readonly files: FoundFile[]
  /** Subfolders that could not be read, relative; their images are neither found nor gone. */
  readonly unreadable: string[]
  /** Links to files and folders outside, relative; they are not followed. */
  readonly outside: string[]
  /** Names with an image's ending that are no readable file: broken links, names that are not valid Unicode. */
  readonly skipped: string[]
  /** Subfolders with a project of their own, relative. */
  readonly projects: string[]
  /** How many pictures of each kind that is not read. */
  readonly unread: ReadonlyMap<string, number>
}

/** .jpe, .jif and .jfif are JPEG. */
const imageName = /\.(jpe?g|jpe|jfif|jif|png|webp|bmp|gif|avif|tiff?|jp2|j2k|j2c|jpc|heic|heif|hif)$/i

/** Pictures that Maskwright does not read, by their endings: as people call them. */
const otherPictures: readonly (readonly [name: RegExp, kind: string])[] = [
  // With several layers or pages.
  [/\.(jpx|jpf|jpm)$/i, 'JPEG 2000 Part 2'],
  [/\.jxl$/i, 'JPEG XL'],
  [/\.(dng|cr2|cr3|nef|arw|orf|rw2|raf|pef|srw)$/i, 'raw'],
  [/\.psd$/i, 'Photoshop'],
]

/** Made by systems and tools beside the photos; what is in them is not the user's. */
const ignoredFolders = new Set(['__MACOSX', '@eaDir', '$RECYCLE.BIN', 'System Volume Information'])

export const isImageName = (name: string): boolean => imageName.test(name) && !name.startsWith('.')

const isHidden = (name: string): boolean => name.startsWith('.') || ignoredFolders.has(name)

const isProject = async (folder: string): Promise<boolean> =>
  (await lstat(join(folder, PROJECT_FILE_NAME)).catch(() => null))?.isFile() === true

/**
 * Walks `root`. Of links only those to files inside `root` count: a folder may come from somebody else, and a link out
 * of it would show, and copy into an export, what its maker has never seen.
 * @throws the file system's error when `root` itself can't be read
 */
export const walkFolder = async (root: string, signal?: AbortSignal): Promise<Walk> => {
  const unreadable: string[] = []
  const outside: string[] = []
  const names: string[] = []
  const projects: string[] = []
  const unread = new Map<string, number>()
  const realRoot = await realpath(root)

  const countOther = (name: string) => {
    const kind = otherPictures.find(([ending]) => ending.test(name))?.[1]
    if (kind !== undefined) unread.set(kind, (unread.get(kind) ?? 0) + 1)
  }

  const visitLink = async (path: string, prefix: string, name: string) => {
    const target = await realpath(path).catch(() => null)
    const isFolder = target !== null && (await stat(target).catch(() => null))?.isDirectory() === true
    if (!isFolder && !isImageName(name)) return
    if (target !== null && !isWithin(target, realRoot)) outside.push(prefix + name)
    else if (!isFolder) names.push(prefix + name)
  }

  /** Some network drives don't tell the kind of an entry; looking at it does. */
  const visitOther = async (path: string, prefix: string, name: string) => {
    const stats = await lstat(path).catch(() => null)
    if (stats?.isSymbolicLink()) await visitLink(path, prefix, name)
    else if (stats?.isDirectory()) await visit(path, `${prefix}${name}/`)
    else if (isImageName(name)) names.push(prefix + name)
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
    if (prefix !== '' && entries.some(({ name }) => name === EXPORT_MARKER)) return
    for (const entry of entries) {
      const { name } = entry
      if (name === PROJECT_FOLDER_NAME && prefix !== '' && (await isProject(join(folder, name))))
        projects.push(prefix.slice(0, -1))
      if (isHidden(name)) continue
      if (entry.isFile()) {
        if (imageName.test(name)) names.push(prefix + name)
        else countOther(name)
      } else if (entry.isDirectory()) await visit(join(folder, name), `${prefix}${name}/`)
      else await visitOther(join(folder, name), prefix, name)
    }
  }

  await visit(root, '')
  const { files, skipped } = await readFileFacts(root, names, signal)
  return { files, unreadable, outside, skipped, projects, unread }
}

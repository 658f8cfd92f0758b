/** Folders for shells without a folder dialog: what the page shows to choose from. */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { CallOutput } from '../../common/contract.ts'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { sortNaturally } from './natural-order.ts'
import { isImageName } from './walk.ts'

/** Also through a link. */
export const isDirectory = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false

const isFolder = async (parent: string, entry: Dirent): Promise<boolean> => {
  if (entry.isDirectory()) return true
  if (entry.isFile()) return false
  return isDirectory(join(parent, entry.name))
}

/**
 * The names of the visible subfolders of `folder` (null: the home folder), and how many images lie right in it.
 * @throws CodedError not-found
 */
export const listFolders = async (folder: string | null): Promise<CallOutput<'folders.list'>> => {
  const path = resolve(folder ?? homedir())
  const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw new CodedError('not-found', said("The folder {path} can't be read.", { path }), { cause })
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.'))
  const names: string[] = []
  for (const entry of shown) if (await isFolder(path, entry)) names.push(entry.name)
  const parent = dirname(path)
  return {
    folder: path,
    parent: parent === path ? null : parent,
    folders: sortNaturally(names),
    imageCount: shown.filter((entry) => entry.isFile() && isImageName(entry.name)).length,
  }
}

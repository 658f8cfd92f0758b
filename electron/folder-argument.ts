/** Finds the folder and the task to open among the arguments of this or a second start. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** File managers may pass `file:` addresses. */
const pathOf = (argument: string, workingFolder: string): string => {
  if (!argument.startsWith('file:')) return resolve(workingFolder, argument)
  try {
    return fileURLToPath(argument)
  } catch {
    return resolve(workingFolder, argument)
  }
}

/** `--task=FILE`: an absolute path, or null. */
export const taskOfArguments = (argv: readonly string[], workingFolder: string): string | null => {
  const flag = argv.find((argument) => argument.startsWith('--task='))
  return flag === undefined ? null : resolve(workingFolder, flag.slice('--task='.length))
}

/**
 * `--folder=PATH`, or in the packaged app the first plain argument that is a folder.
 * @param packaged Without a package the first plain argument is the app's own folder.
 * @returns An absolute path, or null.
 */
export const folderOfArguments = (
  argv: readonly string[],
  workingFolder: string,
  packaged: boolean,
): string | null => {
  const flag = argv.find((argument) => argument.startsWith('--folder='))
  if (flag) return resolve(workingFolder, flag.slice('--folder='.length))
  if (!packaged) return null
  const plain = argv
    .slice(1)
    .find((argument) => !argument.startsWith('-') && isFolder(pathOf(argument, workingFolder)))
  return plain === undefined ? null : pathOf(plain, workingFolder)
}

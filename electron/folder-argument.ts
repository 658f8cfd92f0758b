/** Finds the folder to open among the arguments of this or a second start. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

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
    .find((argument) => !argument.startsWith('-') && isFolder(resolve(workingFolder, argument)))
  return plain === undefined ? null : resolve(workingFolder, plain)
}

/** Where things lie, for every shell: the data folder and the folders of models. */
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * The folder of settings, recent folders, thumbnails, embeddings and projects of read-only folders: MASKWRIGHT_DATA
 * when it is set, else the system's usual place. App, web shell and CLI share it.
 */
export const dataFolderOf = (environment: Readonly<Record<string, string | undefined>>): string => {
  const chosen = environment.MASKWRIGHT_DATA
  return chosen ? resolve(chosen) : envPaths('maskwright', { suffix: '' }).data
}

/** The ffmpeg that opens films: MASKWRIGHT_FFMPEG when it is set, else the one of the machine. */
export const ffmpegOf = (environment: Readonly<Record<string, string | undefined>>): string => {
  const chosen = environment.MASKWRIGHT_FFMPEG
  return chosen === undefined || chosen === '' ? 'ffmpeg' : chosen
}

/**
 * Folders with one subfolder a model, the bundled ones first.
 * @param root The application's folder, with `models/` in it.
 */
export const modelFoldersOf = (root: string, dataFolder: string): string[] => [
  join(root, 'models'),
  join(dataFolder, 'models'),
]

/** Where the CLI finds the application's own files. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dataFolderOf, modelFoldersOf } from '../core/shell/places.ts'

const root = resolve(import.meta.dirname, '..')

export const versionOf = (): string => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

/** The data folder that app and CLI share, and the folders of models. */
export const placesOf = (environment: NodeJS.ProcessEnv) => {
  const dataFolder = dataFolderOf(environment)
  return { dataFolder, modelFolders: modelFoldersOf(root, dataFolder) }
}

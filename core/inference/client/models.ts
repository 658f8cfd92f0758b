/**
 * Finds models on disk by their manifests and tells which can be used: sizes when listed, sha256 once before a model
 * is loaded.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelInfo } from '../../../common/model-info.ts'
import { hashFile } from '../../files/hash.ts'
import { findInside } from '../../files/inside.ts'
import { readSmallText } from '../../files/small-file.ts'
import { filesOf, MANIFEST_LIMIT, MANIFEST_NAME, parseManifest, type ModelChoice } from '../manifest.ts'
import { hasCode, messageOf } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'

export interface FoundModel {
  readonly info: ModelInfo
  /** Null when the manifest can't be read. */
  readonly choice: ModelChoice | null
}

export interface Models {
  /** Every variant of every manifest, the bundled ones first; of two with the same id the first counts. */
  list(): Promise<FoundModel[]>
  /** Reads the files of a model through, once. @returns what is wrong with them; null when nothing is */
  verify(choice: ModelChoice): Promise<string | null>
}

/** What the model's files take on the disk. */
const bytesOf = async (choice: ModelChoice): Promise<number> => {
  const found = await Promise.all(filesOf(choice).map(({ name }) => findInside(choice.folder, name)))
  return found.reduce((sum, one) => sum + ('stats' in one ? one.stats.size : 0), 0)
}

const sizeProblem = async (choice: ModelChoice): Promise<string | null> => {
  for (const { name, bytes } of filesOf(choice)) {
    const found = await findInside(choice.folder, name)
    if ('fault' in found)
      return found.fault === 'gone'
        ? said('{name} is missing in {folder}.', { name, folder: choice.folder })
        : said('{name} is no file of {folder} but leads elsewhere. Put the file itself there.', {
            name,
            folder: choice.folder,
          })
    if (bytes !== undefined && found.stats.size !== bytes) {
      return said(
        '{name} has {stats, number} bytes instead of {bytes, number}: it is damaged or was not copied to the end.',
        { name, stats: found.stats.size, bytes },
      )
    }
  }
  return null
}

const readManifest = async (folder: string) => {
  try {
    const text = await readSmallText(join(folder, MANIFEST_NAME), { limit: MANIFEST_LIMIT })
    return { manifest: parseManifest(text, MANIFEST_NAME) }
  } catch (thrown) {
    return hasCode(thrown, 'not-found') ? null : { problem: messageOf(thrown) }
  }
}

const findInFolder = async (folder: string, name: string, origin: string): Promise<FoundModel[]> => {
  const read = await readManifest(folder)
  if (read === null) return []
  if (read.manifest === undefined) {
    const info = { id: name, name, origin, licence: 'unknown', bytes: 0, problem: read.problem }
    return [{ info, choice: null }]
  }
  const { manifest } = read
  return Promise.all(
    manifest.variants.map(async (variant) => {
      const choice = { folder, manifest, variant }
      const { id, name: title } = variant
      const [problem, bytes] = await Promise.all([sizeProblem(choice), bytesOf(choice)])
      return { info: { id, name: title, origin, licence: manifest.licence, bytes, problem }, choice }
    }),
  )
}

/** @param modelFolders folders with one subfolder a model; the first holds the bundled ones */
export const createModels = (modelFolders: readonly string[]): Models => {
  const verified = new Map<string, Promise<string | null>>()

  const verifyFile = async (file: string, name: string, expected: string) => {
    const sum = await hashFile(file).catch(() => null)
    if (sum === null) return said("{name} can't be read.", { name })
    return sum === expected
      ? null
      : said('{name} is damaged: its checksum is not the one in manifest.json.', { name })
  }

  return {
    async list() {
      const found: FoundModel[] = []
      for (const [index, folder] of modelFolders.entries()) {
        const names = await readdir(folder).catch(() => [])
        for (const name of names.sort()) {
          const origin = index === 0 ? 'bundled' : join(folder, name)
          for (const model of await findInFolder(join(folder, name), name, origin)) {
            if (!found.some((other) => other.info.id === model.info.id)) found.push(model)
          }
        }
      }
      return found
    },
    async verify(choice) {
      const size = await sizeProblem(choice)
      if (size !== null) return size
      for (const { name, sha256 } of filesOf(choice)) {
        if (sha256 === undefined) continue
        const file = join(choice.folder, name)
        const { size: bytes, mtimeMs } = await stat(file)
        const key = `${file} ${bytes} ${mtimeMs}`
        const check = verified.get(key) ?? verifyFile(file, name, sha256)
        verified.set(key, check)
        const problem = await check
        if (problem !== null) return problem
      }
      return null
    },
  }
}

/**
 * The model to load: the one asked for, or else the default of the bundled ones, with a message that says so.
 * @returns null with the reason when there is none
 */
export const chooseModel = async (
  models: Models,
  modelId: string,
): Promise<{ choice: ModelChoice; message: string | null } | { choice: null; message: string }> => {
  const found = await models.list()
  const problemOf = async ({ info, choice }: FoundModel) =>
    info.problem ?? (choice === null ? said('It has no manifest.') : await models.verify(choice))
  const wanted = found.find(({ info }) => info.id === modelId)
  const problem = wanted === undefined ? said('It is not installed.') : await problemOf(wanted)
  const choice = wanted?.choice ?? null
  if (choice !== null && problem === null) return { choice, message: null }
  const reason = `${said("Model {name} can't be used.", { name: wanted?.info.name ?? modelId })} ${problem ?? ''}`
  for (const other of found) {
    if (other === wanted || other.choice?.variant.default !== true) continue
    if ((await problemOf(other)) !== null) continue
    return {
      choice: other.choice,
      message: `${reason} ${said('{name} is used instead.', { name: other.info.name })}`,
    }
  }
  return { choice: null, message: reason }
}

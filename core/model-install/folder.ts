/** What a folder that the user points at holds: a manifest, or an encoder and a decoder, which are recognised by their names. */
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { readSmallText } from '../files/small-file.ts'
import {
  MANIFEST_LIMIT,
  MANIFEST_NAME,
  manifestSchema,
  parseManifest,
  type Manifest,
} from '../inference/manifest.ts'

const refuse = (message: string) => new CodedError('bad-input', message)

const onlyOne = (names: readonly string[], role: string, folder: string): string => {
  const found = names.filter((name) => name.toLowerCase().includes(role))
  const [name] = found
  if (name !== undefined && found.length === 1) return name
  throw refuse(
    name === undefined
      ? `${folder} has no .onnx file with "${role}" in its name. A model is an encoder and a decoder, as ONNX files.`
      : `${folder} has ${found.length} files that may be the ${role} (${found.join(', ')}). Keep one of them there, ` +
          'or add a manifest.json that names it.',
  )
}

/** Letters, digits and dashes: fit for a folder's name and for the id that annotations name. */
export const idOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 60) || 'model'

/** @throws CodedError not-found, bad-input */
export const readModelFolder = async (folder: string): Promise<Manifest> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw new CodedError('not-found', `${folder} can't be opened as a folder.`, { cause: thrown })
  })
  if (names.includes(MANIFEST_NAME)) {
    const file = join(folder, MANIFEST_NAME)
    return parseManifest(await readSmallText(file, { limit: MANIFEST_LIMIT }), file)
  }
  const graphs = names.filter((name) => name.endsWith('.onnx'))
  const name = basename(resolve(folder)) || 'Model'
  const files = [
    { name: onlyOne(graphs, 'encoder', folder), role: 'encoder' },
    { name: onlyOne(graphs, 'decoder', folder), role: 'decoder' },
  ]
  const variants = [{ id: idOf(name), name }]
  const parsed = manifestSchema.safeParse({ name, contract: { kind: 'sam' }, files, variants })
  if (parsed.success) return parsed.data
  throw refuse(
    `${files.map((file) => file.name).join(', ')}: names may have letters, digits, ".", "_" and "-".`,
  )
}

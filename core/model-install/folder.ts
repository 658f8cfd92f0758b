/**
 * What a folder that the user points at holds: a manifest, or an encoder and a decoder, which are recognised by their
 * names and by what the decoder is asked.
 */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { readSmallText } from '../files/small-file.ts'
import {
  MANIFEST_LIMIT,
  MANIFEST_NAME,
  manifestSchema,
  parseManifest,
  type Manifest,
  type SamFamilyContract,
} from '../inference/manifest.ts'
import { readOnnxModel } from '../onnx/read-model.ts'

const refuse = (message: string) => new CodedError('bad-input', message)

/** transformers' decoder is a `prompt_encoder_mask_decoder`; osam's pairs are `x_preprocess` and `x`. */
const isDecoder = (name: string) => name.toLowerCase().includes('decoder')
const isEncoder = (name: string) => /encoder|preprocess/i.test(name) && !isDecoder(name)

const onlyOne = (found: readonly string[], role: string, folder: string): string => {
  const [name] = found
  if (name !== undefined && found.length === 1) return name
  throw refuse(
    name === undefined
      ? said(
          '{folder} has no .onnx file with "{role}" in its name. A model is an encoder and a decoder, as ONNX files.',
          { folder, role },
        )
      : said(
          '{folder} has {count, number} files that may be the {role} ({files}). Keep one of them there, or add a manifest.json that names it.',
          { folder, count: found.length, role, files: found.join(', ') },
        ),
  )
}

const pairOf = (graphs: readonly string[], folder: string): { encoder: string; decoder: string } => {
  const encoder = onlyOne(graphs.filter(isEncoder), 'encoder', folder)
  const others = graphs.filter((name) => name !== encoder)
  const named = others.filter(isDecoder)
  return { encoder, decoder: onlyOne(named.length === 0 ? others : named, 'decoder', folder) }
}

/** How the decoder is asked. What can't be read is refused later, when it is run. */
const kindOf = (decoder: string): SamFamilyContract['kind'] => {
  try {
    const inputs = readOnnxModel(decoder).inputs.map(({ name }) => name)
    if (inputs.includes('input_points')) return 'transformers'
    return inputs.filter((name) => /high_res|feat/i.test(name)).length > 1 ? 'sam2' : 'sam'
  } catch (thrown) {
    if (thrown instanceof CodedError) return 'sam'
    throw thrown
  }
}

/** Letters, digits and dashes: fit for a folder's name and for the id that annotations name. */
export const idOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 60) || 'model'

const isGraph = (name: string) => name.endsWith('.onnx')

/** transformers.js has its graphs in a folder `onnx` of the model's. */
const graphsIn = async (folder: string, names: readonly string[]) => {
  if (names.some(isGraph) || !names.includes('onnx')) return { at: folder, all: names }
  const at = join(folder, 'onnx')
  return { at, all: await readdir(at).catch(() => []) }
}

/**
 * @param folder absolute
 * @returns the folder that has the files, and what they are
 * @throws CodedError not-found, bad-input
 */
export const readModelFolder = async (
  folder: string,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw new CodedError('not-found', said("{folder} can't be opened as a folder.", { folder }), {
      cause: thrown,
    })
  })
  if (names.includes(MANIFEST_NAME)) {
    const file = join(folder, MANIFEST_NAME)
    return { folder, manifest: parseManifest(await readSmallText(file, { limit: MANIFEST_LIMIT }), file) }
  }
  const name = basename(folder) || 'Model'
  const { at, all } = await graphsIn(folder, names)
  const { encoder, decoder } = pairOf(all.filter(isGraph), at)
  const data = all.filter((one) =>
    [encoder, decoder].some((graph) => one.startsWith(`${graph}_data`) || one === `${graph}.data`),
  )
  const files = [
    { name: encoder, role: 'encoder' },
    { name: decoder, role: 'decoder' },
    ...data.map((one) => ({ name: one, role: 'data' })),
  ]
  const contract = { kind: kindOf(join(at, decoder)) }
  const variants = [{ id: idOf(name), name }]
  const parsed = manifestSchema.safeParse({ name, contract, files, variants })
  if (parsed.success) return { folder: at, manifest: parsed.data }
  throw refuse(
    `${files.map((file) => file.name).join(', ')}: names may have letters, digits, ".", "_" and "-".`,
  )
}

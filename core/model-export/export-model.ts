/**
 * A model for other programs: the variant's encoder and decoder, a manifest of it alone, and its licences; as they are,
 * or with SAM's official contract.
 */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { systemCode } from '../files/system-code.ts'
import { fileOf, filesOf, MANIFEST_NAME, type Manifest, type ModelChoice } from '../inference/manifest.ts'
import { samDecoderOf, samEncoderOf } from './sam-export.ts'

const isEmpty = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).length === 0
  } catch (thrown) {
    return systemCode(thrown) === 'ENOENT'
  }
}

interface Exported {
  readonly manifest: Manifest
  /** The files that are not copied as they are, by their names. */
  readonly made: ReadonlyMap<string, Buffer>
}

const asItIs = (choice: ModelChoice): Exported => ({
  manifest: {
    ...choice.manifest,
    files: filesOf(choice),
    variants: [{ ...choice.variant, default: true }],
  },
  made: new Map(),
})

const withSamContract = async (choice: ModelChoice): Promise<Exported> => {
  const { folder, manifest, variant } = choice
  const { contract } = manifest
  if (contract.kind === 'sam') return asItIs(choice)
  if (contract.kind !== 'tokens')
    throw new CodedError(
      'bad-input',
      `${variant.name} is of SAM 2's kind: it can't be asked as SAM is. Export it with its own contract.`,
    )
  const [encoder, decoder] = await Promise.all(
    (['encoder', 'decoder'] as const).map((role) => readFile(join(folder, fileOf(choice, role)))),
  )
  const made = new Map([
    ['encoder.onnx', samEncoderOf(encoder!, contract.encoder)],
    ['decoder.onnx', samDecoderOf(decoder!, contract.decoder)],
  ])
  const files = [...made].map(([name, bytes]) => ({
    name,
    role: name === 'encoder.onnx' ? ('encoder' as const) : ('decoder' as const),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }))
  return {
    manifest: {
      ...manifest,
      source: [
        ...manifest.source,
        "Given SAM's official contract by `maskwright model export --contract sam`.",
      ],
      contract: { kind: 'sam' },
      files,
      variants: [
        {
          id: `${variant.id}-sam`,
          name: `${variant.name}, SAM's contract`,
          encoder: 'encoder.onnx',
          pad: 'square',
          default: true,
          preciseInt8: variant.preciseInt8,
        },
      ],
    },
    made,
  }
}

/**
 * Writes a folder that `maskwright model`, the app's settings and `SAM.open` take as a model.
 * @param out a folder that is new or empty
 * @param contract `own`: as it is; `sam`: SAM's official tensors (docs/models.md)
 * @returns the names of the files written
 * @throws CodedError conflict, not-writable, bad-input when the model can't have SAM's tensors
 */
export const exportModel = async (
  choice: ModelChoice,
  out: string,
  contract: 'own' | 'sam',
): Promise<string[]> => {
  if (!(await isEmpty(out)))
    throw new CodedError('conflict', `${out} is no new or empty folder: nothing was written there.`)
  const { manifest, made } = contract === 'sam' ? await withSamContract(choice) : asItIs(choice)
  const licences = (await readdir(choice.folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name))
  const names = [...manifest.files.map(({ name }) => name), ...licences]
  try {
    await mkdir(out, { recursive: true })
    for (const name of names) {
      const bytes = made.get(name)
      if (bytes === undefined) await copyFile(join(choice.folder, name), join(out, name))
      else await writeFile(join(out, name), bytes)
    }
    // Last: without it a folder is no model.
    await writeFile(join(out, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`)
  } catch (thrown) {
    throw new CodedError('not-writable', `The model can't be written to ${out}: ${messageOf(thrown)}`, {
      cause: thrown,
    })
  }
  return [...names, MANIFEST_NAME]
}

/**
 * The manifest of a model folder (`manifest.json`), and what a loaded model is. A manifest comes from a file that
 * anyone may have written, so it is checked whenever it is read.
 */
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import { checkValue } from '../../common/plain-faults.ts'
import { said } from '../../common/said.ts'
import { parseJson } from '../files/json.ts'

export const MANIFEST_NAME = 'manifest.json'

/** Bytes; ours has 3 kB. */
export const MANIFEST_LIMIT = 1e6

const MODEL_FILE = /^[\w.-]+\.(onnx|onnx_data(_\d+)?|data)$/

const fileSchema = z.object({
  /** Relative to the manifest's folder; no subfolders. */
  name: z
    .string()
    .regex(
      MODEL_FILE,
      said('{field} must be the name of an .onnx file (or of its .onnx_data) in the same folder'),
    ),
  /** data: weights that an .onnx file of the folder names, where they are not in it. */
  role: z.enum(['encoder', 'decoder', 'data']),
  /** Checked when given. */
  bytes: z.int().positive().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  description: z.string().optional(),
  /** Where it can be downloaded; then `bytes` and `sha256` must be given (model-install/). */
  url: z.url().optional(),
})
export type ModelFile = z.infer<typeof fileSchema>

/**
 * Maskwright's own split of SAM: the encoder takes uint8 pixels and the padded size and gives `tokens` [1,4096,256] as
 * float16; the decoder takes them, points, and a mask prompt with a bool that says whether there is one, and gives four
 * masks at 256 x 256.
 */
const tokensContractSchema = z.object({
  kind: z.literal('tokens'),
  encoder: z.object({ image: z.string(), size: z.string(), tokens: z.string() }),
  decoder: z.object({
    tokens: z.string(),
    points: z.string(),
    labels: z.string(),
    mask: z.string(),
    hasMask: z.string(),
    masks: z.string(),
    scores: z.string(),
  }),
})
export type TokensContract = z.infer<typeof tokensContractSchema>

const channels = z.tuple([z.number(), z.number(), z.number()])
const tensorName = z.string().min(1).max(256).optional()

/** Names of the tensors, where they are not those that the exporters give (host/wiring.ts). */
const tensorsSchema = z.object({
  image: tensorName,
  /** The decoder's input -> the encoder's output. */
  embeddings: z.record(z.string().max(256), z.string().max(256)).optional(),
  points: tensorName,
  labels: tensorName,
  boxes: tensorName,
  mask: tensorName,
  hasMask: tensorName,
  size: tensorName,
  masks: tensorName,
  scores: tensorName,
  objectScore: tensorName,
})
export type SamFamilyTensors = z.infer<typeof tensorsSchema>

/**
 * SAM, SAM 2 and their kin as they are exported in the wild. What is left out is found in the graphs (host/wiring.ts).
 * sam: one embedding, a box is two points; sam2: three embeddings (samexporter, osam, darktable); transformers: as
 * Hugging Face's export gives SAM, SAM 2, EdgeTAM (`pixel_values`, `input_points`).
 */
const samFamilySchema = z.object({
  kind: z.enum(['sam', 'sam2', 'transformers']),
  preprocessing: z
    .object({
      layout: z.enum(['hwc', 'nchw']).optional(),
      /** How the picture lies in the square frame. */
      fit: z.enum(['letterbox', 'stretch']).optional(),
      /** Of the frame, pixels. */
      side: z.int().min(64).max(4096).optional(),
      /** Per channel, over 0..255; for NCHW alone. */
      mean: channels.optional(),
      std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).optional(),
    })
    .optional(),
  tensors: tensorsSchema.optional(),
})
export type SamFamilyContract = z.infer<typeof samFamilySchema>

const variantSchema = z.object({
  /** The id that settings, answers and annotations name. */
  id: z.string().regex(/^[\w.-]{1,64}$/, said('{field} may have letters, digits, ".", "_" and "-"')),
  name: z.string().min(1),
  /** Name of the encoder's file; the only one when left out. */
  encoder: z.string().optional(),
  /** margin: the image rounded up to 16 px and 64 px more; square: always 1024 x 1024. For `tokens` alone. */
  pad: z.enum(['margin', 'square']).default('square'),
  default: z.boolean().default(false),
  /**
   * Multiplies int8 without saturating on x64 CPUs that lack VNNI, for 2 % of an encode (docs/int8.md). The encoder
   * must be quantised with a zero point of its own for each weight; other files are refused by the runtime.
   */
  preciseInt8: z.boolean().default(false),
})
type ModelVariant = z.infer<typeof variantSchema>

export const manifestSchema = z
  .object({
    name: z.string().min(1),
    licence: z.string().default('unknown'),
    /** Where each part comes from, in words. */
    source: z.array(z.string()).default([]),
    contract: z.discriminatedUnion('kind', [tokensContractSchema, samFamilySchema]),
    files: z.array(fileSchema).min(2),
    variants: z.array(variantSchema).min(1),
  })
  .superRefine((manifest, context) => {
    const fail = (message: string) => context.addIssue({ code: 'custom', message })
    const count = (role: ModelFile['role']) => manifest.files.filter((file) => file.role === role).length
    for (const { name, role } of manifest.files)
      if ((role === 'data') === name.endsWith('.onnx'))
        fail(`files: ${said("{name} can't be the {role}", { name, role })}`)
    if (count('encoder') < 1) fail(`files: ${said('there is no encoder')}`)
    if (count('decoder') !== 1) fail(`files: ${said('there must be one decoder')}`)
    for (const { id, encoder } of manifest.variants) {
      if (encoder === undefined && count('encoder') > 1) fail(`variant ${id}: ${said('which encoder?')}`)
      const known = manifest.files.some((file) => file.role === 'encoder' && file.name === encoder)
      if (encoder !== undefined && !known)
        fail(`variant ${id}: ${said('{encoder} is not among the encoders', { encoder })}`)
    }
  })
export type Manifest = z.infer<typeof manifestSchema>

/**
 * @param file as the message is to name it
 * @throws CodedError bad-input, with what is wrong
 */
export const parseManifest = (text: string, file: string): Manifest => {
  const checked = checkValue(manifestSchema, parseJson(text, file))
  if ('data' in checked) return checked.data
  throw new CodedError(
    'bad-input',
    said('{file} is no manifest of a model: {fault}.', { file, fault: checked.fault }),
  )
}

/** One choice a user has: a variant of a manifest, in the folder where it lies. Crosses to the inference process. */
export interface ModelChoice {
  readonly folder: string
  readonly manifest: Manifest
  readonly variant: ModelVariant
}

/** The files that `choice` loads. */
export const filesOf = ({ manifest, variant }: ModelChoice): ModelFile[] =>
  manifest.files.filter((file) => file.role !== 'encoder' || (variant.encoder ?? file.name) === file.name)

/** The name of the file that plays `role`. The schema has made sure that there is one. */
export const fileOf = (choice: ModelChoice, role: ModelFile['role']): string => {
  const file = filesOf(choice).find((one) => one.role === role)
  if (file === undefined) throw new Error(`${choice.manifest.name} has no ${role}`)
  return file.name
}

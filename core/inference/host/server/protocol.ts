/**
 * KServe's v2 protocol (Open Inference Protocol) over HTTP, with its binary tensor extension: a JSON head, then the
 * tensors' bytes one after the other, little-endian, row by row. Pure. Sources: kserve.github.io, "Open Inference
 * Protocol" and "Binary Tensor Data Extension"; Triton and OpenVINO Model Server speak it.
 */
import { said } from '../../../../common/said.ts'
import { z } from 'zod'
import type { ServerModel } from '../../../../common/contract/server.ts'
import { messageOf } from '../../../../common/errors.ts'
import { checkValue } from '../../../../common/plain-faults.ts'
import { printable, shortened } from '../../../../common/printable.ts'
import type { TensorData } from '../sessions.ts'

/** Says how long the JSON head of a binary body is. */
export const HEAD_LENGTH = 'inference-header-content-length'

/** The server answers, but not as the protocol or the model wants it. The message is for the person. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

const datatypes: Readonly<Record<TensorData['type'], string>> = {
  float32: 'FP32',
  float16: 'FP16',
  uint8: 'UINT8',
  int64: 'INT64',
  int32: 'INT32',
  bool: 'BOOL',
}
/** Of onnxruntime's names; those that are never sent keep theirs. */
export const datatypeOf = (type: string): string =>
  (datatypes as Readonly<Record<string, string | undefined>>)[type] ?? type.toUpperCase()

const nameSchema = z.string().max(256)
const shapeSchema = z.array(z.int().min(-1)).max(8)
const slotsSchema = z
  .array(z.object({ name: nameSchema, datatype: z.string().max(20), shape: shapeSchema }))
  .max(64)
const modelSchema = z.object({
  name: nameSchema,
  versions: z.array(z.string().max(100)).max(1000).default([]),
  platform: z.string().max(100).default(''),
  inputs: slotsSchema,
  outputs: slotsSchema,
})

const answerSchema = z.object({
  model_version: z.string().max(100).default(''),
  outputs: z
    .array(
      z.object({
        name: nameSchema,
        datatype: z.string().max(20),
        shape: z.array(z.int().nonnegative()).max(8),
        parameters: z.object({ binary_data_size: z.int().nonnegative().optional() }).optional(),
      }),
    )
    .max(64),
})

/** What a server says, in a message. */
const say = (text: string) => shortened(printable(text))

const PAGE = /^\s*</

/** @throws BadAnswer */
const jsonOf = (text: string): unknown => {
  if (PAGE.test(text))
    throw new BadAnswer(
      said(
        'It answers with a web page. A sign-in page or a proxy may stand in between, or another program listens there.',
      ),
    )
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new BadAnswer(
      said('It answers with something that is no JSON ({why}).', { why: messageOf(thrown) }),
    )
  }
}

const checked = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const found = checkValue(schema, value)
  if ('data' in found) return found.data
  throw new BadAnswer(`${what} is not as the protocol wants it: ${found.fault}.`)
}

/** Of `GET v2/models/NAME`. @throws BadAnswer */
export const readModel = (text: string): ServerModel =>
  checked(modelSchema, jsonOf(text), 'What it tells of the model')

/** What an answer with an error says of itself, one short line; empty when it says nothing. */
export const readError = (text: string): string => {
  try {
    const { error } = z.object({ error: z.string() }).parse(jsonOf(text))
    return say(error)
  } catch {
    return ''
  }
}

const bytesOf = ({ data }: TensorData) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

/** The body of `POST v2/models/NAME/infer`, in pieces, and the length of its head. */
export const writeRequest = (
  feeds: Readonly<Record<string, TensorData>>,
  fetches: readonly string[],
): { head: number; body: readonly Buffer[] } => {
  const head = Buffer.from(
    JSON.stringify({
      inputs: Object.entries(feeds).map(([name, tensor]) => ({
        name,
        shape: tensor.dims,
        datatype: datatypes[tensor.type],
        parameters: { binary_data_size: tensor.data.byteLength },
      })),
      outputs: fetches.map((name) => ({ name, parameters: { binary_data: true } })),
    }),
  )
  return { head: head.length, body: [head, ...Object.values(feeds).map(bytesOf)] }
}

/** Copied, so that typed arrays begin where they must. */
const tensorOf = (datatype: string, bytes: Buffer, dims: readonly number[]): TensorData => {
  const { buffer } = Uint8Array.from(bytes)
  switch (datatype) {
    case 'FP32':
      return { type: 'float32', data: new Float32Array(buffer), dims }
    case 'FP16':
      return { type: 'float16', data: new Uint16Array(buffer), dims }
    case 'INT64':
      return { type: 'int64', data: new BigInt64Array(buffer), dims }
    case 'INT32':
      return { type: 'int32', data: new Int32Array(buffer), dims }
    case 'UINT8':
      return { type: 'uint8', data: new Uint8Array(buffer), dims }
    default:
      throw new BadAnswer(`It gives numbers of the type ${say(datatype)}, which is not read.`)
  }
}

const widths: Readonly<Record<string, number | undefined>> = {
  FP32: 4,
  FP16: 2,
  INT64: 8,
  INT32: 4,
  UINT8: 1,
}

/** In float16 infinities and what is no number have the highest exponent, infinities nothing else. */
const isSound = (tensor: TensorData, isFinite: boolean): boolean => {
  if (tensor.type === 'float32')
    return tensor.data.every(isFinite ? Number.isFinite : (value) => !Number.isNaN(value))
  if (tensor.type !== 'float16') return true
  return tensor.data.every((half) => (half & 0x7c00) !== 0x7c00 || (!isFinite && (half & 0x03ff) === 0))
}

/** What is known of an output ahead; null stands for any length. */
export interface Expected {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | null)[]
  /** It may hold no infinities either. */
  readonly isFinite: boolean
}

const shapeText = (shape: readonly (number | null)[]) => `[${shape.map((one) => one ?? 'any').join(', ')}]`

/**
 * The tensors of an answer, each of which must be as it is expected.
 * @param head what the header says of the length of the head; null where there is none
 * @throws BadAnswer
 */
export const readAnswer = (
  bytes: Buffer,
  head: string | null,
  expected: readonly Expected[],
): { version: string; tensors: Record<string, TensorData> } => {
  if (head === null) {
    checked(answerSchema, jsonOf(bytes.toString('utf8', 0, Math.min(bytes.length, 1_000_000))), 'Its answer')
    throw new BadAnswer('It sends no binary tensors (the extension "binary_tensor_data" of the protocol).')
  }
  const length = /^\d{1,9}$/.test(head) ? Number(head) : NaN
  if (!(length <= bytes.length))
    throw new BadAnswer(`It says that its head is ${say(head)} bytes long, of ${bytes.length} in all.`)
  const { model_version: version, outputs } = checked(
    answerSchema,
    jsonOf(bytes.toString('utf8', 0, length)),
    'Its answer',
  )
  const tensors: Record<string, TensorData> = {}
  let at = length
  for (const { name, datatype, shape, parameters } of outputs) {
    const size = parameters?.binary_data_size
    const wanted = expected.find((one) => one.name === name)
    if (size === undefined) throw new BadAnswer(`It sends ${say(name)} as text, not as binary data.`)
    if (at + size > bytes.length) throw new BadAnswer('Its answer is shorter than it says.')
    const from = at
    at += size
    // What was not asked for is left alone.
    if (wanted === undefined) continue
    const type = datatypeOf(wanted.type)
    if (datatype !== type)
      throw new BadAnswer(`${name} has numbers of the type ${say(datatype)}, not ${type}.`)
    const fits =
      shape.length === wanted.shape.length &&
      wanted.shape.every((one, index) => one === null || one === shape[index])
    if (!fits)
      throw new BadAnswer(`${name} has the shape ${shapeText(shape)}, not ${shapeText(wanted.shape)}.`)
    const count = shape.reduce((product, one) => product * one, 1)
    if (count * (widths[datatype] ?? NaN) !== size)
      throw new BadAnswer(`${name} has ${size} bytes, which does not go with its shape ${shapeText(shape)}.`)
    if (tensors[name] !== undefined) throw new BadAnswer(`It sends ${name} twice.`)
    const tensor = tensorOf(datatype, bytes.subarray(from, at), shape)
    if (!isSound(tensor, wanted.isFinite)) throw new BadAnswer(`${name} holds values that are no numbers.`)
    tensors[name] = tensor
  }
  if (at !== bytes.length) throw new BadAnswer('Its answer is longer than it says.')
  const missing = expected.filter(({ name }) => tensors[name] === undefined).map(({ name }) => name)
  if (missing.length > 0) throw new BadAnswer(`Its answer lacks ${missing.join(', ')}.`)
  return { version, tensors }
}

/**
 * What an ONNX file says of its model: metadata, inputs and outputs with their shapes, opset. Weights are never read.
 * The numbers of fields are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { openFields, type FieldsFile, type FileField } from './file-fields.ts'

/** An input or output; a dimension that may vary has a name, `?` when the file gives none. */
export interface OnnxSlot {
  readonly name: string
  /** As the runtime calls it: float32, int64, ...; `other` for what no model here takes. */
  readonly type: string
  readonly shape: readonly (number | string)[]
}

export interface OnnxModel {
  readonly bytes: number
  /** The texts that the exporter wrote of the model. */
  readonly metadata: ReadonlyMap<string, string>
  readonly producer: string
  /** Of ONNX's own operators; null when the file says none. */
  readonly opset: number | null
  /** Without weights, which old files list here too. */
  readonly inputs: readonly OnnxSlot[]
  readonly outputs: readonly OnnxSlot[]
}

const modelFields = { producer: 2, graph: 7, opset: 8, metadata: 14 }
const graphFields = { initializer: 5, input: 11, output: 12 }

/** onnx.TensorProto.DataType */
const types: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
}

/** Bytes of a name, and of a text of the metadata: the names of 20,000 classes. */
const NAME_LIMIT = 4096
const TEXT_LIMIT = 4 * 2 ** 20
/** Inputs, outputs, dimensions and metadata of one model. */
const MOST = 256

const child = (file: FieldsFile, field: FileField, number: number): FileField | null => {
  if (field.wire !== 2)
    throw new CodedError('bad-input', said('This is no ONNX model: a part of it is a number.'))
  let found: FileField | null = null
  for (const one of file.fields(field.from, field.to)) if (one.number === number) found = one
  return found
}

const dimsOf = (file: FieldsFile, shape: FileField): (number | string)[] =>
  [...file.fields(shape.from, shape.to)]
    .filter(({ number, wire }) => number === 1 && wire === 2)
    .slice(0, MOST)
    .map((dim) => {
      const [part] = [...file.fields(dim.from, dim.to)]
      if (part?.number === 1 && part.wire === 0) return part.value
      return part?.number === 2 ? file.text(part, NAME_LIMIT) : '?'
    })

/** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; its elem_type 1 and shape 2. */
const slotOf = (file: FieldsFile, field: FileField): OnnxSlot => {
  const name = child(file, field, 1)
  const type = child(file, field, 2)
  const tensor = type === null ? null : child(file, type, 1)
  const element = tensor === null ? null : child(file, tensor, 1)
  const shape = tensor === null ? null : child(file, tensor, 2)
  return {
    name: name === null ? '' : file.text(name, NAME_LIMIT),
    type: types[element?.value ?? 0] ?? 'other',
    shape: shape === null ? [] : dimsOf(file, shape),
  }
}

const readGraph = (file: FieldsFile, graph: FileField) => {
  const found = { inputs: [] as OnnxSlot[], outputs: [] as OnnxSlot[] }
  const weights: FileField[] = []
  for (const field of file.fields(graph.from, graph.to)) {
    const list = field.number === graphFields.input ? found.inputs : found.outputs
    if (field.number === graphFields.initializer) weights.push(field)
    else if (field.number === graphFields.input || field.number === graphFields.output)
      if (list.length < 100 * MOST) list.push(slotOf(file, field))
  }
  // TensorProto: name 8. Files since 2019 list no weights among the inputs.
  const names =
    found.inputs.length <= 1
      ? new Set<string>()
      : new Set(
          weights.map((field) => {
            const name = child(file, field, 8)
            return name === null ? '' : file.text(name, NAME_LIMIT)
          }),
        )
  return { ...found, inputs: found.inputs.filter(({ name }) => !names.has(name)) }
}

/** Operators of ONNX itself: OperatorSetIdProto has domain 1, empty or `ai.onnx`, and version 2. */
const opsetOf = (file: FieldsFile, field: FileField): number | null => {
  const domain = child(file, field, 1)
  const isOwn = domain === null || ['', 'ai.onnx'].includes(file.text(domain, NAME_LIMIT))
  return isOwn ? (child(file, field, 2)?.value ?? null) : null
}

const readFields = (file: FieldsFile): OnnxModel => {
  const metadata = new Map<string, string>()
  let producer = ''
  let opset: number | null = null
  let graph: FileField | null = null
  for (const field of file.fields(0, file.size)) {
    if (field.number === modelFields.graph && field.wire === 2) graph = field
    else if (field.number === modelFields.producer) producer = file.text(field, NAME_LIMIT)
    else if (field.number === modelFields.opset) opset = opsetOf(file, field) ?? opset
    else if (field.number === modelFields.metadata && metadata.size < MOST) {
      const [key, value] = [child(file, field, 1), child(file, field, 2)]
      if (key !== null && value !== null)
        metadata.set(file.text(key, NAME_LIMIT), file.text(value, TEXT_LIMIT))
    }
  }
  if (graph === null)
    throw new CodedError('bad-input', said('This is no ONNX model: there is no graph in it.'))
  return { bytes: file.size, metadata, producer, opset, ...readGraph(file, graph) }
}

/** @throws CodedError not-found, bad-input when it is no ONNX model */
export const readOnnxModel = (file: string): OnnxModel => {
  const opened = openFields(file)
  try {
    return readFields(opened)
  } finally {
    opened.close()
  }
}

/**
 * Edits the frame of an ONNX graph without a library: what goes in, what comes out, and nodes before and after. Weights
 * and inner nodes stay byte for byte. The numbers of fields are those of onnx.proto3
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
import { fieldsOf, message, number, text, type Field } from '../onnx/wire.ts'

const modelFields = { graph: 7 }
const graphFields = { node: 1, initializer: 5, input: 11, output: 12 }
const nodeFields = { input: 1, output: 2, name: 3, type: 4, attribute: 5 }

/** onnx.TensorProto.DataType */
export const elementTypes = { float: 1, uint8: 2, int64: 7, bool: 9, float16: 10 } as const
type ElementType = (typeof elementTypes)[keyof typeof elementTypes]

/** An input or output; a dimension that may vary has a name. */
export interface ValueInfo {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

const valueInfo = (field: number, { name, type, shape }: ValueInfo): Buffer => {
  const dims = shape.map((dim) => message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)))
  return message(field, text(1, name), message(2, message(1, number(1, type), message(2, ...dims))))
}

type Attribute = number | string | readonly number[]

const attribute = (name: string, value: Attribute): Buffer => {
  // AttributeProto: name 1, i 3, s 4, ints 8, type 20 (INT 2, STRING 3, INTS 7).
  if (typeof value === 'number')
    return message(nodeFields.attribute, text(1, name), number(3, value), number(20, 2))
  if (typeof value === 'string')
    return message(nodeFields.attribute, text(1, name), text(4, value), number(20, 3))
  return message(nodeFields.attribute, text(1, name), ...value.map((one) => number(8, one)), number(20, 7))
}

export interface GraphNode {
  readonly type: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, Attribute>>
}

const nodeOf = ({ type, inputs, output, attributes = {} }: GraphNode): Buffer =>
  message(
    graphFields.node,
    ...inputs.map((name) => text(nodeFields.input, name)),
    text(nodeFields.output, output),
    text(nodeFields.name, `frame/${output}`),
    text(nodeFields.type, type),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  )

/** A list that does not vary: floats, or whole numbers as int64. */
export interface Constant {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly values: readonly number[]
}

const constantOf = ({ name, type, values }: Constant): Buffer => {
  const raw = type === 'float' ? Float32Array.from(values) : BigInt64Array.from(values.map(BigInt))
  // TensorProto: dims 1, data_type 2, name 8, raw_data 9.
  return message(
    graphFields.initializer,
    number(1, values.length),
    number(2, elementTypes[type]),
    text(8, name),
    message(9, Buffer.from(raw.buffer)),
  )
}

export interface Frame {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  readonly constants: readonly Constant[]
  readonly before: readonly GraphNode[]
  readonly after: readonly GraphNode[]
  /** Names of the graph's own tensors that the frame needs for itself, and what they are called instead. */
  readonly renamed?: Readonly<Record<string, string>>
}

/** The node with its tensors called as `renamed` says. */
const renameIn = (node: Field, renamed: Readonly<Record<string, string>>): Buffer => {
  const parts = fieldsOf(node.body).map(({ number: field, whole, body }) => {
    const isTensor = field === nodeFields.input || field === nodeFields.output
    const other = isTensor ? renamed[body.toString()] : undefined
    return other === undefined ? whole : text(field, other)
  })
  return message(graphFields.node, ...parts)
}

const reframeGraph = (
  graph: Buffer,
  { inputs, outputs, constants, before, after, renamed = {} }: Frame,
): Buffer => {
  const fields = fieldsOf(graph)
  const nodes = fields.filter((field) => field.number === graphFields.node)
  const replaced: readonly number[] = [graphFields.node, graphFields.input, graphFields.output]
  const rest = fields.filter((field) => !replaced.includes(field.number))
  return message(
    modelFields.graph,
    ...before.map(nodeOf),
    ...nodes.map((node) => renameIn(node, renamed)),
    ...after.map(nodeOf),
    ...rest.map(({ whole }) => whole),
    ...constants.map(constantOf),
    ...inputs.map((info) => valueInfo(graphFields.input, info)),
    ...outputs.map((info) => valueInfo(graphFields.output, info)),
  )
}

/**
 * @param model the bytes of an .onnx file
 * @returns the bytes of one with other inputs and outputs. Nodes before give what the graph took as inputs
 * @throws Error when the bytes are no ONNX model
 */
export const reframe = (model: Buffer, frame: Frame): Buffer => {
  const fields = fieldsOf(model)
  if (!fields.some((field) => field.number === modelFields.graph)) throw new Error('This is no ONNX model.')
  return Buffer.concat(
    fields.map((field) =>
      field.number === modelFields.graph ? reframeGraph(field.body, frame) : field.whole,
    ),
  )
}

/** Writes small ONNX graphs node by node, for models whose answer is known. */
import {
  elementTypes,
  reframe,
  type Constant,
  type GraphNode,
  type ValueInfo,
} from '../../core/model-export/onnx-graph.ts'
import { message, number, text } from '../../core/onnx/wire.ts'

const { float, int64 } = elementTypes

export class TinyGraph {
  private readonly constants: Constant[] = []
  private readonly nodes: GraphNode[] = []
  private readonly outputs: ValueInfo[] = []
  private readonly inputs: ValueInfo[] = []

  private next() {
    return `t${this.constants.length + this.nodes.length}`
  }

  input(name: string, type: ValueInfo['type'], shape: ValueInfo['shape']): string {
    this.inputs.push({ name, type, shape })
    return name
  }

  whole(...values: number[]): string {
    const name = this.next()
    this.constants.push({ name, type: 'int64', values })
    return name
  }

  /** @param shape [values.length] when left out */
  floats(values: readonly number[], shape?: readonly number[]): string {
    const name = this.next()
    this.constants.push({ name, type: 'float', values })
    return shape === undefined ? name : this.node('Reshape', [name, this.whole(...shape)])
  }

  zeros(...shape: number[]): string {
    return this.node('ConstantOfShape', [this.whole(...shape)])
  }

  node(type: string, inputs: readonly string[], attributes: GraphNode['attributes'] = {}): string {
    const output = this.next()
    this.nodes.push({ type, inputs, output, attributes })
    return output
  }

  concat(axis: number, ...inputs: string[]): string {
    return this.node('Concat', inputs, { axis })
  }

  output(name: string, from: string, shape: ValueInfo['shape'], type: ValueInfo['type'] = float) {
    this.nodes.push({ type: 'Identity', inputs: [from], output: name })
    this.outputs.push({ name, type, shape })
  }

  /** Opset 13. */
  bytes(metadata: Readonly<Record<string, string>> = {}): Buffer {
    const base = Buffer.concat([
      number(1, 8),
      message(7, text(2, 'tiny')),
      message(8, number(2, 13)),
      ...Object.entries(metadata).map(([key, value]) => message(14, text(1, key), text(2, value))),
    ])
    const { inputs, outputs, constants, nodes } = this
    return reframe(base, { inputs, outputs, constants, before: nodes, after: [] })
  }
}

export { float, int64 }

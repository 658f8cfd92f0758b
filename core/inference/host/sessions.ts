/**
 * Owns onnxruntime-node: the only file that imports it. Hands out sessions over plain typed arrays, so that the model
 * code knows names and shapes and nothing of the runtime.
 */
import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node'

/** A tensor as plain data, row by row. */
export type TensorData =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'bool'; readonly data: Uint8Array; readonly dims: readonly number[] }
  /** The bits of IEEE 754 binary16. */
  | { readonly type: 'float16'; readonly data: Uint16Array; readonly dims: readonly number[] }

export const float32 = (data: Float32Array, dims: readonly number[]): TensorData => ({
  type: 'float32',
  data,
  dims,
})

/** float16 by its bits, row by row. */
export interface Halves {
  readonly data: Uint16Array
  readonly dims: readonly number[]
}

/** What a graph says of one of its inputs or outputs; a dimension that may vary has a name. */
export interface Slot {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

export interface Session {
  readonly inputs: readonly Slot[]
  readonly outputs: readonly Slot[]
  /**
   * Blocks the thread while it runs.
   * @param fetches names of the outputs wanted
   * @returns float32 outputs by name; fresh arrays that nobody else writes
   */
  run(
    feeds: Readonly<Record<string, TensorData>>,
    fetches: readonly string[],
  ): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>
  /** As `run`, with all kinds of outputs. @throws Error when one is of a kind that `TensorData` has not */
  runAny(
    feeds: Readonly<Record<string, TensorData>>,
    fetches: readonly string[],
  ): Promise<Record<string, TensorData>>
  /** As `run`, but writes the outputs into the given arrays, whose shapes must be theirs. */
  runInto(
    feeds: Readonly<Record<string, TensorData>>,
    outputs: Readonly<Record<string, TensorData>>,
  ): Promise<void>
  /** As `run`, for one output of uint8. */
  runBytes(feeds: Readonly<Record<string, TensorData>>, fetch: string): Promise<Uint8Array>
  /** As `run`, for one output of float16. */
  runHalves(feeds: Readonly<Record<string, TensorData>>, fetch: string): Promise<Halves>
  /** Opens the graph anew, so that the memory its runs took goes back to the system; some 200 ms. */
  relax(): Promise<void>
  dispose(): Promise<void>
}

export interface SessionOptions {
  readonly provider: string
  /** 0 = one per physical core (the runtime's own count). */
  readonly threads: number
  /** See the manifest's `preciseInt8`. */
  readonly preciseInt8?: boolean
  /** False gives back what a run took at once: for graphs that run rarely. */
  readonly arena?: boolean
}

/** Execution providers that this build of the runtime knows; the first is 'cpu', which always works. */
export const listProviders = (): string[] => {
  const names = listSupportedBackends().map((backend) => backend.name)
  return ['cpu', ...names.filter((name) => name !== 'cpu')]
}

const slotsOf = (metadata: readonly InferenceSession.ValueMetadata[]): Slot[] =>
  metadata.map((value) =>
    value.isTensor
      ? { name: value.name, type: value.type, shape: value.shape }
      : { name: value.name, type: 'other', shape: [] },
  )

/**
 * Has the runtime hold float16 as Uint16Array: a Float16Array, which it takes for it where JavaScript has one, reaches
 * its native side with 0 bytes (onnxruntime-node 1.30, microsoft/onnxruntime#32323). It looks for one once, when the
 * first tensor is made.
 */
const holdHalvesAsBits = () => {
  const found = Object.getOwnPropertyDescriptor(globalThis, 'Float16Array')
  if (found === undefined) return
  Reflect.deleteProperty(globalThis, 'Float16Array')
  new Tensor('uint8', Uint8Array.of(0), [1])
  Object.defineProperty(globalThis, 'Float16Array', found)
}
holdHalvesAsBits()

const toTensor = ({ type, data, dims }: TensorData) => new Tensor(type, data, dims)

const fromTensor = (name: string, tensor: Tensor | undefined): TensorData => {
  const { data, dims, type } = tensor ?? { data: null, dims: [], type: 'nothing' }
  if (data instanceof Float32Array) return { type: 'float32', data, dims }
  if (type === 'float16' && data instanceof Uint16Array) return { type: 'float16', data, dims }
  if (data instanceof BigInt64Array) return { type: 'int64', data, dims }
  if (data instanceof Int32Array) return { type: 'int32', data, dims }
  if (type === 'uint8' && data instanceof Uint8Array) return { type: 'uint8', data, dims }
  throw new Error(`Output ${name} is ${type}, which is not read.`)
}

/**
 * y = float(MatMulInteger(a, b)), uint8 a and int8 b [16, 16]: an ONNX graph of 129 bytes (onnx.helper, opset 13).
 */
const INT8_PROBE =
  'CAgSADp1ChgKAWEKAWISAWMiDU1hdE11bEludGVnZXIKFwoBYxIBeSIEQ2FzdCoJCgJ0bxgBoAECEgFwWhMKAWESDgoMCAISCAoCCBAK' +
  'AggQWhMKAWISDgoMCAMSCAoCCBAKAggQYhMKAXkSDgoMCAESCAoCCBAKAggQQgQKABAN'

/**
 * True where the runtime's int8 products are cut off at 16 bits: x64 without VNNI (docs/int8.md). It is asked by the
 * largest product there is, since nothing portable tells what a CPU can.
 */
const findSaturation = async (): Promise<boolean> => {
  const session = await InferenceSession.create(Buffer.from(INT8_PROBE, 'base64'), { logSeverityLevel: 3 })
  try {
    const a = new Tensor('uint8', new Uint8Array(256).fill(255), [16, 16])
    const b = new Tensor('int8', new Int8Array(256).fill(127), [16, 16])
    const { y } = await session.run({ a, b })
    return y?.data[0] !== 16 * 255 * 127
  } finally {
    await session.release()
  }
}

let saturation: Promise<boolean> | undefined

/** A property of the machine: found once a process. */
const saturates = (): Promise<boolean> => (saturation ??= findSaturation())

const open = async (graph: string | Uint8Array, options: SessionOptions): Promise<InferenceSession> => {
  // The runtime leaves out a name that it does not know, and says nothing to us: the CPU would pass for it.
  if (!listProviders().includes(options.provider))
    throw new Error(`This build of the runtime has no ${options.provider}.`)
  const chosen: InferenceSession.SessionOptions = {
    executionProviders: options.provider === 'cpu' ? ['cpu'] : [options.provider, 'cpu'],
    interOpNumThreads: 1,
    ...(options.threads > 0 ? { intraOpNumThreads: options.threads } : {}),
    graphOptimizationLevel: 'all',
    // Without the arena each tensor's pages are asked of the system anew: the first encode of each image size takes
    // four times as long (1,400 ms against 350), the later ones 20 % longer. The arena keeps an encode's 250 MB.
    enableCpuMemArena: options.arena ?? true,
    // A pattern a size of image would splinter the arena (590 MB after 60 sizes against 400) and speeds up nothing.
    enableMemPattern: false,
    logSeverityLevel: 3,
    // Threads spin while a run lasts, which makes a decode a quarter faster. Between runs they would take the cores
    // from the next session and from the window: clicks are up to 2.3 times slower so.
    extra: {
      session: {
        intra_op: { allow_spinning: '1' },
        force_spinning_stop: '1',
        // Where nothing saturates it changes no bit and makes an encode take a quarter longer.
        ...(options.preciseInt8 === true && (await saturates()) ? { x64quantprecision: '1' } : {}),
      },
    },
  }
  // Two overloads, of which neither takes both.
  return typeof graph === 'string'
    ? InferenceSession.create(graph, chosen)
    : InferenceSession.create(graph, chosen)
}

/**
 * @param graph a file, or its bytes
 * @throws Error when it is no ONNX graph, or the provider is absent or can't run it
 */
export const createSession = async (
  graph: string | Uint8Array,
  options: SessionOptions,
): Promise<Session> => {
  let session = await open(graph, options)
  const tensorsOf = (data: Readonly<Record<string, TensorData>>) =>
    Object.fromEntries(Object.entries(data).map(([name, tensor]) => [name, toTensor(tensor)] as const))
  const run = (feeds: Readonly<Record<string, TensorData>>, fetches: readonly string[]) =>
    session.run(tensorsOf(feeds), fetches)
  return {
    inputs: slotsOf(session.inputMetadata),
    outputs: slotsOf(session.outputMetadata),
    async run(feeds, fetches) {
      const results = await run(feeds, fetches)
      return Object.fromEntries(
        fetches.map((name) => {
          const tensor = results[name]
          if (!(tensor?.data instanceof Float32Array)) throw new Error(`Output ${name} is not float32.`)
          return [name, { data: tensor.data, dims: tensor.dims }]
        }),
      )
    },
    async runAny(feeds, fetches) {
      const results = await run(feeds, fetches)
      return Object.fromEntries(fetches.map((name) => [name, fromTensor(name, results[name])]))
    },
    async runInto(feeds, outputs) {
      await session.run(tensorsOf(feeds), tensorsOf(outputs))
    },
    async runBytes(feeds, fetch) {
      const tensor = (await run(feeds, [fetch]))[fetch]
      if (!(tensor?.data instanceof Uint8Array)) throw new Error(`Output ${fetch} is not uint8.`)
      return tensor.data
    },
    async runHalves(feeds, fetch) {
      const tensor = (await run(feeds, [fetch]))[fetch]
      if (tensor?.type !== 'float16' || !(tensor.data instanceof Uint16Array))
        throw new Error(`Output ${fetch} is not float16.`)
      return { data: tensor.data, dims: tensor.dims }
    },
    async relax() {
      const used = session
      session = await open(graph, options)
      await used.release()
    },
    dispose: () => session.release(),
  }
}

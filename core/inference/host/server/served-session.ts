/** A graph that runs on a server, as a session: it is asked for the tensors that the same graph on this machine has. */
import type { ServerModel } from '../../../../common/contract/server.ts'
import type { Session, Slot, TensorData } from '../sessions.ts'
import type { Connection } from './connection.ts'
import {
  BadAnswer,
  datatypeOf,
  HEAD_LENGTH,
  readAnswer,
  readModel,
  writeRequest,
  type Expected,
} from './protocol.ts'

/** Of an answer to an inference, bytes: SAM 2's three embeddings have 17 MB as float32. */
const ANSWER_LIMIT = 64e6
/** Of what is told of a model. */
const MODEL_LIMIT = 1e6

/** How the served graph is asked. */
export interface Asking {
  readonly connection: Connection
  readonly model: string
  readonly wholeMs: () => number
  readonly signal: AbortSignal
}

/** The path of a model on the server. */
const pathOf = (model: string) => `v2/models/${encodeURIComponent(model)}`

/** @throws Unreachable, BadAnswer */
export const askModel = async ({ connection, model, wholeMs, signal }: Asking): Promise<ServerModel> => {
  const { bytes } = await connection.ask({
    path: pathOf(model),
    body: null,
    limit: MODEL_LIMIT,
    wholeMs: wholeMs(),
    signal,
  })
  return readModel(bytes.toString('utf8'))
}

const slotText = ({ type, shape }: Pick<Slot, 'type' | 'shape'>) =>
  `${datatypeOf(type)} [${shape.map((one) => (typeof one === 'number' ? one : 'any')).join(', ')}]`

const slotFault = (kind: 'input' | 'output', slot: Slot, there: ServerModel['inputs']): string | null => {
  const found = there.find(({ name }) => name === slot.name)
  if (found === undefined) return `it has no ${kind} “${slot.name}” (${slotText(slot)})`
  const fits =
    found.datatype === datatypeOf(slot.type) &&
    found.shape.length === slot.shape.length &&
    found.shape.every((one, at) => one === -1 || typeof slot.shape[at] !== 'number' || one === slot.shape[at])
  const has = `${found.datatype} [${found.shape.map((one) => (one === -1 ? 'any' : one)).join(', ')}]`
  return fits ? null : `its ${kind} “${slot.name}” is ${has}, not ${slotText(slot)}`
}

/**
 * Why a served model can't stand in for a graph; null when by its names, types and shapes it can.
 * @param fetches the outputs that are needed
 */
export const misfitOf = (
  there: ServerModel,
  { inputs, outputs }: Pick<Session, 'inputs' | 'outputs'>,
  fetches: readonly string[],
): string | null => {
  const more = there.inputs.find(({ name }) => !inputs.some((slot) => slot.name === name))
  const faults = [
    ...inputs.map((slot) => slotFault('input', slot, there.inputs)),
    ...outputs
      .filter(({ name }) => fetches.includes(name))
      .map((slot) => slotFault('output', slot, there.outputs)),
    more === undefined ? null : `it wants an input “${more.name}” that nobody gives it`,
  ].filter((fault) => fault !== null)
  return faults.length === 0 ? null : faults.slice(0, 3).join('; ')
}

/** Remembers the shapes of what the session gives. */
export const withShapes = (
  session: Session,
): { session: Session; shapes: ReadonlyMap<string, readonly number[]> } => {
  const shapes = new Map<string, readonly number[]>()
  return {
    shapes,
    session: {
      ...session,
      async runAny(feeds, fetches) {
        const given = await session.runAny(feeds, fetches)
        for (const [name, { dims }] of Object.entries(given)) shapes.set(name, dims)
        return given
      },
      async runHalves(feeds, fetch) {
        const given = await session.runHalves(feeds, fetch)
        shapes.set(fetch, given.dims)
        return given
      },
    },
  }
}

/**
 * @param local the same graph on this machine
 * @param shapes of outputs that are known beyond what the graph says
 * @param isFinite no output holds infinities
 * @param onVersion told which version of the model has answered
 */
export const createServedSession = (
  asking: Asking,
  local: Pick<Session, 'inputs' | 'outputs'>,
  {
    shapes = new Map(),
    isFinite,
    onVersion,
  }: {
    shapes?: ReadonlyMap<string, readonly number[]>
    isFinite: boolean
    onVersion?: (version: string) => void
  },
): Session => {
  const { connection, model, wholeMs, signal } = asking
  const expectedOf = (name: string): Expected => {
    const slot = local.outputs.find((one) => one.name === name)
    if (slot === undefined) throw new Error(`There is no output ${name}.`)
    const known = slot.shape.map((one) => (typeof one === 'number' && one >= 0 ? one : null))
    return { name, type: slot.type, shape: shapes.get(name) ?? known, isFinite }
  }
  const runAny = async (feeds: Readonly<Record<string, TensorData>>, fetches: readonly string[]) => {
    const { head, body } = writeRequest(feeds, fetches)
    const { headers, bytes } = await connection.ask({
      path: `${pathOf(model)}/infer`,
      body,
      headers: { [HEAD_LENGTH]: String(head) },
      limit: ANSWER_LIMIT,
      wholeMs: wholeMs(),
      signal,
    })
    const said = headers[HEAD_LENGTH]
    const { version, tensors } = readAnswer(
      bytes,
      typeof said === 'string' ? said : null,
      fetches.map(expectedOf),
    )
    onVersion?.(version)
    return tensors
  }
  const one = async <T extends TensorData['type']>(
    feeds: Readonly<Record<string, TensorData>>,
    name: string,
    type: T,
  ) => {
    const tensor = (await runAny(feeds, [name]))[name]
    if (tensor?.type !== type) throw new BadAnswer(`${name} is not ${type}.`)
    return tensor as Extract<TensorData, { type: T }>
  }
  return {
    inputs: local.inputs,
    outputs: local.outputs,
    runAny,
    async run(feeds, fetches) {
      const given = await runAny(feeds, fetches)
      return Object.fromEntries(
        fetches.map((name) => {
          const tensor = given[name]
          if (tensor?.type !== 'float32') throw new BadAnswer(`${name} is not float32.`)
          return [name, tensor]
        }),
      )
    },
    async runInto(feeds, outputs) {
      const given = await runAny(feeds, Object.keys(outputs))
      for (const [name, { data }] of Object.entries(outputs))
        (data as Float32Array).set(given[name]!.data as Float32Array)
    },
    runBytes: async (feeds, fetch) => (await one(feeds, fetch, 'uint8')).data,
    runHalves: (feeds, fetch) => one(feeds, fetch, 'float16'),
    relax: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
  }
}

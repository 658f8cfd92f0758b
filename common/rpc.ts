/**
 * Dispatcher and client, shared by every transport. Parsing the input, calling the handler and encoding the answer or
 * the error live here once; a transport only carries {name, input} one way and a Reply the other.
 */
import { said } from './said.ts'
import type { z } from 'zod'
import { calls, type AppEvent, type CallInput, type CallName, type CallOutput } from './contract.ts'
import type { EventName, EventPayload } from './contract.ts'
import { CodedError, errorOfReply, type ErrorReply, toErrorReply } from './errors.ts'
import { checkValue } from './plain-faults.ts'

export type Reply = { ok: true; output: unknown } | { ok: false; error: ErrorReply }

export type Handlers = { [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> | CallOutput<N> }

export type Dispatch = (name: unknown, input: unknown) => Promise<Reply>

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)

/** A schema may throw where it should refuse: zod freezes what is read-only before it looks at what it is. */
const check = <T>(schema: z.ZodType<T>, name: string, input: unknown) => {
  try {
    return checkValue(schema, input)
  } catch (cause) {
    throw new CodedError('bad-input', `${name}: ${said('the input is not as it should be.')}`, { cause })
  }
}

const run = async <N extends CallName>(
  handlers: Handlers,
  name: N,
  input: unknown,
): Promise<CallOutput<N>> => {
  const checked = check<unknown>(calls[name].input, name, input)
  if ('fault' in checked) throw new CodedError('bad-input', `${name}: ${checked.fault}.`)
  return handlers[name](checked.data as CallInput<N>)
}

/** For the message: what is no text has no name, and a long one is cut. */
const shortName = (name: unknown): string => (typeof name === 'string' ? name.slice(0, 100) : typeof name)

/** Answers calls by name. Never rejects: an unknown call, bad input or a thrown error is an error Reply. */
export const createDispatch =
  (handlers: Handlers): Dispatch =>
  async (name, input) => {
    try {
      if (!isCallName(name))
        throw new CodedError('unknown-call', said('There is no call "{name}".', { name: shortName(name) }))
      return { ok: true, output: await run(handlers, name, input) }
    } catch (thrown) {
      return { ok: false, error: toErrorReply(thrown) }
    }
  }

/** What a shell supplies to reach the core: some lines over IPC, a socket or nothing at all. */
export interface Transport {
  request(name: CallName, input: unknown): Promise<Reply>
  /** Calls back for each event; returns a function that stops it. */
  subscribe(listener: (event: AppEvent) => void): () => void
}

export interface Client {
  /** Calls the core. Rejects with a CodedError. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  /** Listens to one kind of event; returns a function that stops it. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
}

type Listener = (payload: never) => void

/** Calls all of them, whatever one throws; that is thrown afterwards. */
const tellAll = (listeners: readonly Listener[], payload: unknown): void => {
  const thrown: unknown[] = []
  for (const listener of listeners)
    try {
      listener(payload as never)
    } catch (one) {
      thrown.push(one)
    }
  if (thrown.length > 0) throw thrown[0]
}

/** However many listen, the transport is listened to once: a wire may copy each event for each of its listeners. */
export const createClient = (transport: Transport): Client => {
  const listeners = new Map<EventName, Set<{ readonly listener: Listener }>>()
  let stop: (() => void) | null = null
  const tell = ({ name, payload }: AppEvent) =>
    tellAll(
      [...(listeners.get(name) ?? [])].map(({ listener }) => listener),
      payload,
    )
  return {
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      const reply = await transport.request(name, input)
      if (!reply.ok) throw errorOfReply(reply.error)
      return reply.output as CallOutput<N>
    },
    on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) {
      const one = { listener }
      const known = listeners.get(name)
      if (known) known.add(one)
      else listeners.set(name, new Set([one]))
      stop ??= transport.subscribe(tell)
      return () => {
        const rest = listeners.get(name)
        if (rest?.delete(one) && rest.size === 0) listeners.delete(name)
        if (listeners.size > 0) return
        stop?.()
        stop = null
      }
    },
  }
}

/** The transport without a wire, for the CLI and tests. */
export const createLocalTransport = (dispatch: Dispatch, subscribe: Transport['subscribe']): Transport => ({
  request: (name, input) => dispatch(name, input),
  subscribe,
})

/**
 * The WebSocket transport, page side; see web/socket.ts for the frames. Admits the page with the token of the address,
 * connects, and connects again when the wire is cut. Calls in flight then reject with `disconnected`; calls made while
 * it is cut wait for the next connection.
 */
import { Packr } from 'msgpackr'
import type { AppEvent } from '../common/contract.ts'
import { CodedError } from '../common/errors.ts'
import type { Reply, Transport } from '../common/rpc.ts'
import type { Connection } from './host.ts'

const packr = new Packr({ useRecords: false, moreTypes: true })
const retryMs = [100, 300, 1000, 2000]

interface PendingCall {
  readonly name: string
  readonly input: unknown
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: CodedError) => void
}

/** Shows the token of the fragment, once, and takes it out of the address bar. True when the server knows this page. */
const admit = async (location: Location, history: History): Promise<boolean> => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return (await fetch('/session')).ok
  const { ok } = await fetch('/session', { method: 'POST', body: token })
  history.replaceState(null, '', location.pathname)
  // A reload with an old address may still hold a good cookie.
  return ok || (await fetch('/session')).ok
}

export interface SocketTransport {
  readonly transport: Transport
  readonly onConnection: (listener: (connection: Connection) => void) => () => void
}

export const createSocketTransport = (location: Location, history: History): SocketTransport => {
  const events = new Set<(event: AppEvent) => void>()
  const watchers = new Set<(connection: Connection) => void>()
  const inFlight = new Map<number, PendingCall>()
  const waiting: PendingCall[] = []
  let socket: WebSocket | null = null
  let connection: Connection = 'connected'
  let lastId = 0
  let failures = 0

  const become = (next: Connection) => {
    if (next === connection) return
    connection = next
    for (const listener of watchers) listener(next)
  }
  const refuseAll = (calls: Iterable<PendingCall>, message: string) => {
    for (const call of calls) call.reject(new CodedError('disconnected', message))
  }
  const send = (open: WebSocket, call: PendingCall) => {
    lastId += 1
    inFlight.set(lastId, call)
    open.send(new Uint8Array(packr.pack([lastId, call.name, call.input])))
  }
  const receive = (data: ArrayBuffer) => {
    const [id, message] = packr.unpack(new Uint8Array(data)) as [number, unknown]
    if (id === 0) {
      for (const listener of events) listener(message as AppEvent)
      return
    }
    const call = inFlight.get(id)
    inFlight.delete(id)
    call?.resolve(message as Reply)
  }
  const retry = () => {
    become('reconnecting')
    const delay = retryMs[Math.min(failures, retryMs.length - 1)]
    failures += 1
    setTimeout(() => void connect(), delay)
  }
  const connect = async (): Promise<void> => {
    let admitted: boolean
    try {
      admitted = await admit(location, history)
    } catch {
      retry()
      return
    }
    if (!admitted) {
      become('refused')
      refuseAll(waiting.splice(0), 'The server was started anew: open the address that it printed.')
      return
    }
    const opened = new WebSocket(`ws://${location.host}/socket`)
    opened.binaryType = 'arraybuffer'
    opened.onopen = () => {
      failures = 0
      socket = opened
      become('connected')
      for (const call of waiting.splice(0)) send(opened, call)
    }
    opened.onmessage = ({ data }) => receive(data as ArrayBuffer)
    opened.onclose = () => {
      socket = null
      const cut = [...inFlight.values()]
      inFlight.clear()
      refuseAll(cut, 'The connection to Maskwright was cut.')
      retry()
    }
  }
  void connect()

  return {
    transport: {
      request: (name, input) =>
        new Promise((resolve, reject) => {
          const call = { name, input, resolve, reject }
          if (connection === 'refused')
            refuseAll([call], 'This page is not connected: open the printed address.')
          else if (socket) send(socket, call)
          else waiting.push(call)
        }),
      subscribe: (listener) => {
        events.add(listener)
        return () => events.delete(listener)
      },
    },
    onConnection: (listener) => {
      watchers.add(listener)
      listener(connection)
      return () => watchers.delete(listener)
    },
  }
}

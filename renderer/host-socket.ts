/**
 * The WebSocket transport, page side; see web/socket.ts for the frames. Admits the page with the token of the address, connects, and connects again when the wire is cut. Calls in flight then reject with `disconnected`; calls made while
 * it is cut wait for the next connection.
 */
import { Packr } from 'msgpackr'
import type { AppEvent } from '../common/contract.ts'
import { CodedError } from '../common/errors.ts'
import type { Reply, Transport } from '../common/rpc.ts'
import { t } from './texts/t.ts'
import type { Connection } from './host.ts'

const packr = new Packr({ useRecords: false, moreTypes: true })
const retryMs = [100, 300, 1000, 2000]

interface PendingCall {
  readonly name: string
  readonly input: unknown
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: CodedError) => void
}

/** What the server gave this page for its token; see web/session.ts. */
interface PageSession {
  readonly secret: string
  readonly pictures: string
}

/** Of this tab and this origin, port included; a reload keeps it, no other server sees it. */
const STORAGE_KEY = 'maskwright-session'

const heldSession = (storage: Storage): PageSession | null => {
  try {
    return JSON.parse(storage.getItem(STORAGE_KEY) ?? 'null') as PageSession | null
  } catch {
    // Left by another program that had this port.
    return null
  }
}

/** Where the page lives: its address, its history, and the storage of its tab. */
export type PagePlace = Pick<Window, 'location' | 'history' | 'sessionStorage'>

/** Shows the token of the fragment, once, and takes it out of the address bar. Null when the server refuses this page. */
const admit = async ({ location, history, sessionStorage }: PagePlace): Promise<PageSession | null> => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    const answer = await fetch('/session', { method: 'POST', body: token })
    history.replaceState(null, '', location.pathname)
    if (answer.ok) sessionStorage.setItem(STORAGE_KEY, await answer.text())
  }
  // A reload with an address that is used up may still hold a good secret.
  const held = heldSession(sessionStorage)
  if (held === null) return null
  const { ok } = await fetch('/session', { headers: { Authorization: `Bearer ${held.secret}` } })
  return ok ? held : null
}

export interface SocketTransport {
  readonly transport: Transport
  /** The folder of this page's pictures, `/<name>`; empty before the page is admitted. */
  readonly pictureFolder: () => string
  readonly onConnection: (listener: (connection: Connection) => void) => () => void
}

export const createSocketTransport = (place: PagePlace): SocketTransport => {
  const events = new Set<(event: AppEvent) => void>()
  const watchers = new Set<(connection: Connection) => void>()
  const inFlight = new Map<number, PendingCall>()
  const waiting: PendingCall[] = []
  let socket: WebSocket | null = null
  let connection: Connection = 'connected'
  let lastId = 0
  let failures = 0
  let pictureFolder = ''

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
    let session: PageSession | null
    try {
      session = await admit(place)
    } catch {
      retry()
      return
    }
    if (session === null) {
      become('refused')
      refuseAll(
        waiting.splice(0),
        t('Maskwright does not know this page: open the newest address that it printed.'),
      )
      return
    }
    pictureFolder = `/${session.pictures}`
    const opened = new WebSocket(`ws://${place.location.host}/socket`, ['maskwright', session.secret])
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
      refuseAll(cut, t('The connection to Maskwright was cut.'))
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
            refuseAll([call], t('This page is not connected: open the newest printed address.'))
          else if (socket) send(socket, call)
          else waiting.push(call)
        }),
      subscribe: (listener) => {
        events.add(listener)
        return () => events.delete(listener)
      },
    },
    pictureFolder: () => pictureFolder,
    onConnection: (listener) => {
      watchers.add(listener)
      listener(connection)
      return () => watchers.delete(listener)
    },
  }
}

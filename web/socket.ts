/**
 * The WebSocket transport, server side: binary msgpack frames, typed arrays as they are. Up: [id, name, input].
 * Down: [id, reply] for an answer, [0, event] for an event.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Packr } from 'msgpackr'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Core } from '../core/core.ts'
import { frameLimits, isFrameWithin } from './frame.ts'
import type { Doorkeeper } from './session.ts'

export type SocketCore = Pick<Core, 'dispatchForPage' | 'subscribe'>

/** A connection that went away without a word is noticed after at most two of these. */
const HEARTBEAT_MS = 20_000

/** The page offers this one, and its secret as a second: a header that the browser sends here and nowhere else. */
const SUBPROTOCOL = 'maskwright'
const offersOf = ({ headers }: IncomingMessage): string[] =>
  (headers['sec-websocket-protocol'] ?? '').split(',').map((offer) => offer.trim())

const packr = new Packr({ useRecords: false, moreTypes: true })

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
}

const answerFrames = (socket: WebSocket, core: SocketCore): void => {
  const send = (id: number, message: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(packr.pack([id, message]))
  }
  const unsubscribe = core.subscribe((event) => send(0, event))
  socket.on('close', unsubscribe)
  socket.on('error', () => socket.terminate())
  socket.on('message', (data: Buffer, isBinary) => {
    let frame: unknown
    try {
      frame = isBinary && isFrameWithin(data) ? packr.unpack(data) : null
    } catch {
      frame = null
    }
    if (!Array.isArray(frame) || !Number.isSafeInteger(frame[0]) || frame[0] <= 0) {
      socket.close(1007, 'not a call')
      return
    }
    const [id, name, input] = frame as [number, unknown, unknown]
    void core.dispatchForPage(name, input).then((reply) => send(id, reply))
  })
}

/** Ends sockets that do not answer a ping. */
const watch = (sockets: WebSocketServer): NodeJS.Timeout => {
  const answered = new WeakSet<WebSocket>()
  sockets.on('connection', (socket) => {
    answered.add(socket)
    socket.on('pong', () => answered.add(socket))
  })
  const beat = () => {
    for (const socket of sockets.clients) {
      if (!answered.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }
  return setInterval(beat, HEARTBEAT_MS).unref()
}

/** Answers /socket for admitted pages of our own origin; returns a function that ends all connections. */
export const serveSocket = (server: Server, core: SocketCore, door: Doorkeeper): (() => void) => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameLimits.bytes,
    handleProtocols: () => SUBPROTOCOL,
  })
  const heartbeat = watch(sockets)
  sockets.on('connection', (socket) => answerFrames(socket, core))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (request.url !== '/socket') return refuse(socket, '404 Not Found')
    if (!door.isHostOurs(request) || !door.isOriginOurs(request, true)) return refuse(socket, '403 Forbidden')
    const [protocol, secret = ''] = offersOf(request)
    if (protocol !== SUBPROTOCOL || !door.isAdmitted(secret)) return refuse(socket, '401 Unauthorized')
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request))
  })
  return () => {
    clearInterval(heartbeat)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

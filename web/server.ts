/** The HTTP side of the web shell: loopback only; the page's files for all, images and calls for whoever was admitted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerText, isPicturePath, type AnswerPage, type PageAnswer } from '../core/shell/page.ts'
import { createDoorkeeper, type Doorkeeper } from './session.ts'
import { serveSocket, type SocketCore } from './socket.ts'

export interface WebServer {
  readonly origin: string
  /**
   * An address with a new token in its fragment, which is in no request line, log or referrer. It opens one page.
   * @param lifetimeMs After these it opens none; for ever when it is left out.
   */
  newAddress(lifetimeMs?: number): string
  /** Calls back with each address that admitted a page and is used up by that. */
  onAdmitted(listener: (address: string) => void): void
  close(): Promise<void>
}

type Door = Doorkeeper & { readonly admitted: (token: string) => void }

const readBody = async (request: IncomingMessage, limit: number): Promise<string | null> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const send = (response: ServerResponse, answer: PageAnswer): void => {
  response.writeHead(answer.status, { ...answer.headers })
  response.end(answer.status === 304 ? undefined : answer.body)
}

/** POST /session with a token as body is answered with what the page is to hold: a PageSession, as JSON. */
const answerSession = async (request: IncomingMessage, response: ServerResponse, door: Door) => {
  if (!door.isOriginOurs(request, true)) return send(response, answerText(403, 'Refused: foreign origin'))
  const token = (await readBody(request, 200)) ?? ''
  const session = door.admit(token)
  if (session === null) return send(response, answerText(401, 'Refused: this address is used up'))
  send(response, answerText(200, JSON.stringify(session)))
  door.admitted(token)
}

const secretOf = ({ headers }: IncomingMessage): string =>
  headers.authorization?.replace(/^Bearer /, '') ?? ''

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  answerPage: AnswerPage,
): Promise<void> => {
  if (!door.isHostOurs(request)) return send(response, answerText(403, 'Refused: unknown host name'))
  if (!URL.canParse(request.url ?? '', 'http://127.0.0.1'))
    return send(response, answerText(400, 'Bad address'))
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  if (request.method === 'POST' && url.pathname === '/session') return answerSession(request, response, door)
  if (request.method !== 'GET') return send(response, answerText(405, 'Only GET'))
  if (url.pathname === '/session') {
    return send(response, answerText(door.isAdmitted(secretOf(request)) ? 200 : 401, 'session'))
  }
  const picture = door.picturePathOf(url.pathname)
  if (picture !== null) {
    if (!door.isOriginOurs(request, false)) return send(response, answerText(403, 'Refused: foreign origin'))
    url.pathname = picture
  } else if (isPicturePath(url.pathname)) return send(response, answerText(401, 'Refused: no session'))
  send(response, await answerPage(url, request.headers['if-none-match'] ?? null))
}

/**
 * Starts the server on 127.0.0.1.
 * @param port 0 takes any free one.
 * @throws when the port is taken
 */
export const startWebServer = async (
  core: SocketCore,
  answerPage: AnswerPage,
  port: number,
): Promise<WebServer> => {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${taken}`
  const addressOf = (token: string) => `${origin}/#token=${token}`
  const listeners: ((address: string) => void)[] = []
  const door: Door = {
    ...createDoorkeeper(taken),
    admitted: (token) => listeners.forEach((listener) => listener(addressOf(token))),
  }
  server.on('request', (request, response) => {
    answer(request, response, door, answerPage).catch((thrown: unknown) => {
      console.error(thrown)
      if (!response.headersSent) send(response, answerText(500, 'The server failed; its terminal says why'))
    })
  })
  const closeSockets = serveSocket(server, core, door)
  return {
    origin,
    newAddress: (lifetimeMs) => addressOf(door.issue(lifetimeMs)),
    onAdmitted: (listener) => void listeners.push(listener),
    close: () =>
      new Promise((resolve) => {
        closeSockets()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

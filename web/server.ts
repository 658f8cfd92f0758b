/** The HTTP side of the web shell: loopback only; the page's files for all, images and calls for whoever was admitted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerText, isPicturePath, type AnswerPage, type PageAnswer } from '../core/shell/page.ts'
import { createDoorkeeper, type Doorkeeper } from './session.ts'
import { serveSocket, type SocketCore } from './socket.ts'

export interface WebServer {
  /** The address to open, with the token in its fragment. */
  readonly url: string
  readonly origin: string
  readonly token: string
  close(): Promise<void>
}

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

const send = (response: ServerResponse, answer: PageAnswer, headers: Record<string, string> = {}): void => {
  response.writeHead(answer.status, { ...answer.headers, ...headers })
  response.end(answer.status === 304 ? undefined : answer.body)
}

/** POST /session with the token as body sets the cookie that images and the socket ask for. */
const answerSession = async (request: IncomingMessage, response: ServerResponse, door: Doorkeeper) => {
  if (!door.isOriginOurs(request, true)) return send(response, answerText(403, 'Refused: foreign origin'))
  const cookie = door.admit((await readBody(request, 200)) ?? '')
  return cookie === null
    ? send(response, answerText(401, 'Refused: this token is not of the running server'))
    : send(response, answerText(200, 'ok'), { 'Set-Cookie': cookie })
}

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  door: Doorkeeper,
  answerPage: AnswerPage,
): Promise<void> => {
  if (!door.isHostOurs(request)) return send(response, answerText(403, 'Refused: unknown host name'))
  if (!URL.canParse(request.url ?? '', 'http://127.0.0.1'))
    return send(response, answerText(400, 'Bad address'))
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  if (request.method === 'POST' && url.pathname === '/session') return answerSession(request, response, door)
  if (request.method !== 'GET') return send(response, answerText(405, 'Only GET'))
  if (url.pathname === '/session') {
    return send(response, answerText(door.isAdmitted(request) ? 200 : 401, 'session'))
  }
  if (isPicturePath(url.pathname)) {
    if (!door.isOriginOurs(request, false)) return send(response, answerText(403, 'Refused: foreign origin'))
    if (!door.isAdmitted(request)) return send(response, answerText(401, 'Refused: no session'))
  }
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
  const door = createDoorkeeper((server.address() as AddressInfo).port)
  server.on('request', (request, response) => {
    answer(request, response, door, answerPage).catch((thrown: unknown) => {
      console.error(thrown)
      if (!response.headersSent) send(response, answerText(500, 'The server failed; its terminal says why'))
    })
  })
  const closeSockets = serveSocket(server, core, door)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/#token=${door.token}`,
    origin,
    token: door.token,
    close: () =>
      new Promise((resolve) => {
        closeSockets()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

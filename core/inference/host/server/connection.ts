/**
 * HTTP to one server: an answer within its time and size, or the reason in words. It follows no redirects: photos go
 * where the person said and nowhere else.
 */
import {
  Agent as PlainAgent,
  request as plainRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { messageOf } from '../../../../common/errors.ts'
import { bytesText } from '../../../../common/bytes.ts'
import { said } from '../../../../common/said.ts'
import type { ServerAddress } from '../../server.ts'
import { BadAnswer, readError } from './protocol.ts'

/** Nobody answers, or not in time. The message is for the person. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** A connection that was kept open turned out to be closed: that says nothing of the server. */
class Stale extends Unreachable {}

interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly bytes: Buffer
}

interface Question {
  /** Below the server's address, without a slash before it. */
  readonly path: string
  /** Sent by POST; null asks by GET. */
  readonly body: readonly Buffer[] | null
  readonly headers?: Readonly<Record<string, string>>
  /** A longer answer is refused, bytes. */
  readonly limit: number
  /** How long all of it may take, ms. */
  readonly wholeMs: number
  readonly signal: AbortSignal
}

export interface Connection {
  /**
   * @returns an answer of status 200
   * @throws Unreachable, BadAnswer; what `signal` was aborted with
   */
  ask(question: Question): Promise<Reply>
  close(): void
}

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`

const reasonOf = (thrown: unknown): string => {
  const { code } = thrown as { code?: unknown }
  switch (code) {
    case 'ECONNREFUSED':
      return said('nothing listens there')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return said('there is no computer of that name')
    case 'ECONNRESET':
    case 'EPIPE':
      return said('the connection broke off')
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return said('no network leads there')
    default:
      return messageOf(thrown)
  }
}

/** All of the body. @throws BadAnswer when it is longer than `limit` */
const readBody = async (answer: IncomingMessage, limit: number): Promise<Buffer> => {
  const told = Number(answer.headers['content-length'] ?? 0)
  const tooLong = () =>
    new BadAnswer(
      said('Its answer is longer than {limit}, which nothing needs.', { limit: bytesText(limit) }),
    )
  if (told > limit) throw tooLong()
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > limit) throw tooLong()
    pieces.push(piece)
  }
  return Buffer.concat(pieces, length)
}

const refusalOf = ({ status, headers, bytes }: Reply): BadAnswer => {
  if (status >= 300 && status < 400)
    return new BadAnswer(
      said('It leads elsewhere ({where}), which is not followed. Give the address that it leads to.', {
        where: [status, headers.location?.slice(0, 200)].join(' ').trimEnd(),
      }),
    )
  const reason = readError(bytes.toString('utf8', 0, 10_000))
  return new BadAnswer(
    reason === ''
      ? said('It refuses ({status}).', { status })
      : said('It refuses ({status}): {reason}.', { status, reason }),
  )
}

export const createConnection = ({ url, connectMs }: ServerAddress): Connection => {
  const isSecure = url.startsWith('https:')
  // One job runs at a time; a trial or a look at a second model may come beside it.
  const agent = new (isSecure ? SecureAgent : PlainAgent)({ keepAlive: true, maxSockets: 4 })
  const send = isSecure ? secureRequest : plainRequest

  const once = ({ path, body, headers, limit, wholeMs, signal }: Question) =>
    new Promise<{ reply: Reply }>((resolve, reject) => {
      const length = body?.reduce((sum, piece) => sum + piece.length, 0)
      const asked: ClientRequest = send(`${url}/${path}`, {
        agent,
        method: body === null ? 'GET' : 'POST',
        headers: {
          // Compressed bytes could not be counted.
          'accept-encoding': 'identity',
          ...(length !== undefined && {
            'content-type': 'application/octet-stream',
            'content-length': String(length),
          }),
          ...headers,
        },
      })
      const stop = (reason: unknown) => {
        asked.destroy()
        end(() => reject(reason instanceof Error ? reason : new Error(String(reason))))
      }
      const late = setTimeout(
        () => stop(new Unreachable(said('it did not answer within {time}', { time: seconds(wholeMs) }))),
        wholeMs,
      )
      const unconnected = setTimeout(
        () => stop(new Unreachable(said('no connection within {time}', { time: seconds(connectMs) }))),
        connectMs,
      )
      const onAbort = () => stop(signal.reason)
      const end = (settle: () => void) => {
        clearTimeout(late)
        clearTimeout(unconnected)
        signal.removeEventListener('abort', onAbort)
        settle()
      }
      asked.once('socket', (socket) => {
        if (!socket.connecting) clearTimeout(unconnected)
        else socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(unconnected))
      })
      asked.on('error', (thrown) => {
        const Kind = asked.reusedSocket ? Stale : Unreachable
        stop(new Kind(reasonOf(thrown), { cause: thrown }))
      })
      asked.once('response', (answer) => {
        readBody(answer, limit).then(
          (bytes) =>
            end(() => resolve({ reply: { status: answer.statusCode ?? 0, headers: answer.headers, bytes } })),
          (thrown: unknown) => stop(thrown instanceof BadAnswer ? thrown : new Unreachable(reasonOf(thrown))),
        )
      })
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) return onAbort()
      for (const piece of body ?? []) asked.write(piece)
      asked.end()
    })

  return {
    async ask(question) {
      const { reply } = await once(question).catch((thrown: unknown) => {
        if (thrown instanceof Stale) return once(question)
        throw thrown
      })
      if (reply.status === 200) return reply
      throw refusalOf(reply)
    },
    close: () => agent.destroy(),
  }
}

/**
 * Who may talk to the server: a page of our own origin that showed a one-time token and holds the secret that it was
 * given for it. Other pages of the browser, other servers on 127.0.0.1, other users of the machine, and names that only
 * pretend to be this machine (DNS rebinding) are refused. Nothing is kept in a cookie: cookies do not know ports, so the
 * browser would show them to every other server on 127.0.0.1.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const randomName = () => randomBytes(32).toString('base64url')

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** What an admitted page holds, in the storage of its own tab and origin. */
interface PageSession {
  /** Asked for by calls: a header of /session, a subprotocol of /socket. Never part of an address. */
  readonly secret: string
  /** The first part of the path of this page's pictures; it opens pictures and nothing else. */
  readonly pictures: string
}

export interface Doorkeeper {
  /** A new token. It is good once, and until `lifetimeMs` are over. */
  issue(lifetimeMs?: number): string
  /** The session of whoever shows a token for the first time; null for a used, late or wrong one. */
  admit(token: string): PageSession | null
  isAdmitted(secret: string): boolean
  /** The path without the part that admits to pictures; null when that part is no session's. */
  picturePathOf(pathname: string): string | null
  /** Refuses names that are not this machine's loopback. */
  isHostOurs(request: IncomingMessage): boolean
  /** Refuses requests that another page caused; `required` when a browser always tells the origin. */
  isOriginOurs(request: IncomingMessage, required: boolean): boolean
}

/** @param port The port that the server listens on. */
export const createDoorkeeper = (port: number): Doorkeeper => {
  /** Each with the time at which it ends, ms since the epoch. */
  const tokens = new Map<string, number>()
  const sessions: PageSession[] = []
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const isHostOurs = ({ headers }: IncomingMessage) => hosts.includes(headers.host ?? '')
  return {
    issue(lifetimeMs = Infinity) {
      const token = randomName()
      tokens.set(token, Date.now() + lifetimeMs)
      return token
    },
    admit(shown) {
      const token = [...tokens.keys()].find((known) => isSame(shown, known))
      if (token === undefined) return null
      const inTime = Date.now() <= (tokens.get(token) ?? 0)
      tokens.delete(token)
      if (!inTime) return null
      const session = { secret: randomName(), pictures: randomName() }
      sessions.push(session)
      return session
    },
    isAdmitted: (secret) => sessions.some((session) => isSame(session.secret, secret)),
    picturePathOf(pathname) {
      const [, shown = '', path] = /^\/([\w-]+)(\/(?:image|thumb)\/.*)$/.exec(pathname) ?? []
      return path !== undefined && sessions.some((session) => isSame(session.pictures, shown)) ? path : null
    },
    isHostOurs,
    isOriginOurs: (request, required) => {
      const { origin, host } = request.headers
      if (origin !== undefined) return isHostOurs(request) && origin === `http://${host ?? ''}`
      // Chromium, Firefox and Safari send it on loopback; `none` is the address bar.
      const site = request.headers['sec-fetch-site']
      return !required && (site === undefined || site === 'same-origin' || site === 'none')
    },
  }
}

/**
 * Who may talk to the server: a page of our own origin that showed the token. Other pages of the browser, other
 * programs' pages on 127.0.0.1, and names that only pretend to be this machine (DNS rebinding) are refused.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const randomName = () => randomBytes(32).toString('base64url')

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const cookieOf = (request: IncomingMessage, name: string): string | null => {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

export interface Doorkeeper {
  /** Part of the printed address, in its fragment, so that it is in no request line, log or referrer. */
  readonly token: string
  /** Refuses names that are not this machine's loopback. */
  isHostOurs(request: IncomingMessage): boolean
  /** Refuses requests that another page caused; `required` when a browser always tells the origin. */
  isOriginOurs(request: IncomingMessage, required: boolean): boolean
  isAdmitted(request: IncomingMessage): boolean
  /** The Set-Cookie header for whoever shows the token; null for a wrong one. */
  admit(token: string): string | null
}

/** @param port The port that the server listens on: cookies do not know ports, so the cookie's name does. */
export const createDoorkeeper = (port: number): Doorkeeper => {
  const token = randomName()
  const secret = randomName()
  const cookie = `maskwright_${port}`
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const isHostOurs = ({ headers }: IncomingMessage) => hosts.includes(headers.host ?? '')
  return {
    token,
    isHostOurs,
    isOriginOurs: (request, required) => {
      const { origin, host } = request.headers
      if (origin !== undefined) return isHostOurs(request) && origin === `http://${host ?? ''}`
      // Chromium, Firefox and Safari send it on loopback; `none` is the address bar.
      const site = request.headers['sec-fetch-site']
      return !required && (site === undefined || site === 'same-origin' || site === 'none')
    },
    isAdmitted: (request) => {
      const value = cookieOf(request, cookie)
      return value !== null && isSame(value, secret)
    },
    admit: (shown) =>
      isSame(shown, token) ? `${cookie}=${secret}; HttpOnly; SameSite=Strict; Path=/` : null,
  }
}

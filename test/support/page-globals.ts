/**
 * What a browser gives the page's socket client, on Node: a tab's storage, fetch and WebSocket
 * that send an Origin and what the page itself adds.
 */
import WebSocket from 'ws'
import type { PagePlace } from '../../renderer/host-socket.ts'

/** Node's own, before a test puts the page's in its place. */
const nodeFetch = globalThis.fetch

export interface PageGlobals {
  readonly fetch: typeof globalThis.fetch
  readonly WebSocket: typeof globalThis.WebSocket
  /** What createSocketTransport takes. */
  readonly place: PagePlace
  /** Cuts every open connection without a closing handshake. */
  cut(): void
  /** As when the page is closed: its requests are not answered any more. */
  leave(): void
}

/** @param address The printed address of the web shell, with its fragment. */
export const createPageGlobals = (address: string): PageGlobals => {
  const { origin, host, pathname, hash } = new URL(address)
  const location = { host, pathname, hash }
  const sockets = new Set<WebSocket>()
  const stored = new Map<string, string>()
  let left = false

  class PageSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      // As in a browser each message is a task of its own: what waits for one goes on before the next.
      super(url, protocols, { origin, allowSynchronousEvents: false })
      sockets.add(this)
      // A page hears of a failed connection by its end alone.
      this.on('error', () => undefined)
    }
  }
  return {
    fetch: (path, init) => {
      // The core runs in this process too, and downloads models.
      if (path instanceof URL) return nodeFetch(path, init)
      if (left) return new Promise(() => undefined)
      const headers = new Headers(init?.headers)
      headers.set('origin', origin)
      return nodeFetch(`${origin}${path as string}`, { ...init, headers })
    },
    WebSocket: PageSocket as unknown as typeof globalThis.WebSocket,
    place: {
      location: location as Location,
      history: {
        replaceState: () => {
          location.hash = ''
        },
      } as unknown as History,
      sessionStorage: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
      } as unknown as Storage,
    },
    cut: () => {
      for (const socket of sockets) socket.terminate()
      sockets.clear()
    },
    leave: () => {
      left = true
    },
  }
}

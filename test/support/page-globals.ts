/** What a browser gives the page's socket client, on Node: fetch and WebSocket that share cookies and send an Origin. */
import WebSocket from 'ws'

/** Node's own, before a test puts the page's in its place. */
const nodeFetch = globalThis.fetch

export interface PageGlobals {
  readonly fetch: typeof globalThis.fetch
  readonly WebSocket: typeof globalThis.WebSocket
  readonly location: Location
  readonly history: History
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
  let cookie = ''
  let left = false

  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { origin, headers: { cookie } })
      sockets.add(this)
      // A page hears of a failed connection by its end alone.
      this.on('error', () => undefined)
    }
  }
  return {
    fetch: async (path, init) => {
      // The core runs in this process too, and downloads models.
      if (path instanceof URL) return nodeFetch(path, init)
      if (left) return new Promise(() => undefined)
      const response = await nodeFetch(`${origin}${path as string}`, { ...init, headers: { origin, cookie } })
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return response
    },
    WebSocket: PageSocket as unknown as typeof globalThis.WebSocket,
    location: location as Location,
    history: {
      replaceState: () => {
        location.hash = ''
      },
    } as unknown as History,
    cut: () => {
      for (const socket of sockets) socket.terminate()
      sockets.clear()
    },
    leave: () => {
      left = true
    },
  }
}

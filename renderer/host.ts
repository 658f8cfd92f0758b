/**
 * The only file that knows which shell runs. Everything else calls `host.client` and shows `host.imageUrl`.
 */
import { createClient, type Client, type Transport } from '../common/rpc.ts'
import type { AppEvent } from '../common/contract.ts'
import type { ImageId } from '../common/model.ts'
import { createSocketTransport } from './host-socket.ts'

/**
 * connected: calls are answered, or will be as soon as the first connection stands. reconnecting: the wire is cut and tried again. refused: the server does not know
 * this page (it was started anew): the newly printed address has to be opened.
 */
export type Connection = 'connected' | 'reconnecting' | 'refused'

export interface Host {
  readonly client: Client
  readonly shell: 'electron' | 'web'
  /** The image as it is shown, upright. `version` (content hash or modification time) names what may be cached. */
  imageUrl(id: ImageId, version: string | number): string
  thumbnailUrl(id: ImageId, version: string | number): string
  /** Where a dropped file or folder lies; null where the shell does not tell, as in a browser. */
  pathOfDropped(file: File): Promise<string | null>
  /** Calls back at once and at each change; returns a function that stops it. */
  onConnection(listener: (connection: Connection) => void): () => void
}

/** What electron/preload.ts exposes. An event comes as it is, or as its JSON. */
interface Bridge extends Pick<Transport, 'request'> {
  readonly shell: 'electron'
  dropped(file: File): Promise<string>
  subscribe(listener: (event: AppEvent | string) => void): () => void
}

const transportOf = (bridge: Bridge): Transport => ({
  request: (name, input) => bridge.request(name, input),
  subscribe: (listener) =>
    bridge.subscribe((event) =>
      listener(typeof event === 'string' ? (JSON.parse(event) as AppEvent) : event),
    ),
})

declare global {
  interface Window {
    readonly maskwright?: Bridge
  }
}

const pictureUrls = (folder: () => string): Pick<Host, 'imageUrl' | 'thumbnailUrl'> => ({
  imageUrl: (id, version) => `${folder()}/image/${id}?v=${encodeURIComponent(version)}`,
  thumbnailUrl: (id, version) => `${folder()}/thumb/${id}?v=${encodeURIComponent(version)}`,
})

const createHost = (): Host => {
  const bridge = window.maskwright
  if (bridge) {
    const onConnection: Host['onConnection'] = (listener) => {
      listener('connected')
      return () => undefined
    }
    const pathOfDropped = async (file: File) => (await bridge.dropped(file)) || null
    return {
      ...pictureUrls(() => ''),
      client: createClient(transportOf(bridge)),
      shell: 'electron',
      pathOfDropped,
      onConnection,
    }
  }
  const { transport, pictureFolder, onConnection } = createSocketTransport(window)
  return {
    ...pictureUrls(pictureFolder),
    client: createClient(transport),
    shell: 'web',
    pathOfDropped: () => Promise.resolve(null),
    onConnection,
  }
}

export const host: Host = createHost()

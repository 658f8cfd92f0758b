/** Every way to reach the core. The contract's suite runs once over each. */
import { vi } from 'vitest'
import { createLocalTransport, type Transport } from '../../common/rpc.ts'
import type { Core } from '../../core/core.ts'
import { createPage } from '../../core/shell/page.ts'
import { createSocketTransport } from '../../renderer/host-socket.ts'
import { startWebServer } from '../../web/server.ts'
import { createPageGlobals } from '../support/page-globals.ts'

export interface Connection {
  readonly transport: Transport
  close(): Promise<void>
}

export interface ContractTransport {
  readonly name: string
  readonly connect: (core: Core) => Promise<Connection>
}

const local: ContractTransport = {
  name: 'local',
  connect: (core) =>
    Promise.resolve({
      transport: createLocalTransport(core.dispatch, core.subscribe),
      close: () => Promise.resolve(),
    }),
}

/** The page's own client against the real server. */
const socket: ContractTransport = {
  name: 'WebSocket',
  async connect(core) {
    const server = await startWebServer(core, createPage('/no-page', core), 0)
    const globals = createPageGlobals(server.newAddress())
    vi.stubGlobal('fetch', globals.fetch)
    vi.stubGlobal('WebSocket', globals.WebSocket)
    const { transport } = createSocketTransport(globals.place)
    return {
      transport,
      async close() {
        globals.leave()
        await server.close()
        vi.unstubAllGlobals()
      },
    }
  },
}

export const transports: readonly ContractTransport[] = [local, socket]

/** Calls about what encodes: a server, or a provider of this computer. */
import type { Of, Parts } from './parts.ts'

export const encodingHandlers = ({ inference }: Parts): Of<'server'> & Of<'providers'> => ({
  'providers.measured': async () => ({ measured: await inference.measured() }),
  'server.try': (address) => inference.tryServer(address),
})

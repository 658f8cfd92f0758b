/** Calls about a server for encoders and detectors. */
import type { Of, Parts } from './parts.ts'

export const serverHandlers = ({ inference }: Parts): Of<'server'> => ({
  'server.try': (address) => inference.tryServer(address),
})

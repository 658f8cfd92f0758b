/** `--server`: a server that encodes and detects for a command that asks the model. */
import { parseServerUrl } from '../common/server-url.ts'
import type { CorePorts } from '../core/ports.ts'
import { UsageError } from './command.ts'

export const serverOptions = { server: { type: 'string' }, 'server-model': { type: 'string' } } as const

export const SERVER_USAGE = '[--server URL [--server-model NAME]]'

/** @param column where the words begin */
export const serverDetails = (column: number): string[] => [
  `${'--server'.padEnd(column)}sends photos to this server, which encodes and detects (docs/server.md); none: to no server;`,
  `${' '.repeat(column)}without it the server of the app's settings, if there is one`,
  `${'--server-model'.padEnd(column)}what the encoder is called there; the chosen model's id when left out`,
]

/** @throws UsageError when it is no address */
export const serverOption = (values: {
  readonly server?: string | undefined
  readonly 'server-model'?: string | undefined
}): Pick<CorePorts, 'server'> => {
  const { server, 'server-model': model } = values
  if (server === undefined && model !== undefined) throw new UsageError('--server-model goes with --server')
  if (server === undefined) return {}
  if (server === 'none') return { server: null }
  const parsed = parseServerUrl(server)
  if ('fault' in parsed) throw new UsageError(`--server "${server}": ${parsed.fault}`)
  return { server: { url: parsed.url, model: model ?? '' } }
}

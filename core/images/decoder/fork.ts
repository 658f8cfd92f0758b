/** A decoder process as a plain child process of Node: for the web shell, the CLI and tests. */
import { fileURLToPath } from 'node:url'
import type { DecoderProcess } from './process.ts'
import { entryOf } from '../../processes/entry.ts'
import { forkProcess } from '../../processes/fork.ts'
import { decoderFlags } from '../limits.ts'

const hostUrl = entryOf('./host.ts', 'decoder-host.js', import.meta.url)

export const forkDecoderProcess = (): DecoderProcess =>
  forkProcess(fileURLToPath(hostUrl), { flags: decoderFlags, quiet: true })

/** A decoder process as the core holds it. */
import type { ChildProcess } from '../../processes/child-process.ts'
import type { FromDecoder, ToDecoder } from './messages.ts'

export type DecoderProcess = ChildProcess<ToDecoder, FromDecoder>

/** The inference process as the core holds it. */
import type { ChildProcess } from '../processes/child-process.ts'
import type { FromHost, ToHost } from './messages.ts'

export type InferenceProcess = ChildProcess<ToHost, FromHost>

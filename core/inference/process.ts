/** The inference process as the core holds it; each shell starts it in its own way. */
import type { FromHost, ToHost } from './messages.ts'

/** utilityProcess in Electron, child_process.fork elsewhere. */
export interface InferenceProcess {
  post(message: ToHost): void
  onMessage(listener: (message: FromHost) => void): void
  /** Called once, when the process has ended for whatever reason; `reason` is for the log and the status bar. */
  onExit(listener: (reason: string) => void): void
  kill(): void
}

/** A child process with a typed wire, as the core holds it; each shell starts it in its own way. */

/** utilityProcess in Electron, child_process.fork elsewhere. */
export interface ChildProcess<To, From> {
  post(message: To): void
  onMessage(listener: (message: From) => void): void
  /** Called once, when the process has ended for whatever reason; `reason` is for the log and the status bar. */
  onExit(listener: (reason: string) => void): void
  kill(): void
}

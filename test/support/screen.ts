/** A virtual screen for the desktop app where the session has none, so that every launch has the same size. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'

export interface Screen {
  /** The value of DISPLAY. */
  readonly display: string | undefined
  close(): void
}

/** True when a desktop app can be shown here, on the session's own screen or on a virtual one. */
export const hasScreen = (): boolean =>
  process.platform !== 'linux' ||
  Boolean(process.env.DISPLAY) ||
  spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined

const waitForDisplay = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Xvfb ended with code ${String(code)}`)))
    // Xvfb writes the number of the display it took to this pipe, once it is ready.
    child.stdio[3]?.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`))
  })

export const openScreen = async (): Promise<Screen> => {
  if (process.platform !== 'linux' || process.env.DISPLAY) {
    return { display: process.env.DISPLAY, close: () => undefined }
  }
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const display = await waitForDisplay(child)
  return { display, close: () => void child.kill() }
}

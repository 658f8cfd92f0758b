/** Shows an address or a folder with the system's own opener. */
import { spawn } from 'node:child_process'

const opener = (): [command: string, ...args: string[]] =>
  process.platform === 'darwin'
    ? ['open']
    : process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler']
      : ['xdg-open']

/** @returns false when this machine has no opener. */
export const openWithSystem = (target: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [command, ...args] = opener()
    const child = spawn(command, [...args, target], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })

/** Shows an address or a folder with the system's own opener. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

/** A page that goes on to `address` and leaves no step back to itself. */
const stepOf = (address: string): string => `<!doctype html>
<meta charset="utf-8">
<title>Maskwright</title>
<script>location.replace(${JSON.stringify(address)})</script>
<p><a href="${address}">Open Maskwright</a></p>
`

/**
 * Opens an address that others must not read. Command lines can be read by every user of the machine, so the browser is
 * given a file that only this user can read, and the file holds the address.
 * @param address Holds no quotes, as an address of ours does not.
 * @returns A function that deletes the file; null when this machine has no opener.
 */
export const openPrivately = async (address: string): Promise<(() => void) | null> => {
  // Made with the rights 0700.
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-'))
  const file = join(folder, 'open.html')
  const forget = () => rmSync(folder, { recursive: true, force: true })
  writeFileSync(file, stepOf(address), { mode: 0o600, flag: 'wx' })
  if (await openWithSystem(file)) return forget
  forget()
  return null
}

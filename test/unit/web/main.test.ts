/** The web shell as a process of its own: how it is opened, and how it ends. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openPrivately } from '../../../web/open-browser.ts'

const root = join(import.meta.dirname, '..', '..', '..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskwright-web-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** Puts a program in the place of the system's opener that notes what it was called with. */
const standInForOpener = (): string => {
  const noted = join(folder, 'noted')
  const name = process.platform === 'darwin' ? 'open' : 'xdg-open'
  writeFileSync(
    join(folder, name),
    `#!/bin/sh\necho "$@" > "${noted}.part" && mv "${noted}.part" "${noted}"\n`,
  )
  chmodSync(join(folder, name), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH ?? ''}`)
  return noted
}

describe.runIf(process.platform !== 'win32')('opening the browser', () => {
  const address = 'http://127.0.0.1:1234/#token=the-secret'

  test('no command line holds the address: a file that only this user can read does', async () => {
    const noted = standInForOpener()
    const forget = await openPrivately(address)
    await expect.poll(() => existsSync(noted)).toBe(true)
    const file = readFileSync(noted, 'utf8').trim()
    expect(file).not.toContain('the-secret')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    expect(readFileSync(file, 'utf8')).toContain(`location.replace("${address}")`)
    forget?.()
    expect(existsSync(dirname(file))).toBe(false)
  })

  test('a machine without an opener keeps no file', async () => {
    vi.stubEnv('PATH', folder)
    vi.stubEnv('TMPDIR', folder)
    expect(await openPrivately(address)).toBeNull()
    expect(existsSync(join(folder, 'open.html'))).toBe(false)
  })
})

const printedBy = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = ''
    server.stdout?.on('data', (data: Buffer) => {
      printed += data.toString()
      if (printed.includes('Ctrl+C ends')) resolve(printed)
    })
    server.once('exit', (code) => reject(new Error(`It ended with code ${String(code)}: ${printed}`)))
  })

describe.runIf(process.platform !== 'win32')('the process', () => {
  test.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)('ends in order at %s', async (signal) => {
    const server = spawn(process.execPath, [join(root, 'web/main.ts'), '--no-open'], {
      env: { ...process.env, MASKWRIGHT_DATA: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await printedBy(server)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n/)
    // A terminal that is closed reads no more.
    server.stdout.destroy()
    server.removeAllListeners('exit')
    const ended = new Promise((resolve) => server.once('exit', (...how) => resolve(how)))
    server.kill(signal)
    expect(await ended).toEqual([0, null])
  })
})

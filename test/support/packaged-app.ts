/**
 * The packaged app for tests: makes it, as `npm run package -- --dir` does, and starts it without Playwright's launcher,
 * since its fuses refuse the inspector of Node that the launcher uses.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readlinkSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createPackageWithOptions, extractAll } from '@electron/asar'
import { chromium, expect, type Page } from '@playwright/test'
import { needsNoSandbox } from '../../scripts/electron-binary.ts'
import { openScreen } from './screen.ts'

const root = resolve(import.meta.dirname, '..', '..')
const archiveOf = (app: string) => join(app, 'resources', 'app.asar')

/** @returns the folder of the unpacked app, in `out` */
export const makePackage = async (out: string): Promise<string> => {
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'package.ts'), '--dir', '--out', out], {
    cwd: root,
    maxBuffer: 2 ** 26,
  })
  const name = readdirSync(out).find((entry) => entry.endsWith('-unpacked'))
  if (name === undefined) throw new Error(`Nothing was made in ${out}.`)
  return join(out, name)
}

/**
 * better-sqlite3 13 needs Node-API 10, which Electron 45 has and Electron 33 has not. An Electron for tests may bring an
 * older one along in its `resources/app`: that one takes its place. All else stays as it was packaged.
 */
export const fitDatabase = async (app: string, electron: string): Promise<void> => {
  const modules = join(electron, 'resources', 'app', 'node_modules')
  if (!existsSync(join(modules, 'better-sqlite3'))) return
  const archive = archiveOf(app)
  const folder = mkdtempSync(join(app, 'archive-'))
  extractAll(archive, folder)
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
    rmSync(join(folder, 'node_modules', name), { recursive: true, force: true })
    cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true })
  }
  rmSync(`${archive}.unpacked`, { recursive: true })
  await createPackageWithOptions(folder, archive, { unpack: '{**/*.node,**/onnxruntime-node/bin/**}' })
  rmSync(folder, { recursive: true })
}

export interface PackagedApp {
  readonly page: Page
  /** The files that its processes have open or mapped, absolute. */
  openFiles(): Set<string>
  close(): Promise<void>
}

const processesOf = (parent: number): number[] => {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return / [RSDTZt] (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1] === String(parent)
      } catch {
        return false
      }
    })
    .map(Number)
  return [parent, ...children.flatMap(processesOf)]
}

const filesOfProcess = (pid: number): string[] => {
  try {
    const handles = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`))
    const mapped = readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(/ (\/.*)$/gm)
    return [...handles, ...[...mapped].map(([, file]) => file ?? '')]
  } catch {
    // It has ended meanwhile.
    return []
  }
}

/** Resolves with the address of Chromium's own debugger, which no fuse concerns. */
const waitForDebugger = (child: ChildProcess): Promise<URL> =>
  new Promise((found, reject) => {
    let said = ''
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString()
      const address = /DevTools listening on ws:\/\/(\S+?)\//.exec(said)?.[1]
      if (address !== undefined) found(new URL(`http://${address}`))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The app ended with code ${String(code)}: ${said}`)))
  })

/**
 * Resolves when the window has its document. Playwright that connects while the empty document makes way for the app's
 * own can wait for ever for the frame that was: one start of six on a busy machine.
 */
const waitForWindow = async (address: URL): Promise<void> => {
  await expect
    .poll(
      async () => {
        const targets = (await (await fetch(new URL('/json/list', address))).json()) as { title: string }[]
        return targets.map(({ title }) => title)
      },
      { timeout: 30_000 },
    )
    .toContainEqual(expect.stringContaining('Maskwright'))
}

export interface StartOptions {
  readonly args: readonly string[]
  readonly dataFolder: string
  readonly workingFolder: string
  /** Where Chromium writes what its network did. */
  readonly netLog: string
}

/** @param app folder of the unpacked app */
export const startPackaged = async (app: string, options: StartOptions): Promise<PackagedApp> => {
  const screen = await openScreen()
  const child = spawn(
    join(app, 'maskwright'),
    [
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--log-net-log=${options.netLog}`,
      ...options.args,
    ],
    {
      cwd: options.workingFolder,
      stdio: ['ignore', 'inherit', 'pipe'],
      env: {
        PATH: '/usr/bin:/bin',
        HOME: options.dataFolder,
        DISPLAY: screen.display,
        MASKWRIGHT_DATA: options.dataFolder,
      },
    },
  )
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const debuggerAddress = await waitForDebugger(child)
  await waitForWindow(debuggerAddress)
  const browser = await chromium.connectOverCDP(debuggerAddress.href)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('The app has no window.')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  return {
    page,
    openFiles: () => new Set(processesOf(child.pid ?? 0).flatMap(filesOfProcess)),
    close: async () => {
      await browser.close()
      child.kill('SIGTERM')
      await ended
      screen.close()
    },
  }
}

/**
 * Launches the real app for tests, as the desktop app or in Chromium against the web shell. Each launch names its
 * folder of images and its data folder; nothing of the user's is read or written.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron, needsNoSandbox } from '../../scripts/electron-binary.ts'
import { findChromium } from './browser.ts'
import { openScreen } from './screen.ts'

const root = resolve(import.meta.dirname, '..', '..')

export interface LaunchOptions {
  readonly folder: string
  readonly dataFolder: string
}

export interface RunningApp {
  readonly page: Page
  /** Only of the desktop app. */
  readonly electron: ElectronApplication | null
  /** Only of the web shell: the address with the token. */
  readonly url: string | null
  /** The process that holds the core. */
  readonly pid: number
  /** What the page wrote to its console as errors, and its uncaught exceptions. */
  readonly problems: readonly string[]
  /** Ends the app as a user does. */
  close(): Promise<void>
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>
}

const environmentOf = (options: LaunchOptions): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  MASKWRIGHT_DATA: options.dataFolder,
})

const collectProblems = (page: Page): string[] => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`)
  })
  return problems
}

/** The process that infers, found as the system sees it. */
export const findInferenceProcess = async (app: RunningApp): Promise<number> => {
  if (app.electron) {
    const metrics = await app.electron.evaluate(({ app: main }) =>
      main.getAppMetrics().map(({ pid, name }) => ({ pid, name })),
    )
    const found = metrics.find(({ name }) => name === 'Maskwright inference')
    if (found) return found.pid
  } else {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    for (const line of table.split('\n')) {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      if (Number(parent) === app.pid && args?.includes('inference')) return Number(pid)
    }
  }
  throw new Error('There is no inference process.')
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

export const launchDesktop = async (options: LaunchOptions): Promise<RunningApp> => {
  const executablePath = findElectron()
  if (executablePath === null) throw new Error('There is no Electron binary on this machine.')
  const screen = await openScreen()
  const electron = await _electron.launch({
    executablePath,
    args: [...(needsNoSandbox() ? ['--no-sandbox'] : []), root, `--folder=${options.folder}`],
    env: { ...environmentOf(options), ...(screen.display ? { DISPLAY: screen.display } : {}) },
  })
  const child = electron.process()
  const page = await electron.firstWindow()
  const problems = collectProblems(page)
  return {
    page,
    electron,
    url: null,
    pid: child.pid ?? 0,
    problems,
    close: async () => {
      await electron.close()
      screen.close()
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended(child)
      screen.close()
    },
  }
}

/** Resolves with the printed address. */
const waitForUrl = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = ''
    const read = (data: Buffer) => {
      printed += data.toString()
      const url = /http:\/\/\S+/.exec(printed)
      if (url) resolve(url[0])
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.once('exit', (code) =>
      reject(new Error(`The web shell ended with code ${String(code)}: ${printed}`)),
    )
  })

/** Starts the web shell alone. */
const startWebShell = async (options: LaunchOptions): Promise<{ server: ChildProcess; url: string }> => {
  const server = spawn(process.execPath, [join(root, 'web', 'main.ts'), options.folder, '--no-open'], {
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { server, url: await waitForUrl(server) }
}

export const launchWeb = async (options: LaunchOptions): Promise<RunningApp> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium on this machine.')
  const { server, url } = await startWebShell(options)
  const browser = await chromium.launch({
    executablePath,
    args: needsNoSandbox() ? ['--no-sandbox'] : [],
  })
  const context = await browser.newContext({ viewport: { width: 1360, height: 828 } })
  const page = await context.newPage()
  const problems = collectProblems(page)
  await page.goto(url)
  const end = async (signal: NodeJS.Signals) => {
    await browser.close()
    server.kill(signal)
    await ended(server)
  }
  return {
    page,
    electron: null,
    url,
    pid: server.pid ?? 0,
    problems,
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

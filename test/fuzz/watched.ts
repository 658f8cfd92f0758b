/** The process under test as run.ts sees it: one case at a time, ended when it hangs, started again when it is gone. */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CaseId, FromProcess } from './messages.ts'

export interface Outcome {
  readonly end: 'answered' | 'hung' | 'died'
  readonly faults: readonly string[]
  readonly ms: number
  readonly values: number
  readonly refusals: number
  readonly rss: number
}

export interface WatchOptions {
  /** The module of the process under test. */
  readonly entry: string
  /** Work of the processor for one case, seconds: what counts is not how busy the machine is with others. */
  readonly busySeconds: number
  /** Without an answer, seconds, however little it works. */
  readonly silentSeconds: number
}
/** Bytes. */
const RSS_LIMIT = 1.5 * 2 ** 30

/** Seconds of work that a process has had, where the system tells (100 ticks a second, Linux's USER_HZ). */
const workOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

const usual: WatchOptions = {
  entry: fileURLToPath(new URL('./process.ts', import.meta.url)),
  busySeconds: 5,
  silentSeconds: 90,
}

const start = async (entry: string, target: string, temporary: string) => {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary }
  const child = fork(entry, [target], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let said = ''
  child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString('utf8')).slice(-2000)))
  await new Promise<void>((ready, failed) => {
    child.once('message', () => ready())
    child.once('exit', () => failed(new Error(`The process under test does not start:\n${said}`)))
  })
  child.removeAllListeners('exit')
  return { child, said: () => said }
}

export const createWatched = (
  target: string,
  { entry, busySeconds, silentSeconds }: WatchOptions = usual,
) => {
  let running: Awaited<ReturnType<typeof start>> | null = null
  // What a process that is ended has left behind goes with it.
  const temporary = mkdtempSync(join(tmpdir(), 'maskwright-fuzz-'))

  const runIn = (child: ChildProcess, said: () => string, id: CaseId): Promise<Outcome> =>
    new Promise((resolve) => {
      const pid = child.pid!
      const [since, workedBefore] = [performance.now(), workOf(pid)]
      const elapsed = () => performance.now() - since
      const settle = (outcome: Omit<Outcome, 'ms'>) => {
        clearInterval(clock)
        child.removeAllListeners('message').removeAllListeners('exit')
        if (outcome.end !== 'answered') running = null
        resolve({ ...outcome, ms: elapsed() })
      }
      const nothing = { values: 0, refusals: 0, rss: 0 }
      const clock = setInterval(() => {
        const busy = workOf(pid) - workedBefore
        if (busy < busySeconds && elapsed() < silentSeconds * 1000) return
        child.kill('SIGKILL')
        const faults = [
          busy < busySeconds ? `no answer in ${silentSeconds} s` : `busy for ${busy.toFixed(0)} s`,
        ]
        settle({ end: 'hung', faults, ...nothing })
      }, 250)
      child.once('exit', (code, signal) =>
        settle({
          end: 'died',
          faults: [`the process ended by ${signal ?? `code ${String(code)}`}: ${said()}`],
          ...nothing,
        }),
      )
      child.on('message', (message) => {
        const told = message as FromProcess
        if (told.type !== 'done' || told.id !== id) return
        const { faults, values, refusals, rss } = told
        const large = rss > RSS_LIMIT ? [`${(rss / 2 ** 20).toFixed(0)} MB of memory`] : []
        settle({ end: 'answered', faults: [...faults, ...large], values, refusals, rss })
        // The next case begins with little again.
        if (large.length > 0) {
          child.kill('SIGKILL')
          running = null
        }
      })
      child.send({ id })
    })

  return {
    async run(id: CaseId): Promise<Outcome> {
      running ??= await start(entry, target, temporary)
      return runIn(running.child, running.said, id)
    },
    async close() {
      const last = running
      if (last !== null)
        await new Promise<void>((done) => {
          last.child.once('exit', () => done())
          last.child.disconnect()
        })
      rmSync(temporary, { recursive: true, force: true })
    },
  }
}

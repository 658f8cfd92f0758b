/** The page's main thread during clicks, by Chromium's own trace: how long each click's longest task held it. */
import { readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** The mark that watch-clicks.ts sets in the page's timeline. */
export const PRESSED = 'bench:pressed'

/** An event of the trace; `ts` and `dur` in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly cat?: string
  readonly ph: string
  readonly ts: number
  readonly dur?: number
  readonly pid: number
  readonly tid: number
}

const isTask = ({ name, ph, cat }: TraceEvent) =>
  ph === 'X' && name === 'ThreadControllerImpl::RunTask' && cat?.includes('toplevel') === true

/** The longest task on the thread of the marks, ms, from each press until the next one or the end. */
const longestTasks = (events: readonly TraceEvent[]): number[] => {
  const presses = events.filter(({ name }) => name === PRESSED).toSorted((a, b) => a.ts - b.ts)
  const [first] = presses
  const tasks = events.filter((event) => isTask(event) && event.pid === first?.pid && event.tid === first.tid)
  return presses.map((press, i) => {
    const end = presses[i + 1]?.ts ?? Number.POSITIVE_INFINITY
    const within = tasks.filter(({ ts, dur = 0 }) => ts + dur > press.ts && ts + dur <= end)
    return Math.max(0, ...within.map(({ dur = 0 }) => dur / 1000))
  })
}

/**
 * @param file where the trace is written
 * @param run clicks, with watch-clicks.ts in the page
 * @throws Error when the trace holds no click
 */
export const traceTasks = async (
  electron: ElectronApplication,
  file: string,
  run: () => Promise<void>,
): Promise<number[]> => {
  await electron.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      included_categories: ['toplevel', 'blink.user_timing'],
      excluded_categories: ['*'],
    }),
  )
  await run()
  await electron.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file)
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] }
  const longest = longestTasks(traceEvents)
  if (longest.length === 0 || Math.max(...longest) === 0) throw new Error('The trace tells of no click.')
  return longest
}

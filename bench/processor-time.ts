/**
 * What events cost the page's thread in processor time, by Chromium's own trace: other work on the machine hardly changes
 * it, so it can be compared where the clock can't.
 */
import type { Page } from '@playwright/test'

/** The marks that watch-hand.ts sets in the page's timeline: in the event, and at the start of the frame that follows. */
const EVENT = 'bench:event'
const FRAME = 'bench:frame'

/** An event of the trace; microseconds, `tdur` of the processor. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly pid: number
  readonly tid: number
}

/** Of each event its task and that of its frame, ms; one task where both are one. */
export const processorTimes = (events: readonly TraceEvent[]): number[] => {
  const marks = events.filter(({ name }) => name === EVENT || name === FRAME).toSorted((a, b) => a.ts - b.ts)
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && name.endsWith('RunTask') && pid === marks[0]?.pid && tid === marks[0].tid,
  )
  // A task may hold others: the outermost is meant.
  const taskAt = (at: number) =>
    tasks
      .filter(({ ts, dur = 0 }) => ts <= at && at <= ts + dur)
      .reduce<TraceEvent | null>(
        (outer, task) => ((task.tdur ?? 0) > (outer?.tdur ?? -1) ? task : outer),
        null,
      )
  return marks.flatMap(({ name, ts }, index) => {
    const frame = marks.slice(index + 1).find((mark) => mark.name === FRAME)
    const own = name === EVENT && frame ? [taskAt(ts), taskAt(frame.ts)] : []
    if (own.length === 0 || own.includes(null)) return []
    return [...new Set(own)].reduce((sum, task) => sum + (task?.tdur ?? 0) / 1000, 0)
  })
}

/**
 * @param run events, each waited for by `watchNext`
 * @returns ms, one an event
 * @throws Error when the trace tells of none
 */
export const traceProcessor = async (page: Page, run: () => Promise<unknown>): Promise<number[]> => {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page is in no browser that can be traced.')
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  await run()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[]
  }
  const times = processorTimes(traceEvents)
  if (times.length === 0) throw new Error('The trace tells of no event.')
  return times
}

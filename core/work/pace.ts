/** Progress of one run: counts, speed, time left, what was left out. Tells at most 10 times a second. */
import type { Problem, Work } from '../../common/contract/work.ts'

/** The speed is that of the last units, this many: the machine may have become busier since the start. */
const RECENT = 20
const MOST_PROBLEMS = 200
const TELL_MS = 100

/** What a pace changes of a run. */
export type Progress = Pick<
  Work,
  | 'state'
  | 'done'
  | 'total'
  | 'skipped'
  | 'perSecond'
  | 'secondsLeft'
  | 'message'
  | 'failure'
  | 'leftOut'
  | 'leftOutCount'
  | 'detail'
>

export interface Pace {
  progress(): Progress
  begin(total: number): void
  /** One unit is finished; `workedMs` null when there was nothing to do for it. */
  step(workedMs: number | null): void
  /** So far is it, by the clock: for work that has no steps. `total` 0: nobody knows. */
  reach(done: number, total: number): void
  leaveOut(problem: Problem): void
  /** Changes something else; it is sent with the next progress. */
  set(fields: Partial<Progress>): void
  /** Changes something that is news at once. */
  enter(fields: Partial<Progress>): void
  /** Tells nothing any more. */
  end(): void
}

const planned: Progress = {
  state: 'planned',
  done: 0,
  total: 0,
  skipped: 0,
  perSecond: null,
  secondsLeft: null,
  message: null,
  failure: null,
  leftOut: [],
  leftOutCount: 0,
  detail: null,
}

/** @param tell called when the progress has changed */
export const createPace = (tell: () => void): Pace => {
  let now = planned
  let recent: number[] = []
  let timer: NodeJS.Timeout | null = null
  /** When the first `reach` came, ms, and how far it was. */
  let origin: { readonly at: number; readonly done: number } | null = null

  const flush = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    tell()
  }
  const set = (fields: Partial<Progress>) => {
    now = { ...now, ...fields }
    timer ??= setTimeout(flush, TELL_MS)
  }
  const enter = (fields: Partial<Progress>) => {
    now = { ...now, ...fields }
    flush()
  }
  const speed = (left: number) => {
    if (recent.length === 0) return { perSecond: null, secondsLeft: null }
    const seconds = recent.reduce((sum, ms) => sum + ms, 0) / recent.length / 1000
    return { perSecond: 1 / Math.max(1e-6, seconds), secondsLeft: left * seconds }
  }

  return {
    progress: () => now,
    begin(total) {
      recent = []
      origin = null
      const from = { done: 0, skipped: 0, perSecond: null, secondsLeft: null, leftOut: [], leftOutCount: 0 }
      enter({ ...from, total })
    },
    step(workedMs) {
      if (workedMs !== null) recent = [...recent, workedMs].slice(-RECENT)
      const done = now.done + 1
      const skipped = now.skipped + (workedMs === null ? 1 : 0)
      set({ done, skipped, ...speed(now.total - done) })
    },
    reach(done, total) {
      const at = performance.now()
      origin ??= { at, done }
      const seconds = (at - origin.at) / 1000
      const perSecond = seconds > 1 && done > origin.done ? (done - origin.done) / seconds : null
      set({
        done,
        total,
        perSecond,
        secondsLeft: perSecond === null || total === 0 ? null : (total - done) / perSecond,
      })
    },
    leaveOut(problem) {
      const leftOut = now.leftOut.length < MOST_PROBLEMS ? [...now.leftOut, problem] : now.leftOut
      set({ leftOut, leftOutCount: now.leftOutCount + 1 })
    },
    set,
    enter,
    end() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}

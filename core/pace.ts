/** Progress of long work over many images: counts, speed, time left, what was left out. Tells at most 10 times a second. */
import type { Problem, WorkProgress } from '../common/contract/work.ts'

/** The speed is that of the last so many images: the machine may have become busier since the start. */
const RECENT = 20
const MOST_PROBLEMS = 200
const TELL_MS = 100

export interface Pace {
  progress(): WorkProgress
  /** Starts over. */
  begin(total: number): void
  /** One image is finished; `workedMs` null when there was nothing to do for it. */
  step(workedMs: number | null): void
  /** Does not count the image as finished. */
  leaveOut(problem: Problem): void
  enter(state: WorkProgress['state'], message?: string | null): void
  /** Something else that is told with the progress has changed. */
  touch(): void
}

const idle: WorkProgress = {
  state: 'idle',
  done: 0,
  total: 0,
  skipped: 0,
  imagesPerSecond: null,
  secondsLeft: null,
  message: null,
  leftOut: [],
  leftOutCount: 0,
}

/** @param tell called with the progress when it has changed */
export const createPace = (tell: (progress: WorkProgress) => void): Pace => {
  let now = idle
  let recent: number[] = []
  let timer: NodeJS.Timeout | null = null

  const flush = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    tell(now)
  }
  const change = (fields: Partial<WorkProgress>) => {
    now = { ...now, ...fields }
    timer ??= setTimeout(flush, TELL_MS)
  }
  const enter = (fields: Partial<WorkProgress>) => {
    now = { ...now, ...fields }
    flush()
  }
  const speed = (left: number) => {
    if (recent.length === 0) return { imagesPerSecond: null, secondsLeft: null }
    const seconds = recent.reduce((sum, ms) => sum + ms, 0) / recent.length / 1000
    return { imagesPerSecond: 1 / Math.max(1e-6, seconds), secondsLeft: left * seconds }
  }

  return {
    progress: () => now,
    begin(total) {
      recent = []
      enter({ ...idle, state: 'running', total })
    },
    step(workedMs) {
      if (workedMs !== null) recent = [...recent, workedMs].slice(-RECENT)
      const done = now.done + 1
      const skipped = now.skipped + (workedMs === null ? 1 : 0)
      change({ done, skipped, ...speed(now.total - done) })
    },
    leaveOut(problem) {
      const leftOut = now.leftOut.length < MOST_PROBLEMS ? [...now.leftOut, problem] : now.leftOut
      change({ leftOut, leftOutCount: now.leftOutCount + 1 })
    },
    enter(state, message = null) {
      enter({ state, message, ...(state === 'running' || state === 'paused' ? {} : { secondsLeft: null }) })
    },
    touch: () => change({}),
  }
}

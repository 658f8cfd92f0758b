/** When the images will be done if the work goes on as it did of late. */
import type { Forecast } from '../../common/contract/statistics.ts'
import type { StatisticsReader } from '../store/statistics.ts'

const DAY_MS = 86_400_000
/** Two weeks have two week-ends, so that the rate is of calendar days. */
const WINDOW_DAYS = 14

interface Images {
  readonly all: number
  readonly done: number
  readonly labelled: number
}

/** @returns null when there are no images */
export const forecastOf = (
  reader: Pick<StatisticsReader, 'firstStepSince' | 'finishedSince'>,
  { all, done, labelled }: Images,
  now: number,
): Forecast | null => {
  if (all === 0) return null
  // Who marks no image works through the unlabelled ones.
  const by = done > 0 ? 'done' : 'labelled'
  const left = all - (by === 'done' ? done : labelled)
  const start = now - WINDOW_DAYS * DAY_MS
  const first = reader.firstStepSince(start)
  // A project that is younger than the window has had less time.
  const days = first === null ? WINDOW_DAYS : Math.max(1, (now - first) / DAY_MS)
  const finished = first === null ? 0 : reader.finishedSince(start, by)
  const doneAt = left === 0 || finished === 0 ? null : Math.round(now + (left / finished) * days * DAY_MS)
  return { by, left, finished, days, doneAt }
}

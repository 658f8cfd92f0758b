/**
 * The statistics of the open project, for the window and the terminal. Each count is a step of its own, between which the
 * core answers others: a click never waits for all of them.
 */
import { setImmediate } from 'node:timers/promises'
import type { DayCount, Statistics } from '../../common/contract/statistics.ts'
import { areaOf, hasArea } from '../../common/geometry/measure.ts'
import type { Shape } from '../../common/model.ts'
import type { ReadStore } from '../store/read-store.ts'
import type { StatisticsReader } from '../store/statistics.ts'
import { dayName, nextDay, startOfDay } from './days.ts'
import { forecastOf } from './forecast.ts'
import { paceOf } from './pace.ts'

/** Of all objects, whose shares are then within 2.5 % of the truth 95 times in 100. */
const SAMPLED = 1_500
/** Some hours of work: the present pace, and read at once. */
const STEPS = 2_000
/** A clock that was wrong must not make a list without end: some ten years. */
const MOST_DAYS = 4_000

/**
 * Sides of squares, pixels. 32 and 96 part small, medium and large as COCO does
 * (https://cocodataset.org/#detection-eval).
 */
const SIZE_GROUPS = [0, 8, 16, 32, 64, 96, 192, 384] as const

/** Points and lines have no size. */
const sizesOf = (shapes: readonly Shape[]): Statistics['sizes'] => {
  const measured = shapes.filter(hasArea)
  const sides = measured.map((shape) => Math.sqrt(areaOf(shape))).sort((a, b) => a - b)
  const groups = SIZE_GROUPS.map((from, index) => {
    const to = SIZE_GROUPS[index + 1] ?? Infinity
    return { from, objects: sides.filter((side) => side >= from && side < to).length }
  })
  return { sampled: measured.length, groups, median: sides[Math.floor(sides.length / 2)] ?? null }
}

/** From the first day with an object to the last one. */
const daysOf = (reader: Pick<StatisticsReader, 'span' | 'madeBetween'>): DayCount[] => {
  const span = reader.span()
  if (span === null) return []
  const days: DayCount[] = []
  const last = startOfDay(span.last)
  let from = startOfDay(span.first)
  // The newest are kept.
  const oldest = last - MOST_DAYS * 86_400_000
  if (from < oldest) from = startOfDay(oldest)
  while (from <= last) {
    const to = nextDay(from)
    days.push({ day: dayName(from), ...reader.madeBetween(from, to) })
    from = to
  }
  return days
}

/** @param options.measure whether the pace of work is looked at */
export const readStatistics = async (
  store: Pick<ReadStore, 'statistics' | 'images' | 'labels'>,
  { measure, now = Date.now() }: { readonly measure: boolean; readonly now?: number },
): Promise<Statistics> => {
  const reader = store.statistics
  const step = async <T>(work: () => T): Promise<T> => {
    await setImmediate()
    return work()
  }
  const all = store.images.count()
  const problem = await step(() => store.images.total({ text: '', show: 'problem' }))
  const states = await step(() => reader.imagesByState())
  const imageSides = await step(() => reader.imagesBySide())
  const byClass = await step(() => reader.objectsByClass())
  const withObjects = await step(() => reader.imagesByObjects())
  const labelled = withObjects.reduce((sum, { images }) => sum + images, 0)
  const done = states.find(({ state }) => state === 'done')?.images ?? 0
  const sample = await step(() => reader.sample(SAMPLED))
  const days = await step(() => daysOf(reader))
  const pace = measure ? await step(() => paceOf(reader.steps(STEPS))) : null
  const forecast = await step(() => forecastOf(reader, { all, done, labelled }, now))
  return {
    at: now,
    proposals: reader.proposals(),
    objects: [...byClass.values()].reduce((sum, { objects }) => sum + objects, 0),
    images: {
      all,
      states,
      labelled,
      unlabelled: all - labelled,
      problem,
      sides: imageSides,
    },
    classes: store.labels.list().map(({ id, name, color }) => ({
      labelId: id,
      name,
      color,
      objects: byClass.get(id)?.objects ?? 0,
      sides: byClass.get(id)?.sides ?? { train: 0, val: 0, test: 0, none: 0 },
    })),
    objectsOfImage: [...(all > labelled ? [{ objects: 0, images: all - labelled }] : []), ...withObjects],
    sizes: sizesOf(sample),
    days,
    pace,
    forecast,
  }
}

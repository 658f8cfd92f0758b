/** What is counted of a project, against one that is made here and counted by hand. */
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { diffOf, imagesDiff } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { dayName, nextDay, startOfDay } from '../../../core/statistics/days.ts'
import { forecastOf } from '../../../core/statistics/forecast.ts'
import { paceOf } from '../../../core/statistics/pace.ts'
import { readStatistics } from '../../../core/statistics/read-statistics.ts'
import { objectByHand } from '../../support/objects.ts'
import { storeOf, temporaryFolder } from '../store/records.ts'

const DAY = 86_400_000
const noon = startOfDay(Date.UTC(2026, 2, 10, 12)) + DAY / 2

const square = (id: string, imageId: number, side: number, change: Partial<Annotation> = {}) =>
  objectByHand(id, { type: 'rectangle', x: 0, y: 0, width: side, height: side }, { imageId, ...change })

const open = () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file, 4)
  const editing = createEditing(
    store,
    () => undefined,
    () => 'Ada',
  )
  return { file, store, editing }
}

test('objects by class and side, images by state and number, sizes and days', async () => {
  const { store, editing } = open()
  editing.commit(
    diffOf({
      annotations: {
        added: [
          square('a', 1, 10, { createdAt: noon }),
          square('b', 1, 20, { createdAt: noon + 1000, labelId: 'dog' }),
          square('c', 2, 50, { createdAt: noon + 2 * DAY, source: 'import' }),
          square('d', 3, 400, { createdAt: noon + 2 * DAY, source: 'model' }),
          square('e', 4, 99, { createdAt: noon + 9 * DAY, source: 'model', proposed: true }),
        ],
      },
    }),
  )
  const [one, two, three] = [1, 2, 3].map((id) => store.images.get(id)!)
  editing.commit(
    imagesDiff([
      [one!, { side: 'train', status: 'done' }],
      [two!, { side: 'val' }],
      [three!, { side: 'train' }],
    ]),
  )
  const found = await readStatistics(store, { measure: false, now: noon + 3 * DAY })
  expect(found).toMatchObject({
    objects: 4,
    proposals: 1,
    pace: null,
    images: { all: 4, labelled: 3, unlabelled: 1, sides: { train: 2, val: 1, test: 0, none: 1 } },
    classes: [
      { labelId: 'cat', objects: 3, sides: { train: 2, val: 1, test: 0, none: 0 } },
      { labelId: 'dog', objects: 1, sides: { train: 1, val: 0, test: 0, none: 0 } },
    ],
    objectsOfImage: [
      { objects: 0, images: 1 },
      { objects: 1, images: 2 },
      { objects: 2, images: 1 },
    ],
  })
  expect(found.images.states).toContainEqual({ state: 'done', images: 1 })
  expect(found.sizes.sampled).toBe(4)
  expect(found.sizes.groups.filter(({ objects }) => objects > 0)).toEqual([
    { from: 8, objects: 1 },
    { from: 16, objects: 1 },
    { from: 32, objects: 1 },
    { from: 384, objects: 1 },
  ])
  expect(found.days).toEqual([
    { day: dayName(noon), hand: 2, model: 0, import: 0 },
    { day: dayName(noon + DAY), hand: 0, model: 0, import: 0 },
    { day: dayName(noon + 2 * DAY), hand: 0, model: 1, import: 1 },
  ])
  store.close()
})

test('an empty project', async () => {
  const { store } = open()
  const found = await readStatistics(store, { measure: true })
  expect(found).toMatchObject({
    objects: 0,
    days: [],
    pace: null,
    sizes: { sampled: 0, median: null },
    objectsOfImage: [{ objects: 0, images: 4 }],
    forecast: { by: 'labelled', left: 4, finished: 0, doneAt: null },
  })
  store.close()
})

test('pauses are left out, each person has a clock, and what the model was given counts', () => {
  const step = (at: number, author = 'Ada', added = 1, prompts = 0) => ({
    at: at * 1000,
    author,
    added,
    prompts,
  })
  expect(paceOf([step(0, 'Ada', 0)])).toBeNull()
  // Ada: 10 s, then a pause of an hour, then 20 s; Ben 5 s beside her.
  const pace = paceOf([
    step(0),
    step(1, 'Ben'),
    step(6, 'Ben'),
    step(10, 'Ada', 1, 2),
    step(3610),
    step(3630),
  ])
  // How long the first of each took, and the one after the pause, nobody knows.
  expect(pace).toMatchObject({ steps: 6, objects: 3, seconds: 35, secondsPerObject: 35 / 3 })
  expect(pace?.inputsPerObject).toBeCloseTo(5 / 3)
  expect(paceOf([step(0), step(0, 'Ben'), step(3610)])).toBeNull()
})

test('steps by hand are read from the log: prompts counted, runs and undone ones left out, damage passed over', () => {
  const { store, editing, file } = open()
  const prompts: Annotation['prompts'] = [
    { type: 'point', x: 1, y: 1, positive: true },
    { type: 'point', x: 2, y: 2, positive: false },
  ]
  editing.commit(diffOf({ annotations: { added: [square('a', 1, 10, { prompts, source: 'model' })] } }))
  editing.commit(diffOf({ annotations: { added: [square('b', 1, 10)] } }), 'boxes-1')
  editing.commit(diffOf({ annotations: { added: [square('c', 2, 10)] } }))
  editing.undo(2)
  editing.commit(diffOf({ annotations: { added: [square('d', 3, 10)] } }))
  const db = new SqliteDatabase(file)
  db.exec("UPDATE edits SET diff = '{' WHERE id = (SELECT max(id) FROM edits)")
  db.close()
  expect(store.statistics.steps(10)).toMatchObject([
    { author: 'Ada', added: 1, prompts: 2 },
    { author: 'Ada', added: 0, prompts: 0 },
  ])
  expect(store.statistics.finishedSince(0, 'labelled')).toBe(2)
  expect(store.statistics.finishedSince(0, 'done')).toBe(0)
  store.close()
})

test('the forecast goes on at the pace of the last two weeks, or of the time since the start', () => {
  const reader = (first: number | null, finished: number) => ({
    firstStepSince: () => first,
    finishedSince: () => finished,
  })
  const images = { all: 100, done: 20, labelled: 60 }
  // 20 images in 4 days: 80 are left.
  expect(forecastOf(reader(noon - 4 * DAY, 20), images, noon)).toEqual({
    by: 'done',
    left: 80,
    finished: 20,
    days: 4,
    doneAt: noon + 16 * DAY,
  })
  expect(forecastOf(reader(null, 0), images, noon)).toMatchObject({ left: 80, finished: 0, doneAt: null })
  expect(forecastOf(reader(noon, 5), { ...images, done: 100 }, noon)).toMatchObject({ left: 0, doneAt: null })
  expect(forecastOf(reader(noon, 5), { ...images, done: 0 }, noon)).toMatchObject({
    by: 'labelled',
    left: 40,
  })
  expect(forecastOf(reader(noon, 5), { all: 0, done: 0, labelled: 0 }, noon)).toBeNull()
})

test('days follow the calendar', () => {
  const start = startOfDay(noon)
  expect(nextDay(start) - start).toBeGreaterThanOrEqual(23 * 3_600_000)
  expect(startOfDay(nextDay(start))).toBe(nextDay(start))
  expect(dayName(start)).toMatch(/^2026-03-\d\d$/)
})

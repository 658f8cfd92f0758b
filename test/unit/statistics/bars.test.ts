/** The bars and tables that the page of statistics shows, and the figures above them. */
import { expect, test } from 'vitest'
import type { Statistics } from '../../../common/contract/statistics.ts'
import { barsOf, csvOf, drawnOf, MOST_BARS, tableOf } from '../../../renderer/panels/statistics/bars.ts'
import { figuresOf } from '../../../renderer/panels/statistics/figures.ts'

const sides = (train: number, val: number, none = 0) => ({ train, val, test: 0, none })
const statistics: Statistics = {
  at: Date.UTC(2026, 2, 10, 12),
  objects: 1300,
  proposals: 0,
  images: {
    all: 10,
    states: [
      { state: 'done', images: 4 },
      { state: 'todo', images: 6 },
    ],
    labelled: 7,
    unlabelled: 3,
    problem: 1,
    sides: sides(8, 2),
  },
  classes: [
    { labelId: 'a', name: '=cat', color: '#000000', objects: 900, sides: sides(600, 300) },
    { labelId: 'b', name: 'dog, "big"', color: '#000000', objects: 400, sides: sides(400, 0) },
  ],
  objectsOfImage: [
    { objects: 0, images: 3 },
    { objects: 7, images: 4 },
    { objects: 9, images: 1 },
    { objects: 250, images: 2 },
  ],
  sizes: {
    sampled: 1000,
    groups: [
      { from: 0, objects: 1 },
      { from: 32, objects: 999 },
    ],
    median: 40,
  },
  days: [
    { day: '2026-03-08', hand: 100, model: 0, import: 1000 },
    { day: '2026-03-09', hand: 200, model: 0, import: 0 },
  ],
  pace: {
    steps: 5,
    objects: 10,
    seconds: 75,
    idleSeconds: 120,
    secondsPerObject: 7.5,
    inputsPerObject: 2.25,
  },
  forecast: { by: 'done', left: 6, finished: 4, days: 2, doneAt: Date.UTC(2026, 2, 13, 12) },
}

const [classes, states, numbers, sizes, days] = barsOf(statistics)

test('classes are parted by side where there are several, and days by how objects were made', () => {
  expect(tableOf(classes!)).toEqual([
    ['Class', 'train', 'val', 'All'],
    ['=cat', 600, 300, 900],
    ['dog, "big"', 400, 0, 400],
  ])
  expect(tableOf(days!)[0]).toEqual(['Day', 'By hand', 'Imported', 'All'])
  expect(tableOf(states!)).toContainEqual(['Done', 4])
  const whole = barsOf({ ...statistics, images: { ...statistics.images, sides: sides(0, 0, 10) } })[0]!
  expect(tableOf(whole)[0]).toEqual(['Class', 'Objects'])
})

test('numbers of objects are grouped, none is lost, and a sample is said', () => {
  expect(tableOf(numbers!).filter(([, images]) => images !== 0)).toEqual([
    ['Objects', 'Images'],
    ['0', 3],
    ['5–9', 5],
    ['100+', 2],
  ])
  expect(sizes!.note).toContain('Of 1,000 objects, evenly picked.')
})

test('of many classes those with the most are drawn, in their order; the table has all', () => {
  const many = Array.from({ length: 60 }, (_, at) => ({
    ...statistics.classes[0]!,
    name: `class ${at}`,
    sides: sides(at, 0),
  }))
  const bars = barsOf({ ...statistics, classes: many })[0]!
  const drawn = drawnOf(bars)
  expect(drawn.names).toHaveLength(MOST_BARS)
  expect(drawn.names[0]).toBe(`class ${60 - MOST_BARS}`)
  expect(drawn.series[0]!.values.at(-1)).toBe(59)
  expect(tableOf(bars)).toHaveLength(61)
})

test('CSV: quotes and commas are kept, and no name is a formula', () => {
  expect(csvOf(tableOf(classes!))).toBe(
    'Class,train,val,All\r\n\'=cat,600,300,900\r\n"dog, ""big""",400,0,400\r\n',
  )
})

test('the figures say what is left and when it is done, as long as that is known', () => {
  const textOf = (given: Statistics) =>
    figuresOf(given).map(({ title, value, note }) => `${title}: ${value} ${note}`)
  expect(textOf(statistics)).toEqual([
    'Objects: 1,300 of 2 of 2 classes',
    'Images with objects: 7 of 10, 70%',
    'Left to do: 6 images not done; at 2.0 a day done on 13 Mar',
    'Seconds an object: 7.5 75 s of work on the last 10 objects, pauses over 2 min left out',
    'Inputs an object: 2.3 points, boxes and what stored a change',
  ])
  const idle = {
    ...statistics,
    pace: null,
    forecast: { ...statistics.forecast!, finished: 0, days: 14, doneAt: null },
  }
  expect(textOf(idle)).toHaveLength(3)
  expect(textOf(idle)[2]).toBe('Left to do: 6 images not done; none was finished in the last 14 days')
})

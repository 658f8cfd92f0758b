/** Prompts in Ultralytics' forms: its documentation's own calls, and what can't be meant. */
import { describe, expect, it } from 'vitest'
import { objectsOfArrays } from '../../../core/predict/prompt-arrays.ts'

const on = (x: number, y: number) => ({ type: 'point', x, y, positive: true })
const off = (x: number, y: number) => ({ type: 'point', x, y, positive: false })
const box = (x0: number, y0: number, x1: number, y1: number) => ({ type: 'box', x0, y0, x1, y1 })

describe('the calls of the page', () => {
  it.each([
    ['one point', { points: [900, 370], labels: [1] }, [[on(900, 370)]]],
    ['one point, nested', { points: [[900, 370]], labels: [1] }, [[on(900, 370)]]],
    [
      'a point of each of two objects',
      {
        points: [
          [400, 370],
          [900, 370],
        ],
        labels: [1, 1],
      },
      [[on(400, 370)], [on(900, 370)]],
    ],
    [
      'two points of one object',
      {
        points: [
          [
            [400, 370],
            [900, 370],
          ],
        ],
        labels: [[1, 1]],
      },
      [[on(400, 370), on(900, 370)]],
    ],
    [
      'one that is not on it',
      {
        points: [
          [
            [400, 370],
            [900, 370],
          ],
        ],
        labels: [[1, 0]],
      },
      [[on(400, 370), off(900, 370)]],
    ],
    ['a box', { bboxes: [439, 437, 524, 709] }, [[box(439, 437, 524, 709)]]],
    ['a list of one box', { bboxes: [[439, 437, 524, 709]] }, [[box(439, 437, 524, 709)]]],
  ])('%s', (_name, given, objects) => {
    expect(objectsOfArrays(given)).toEqual(objects)
  })
})

describe('what follows from them', () => {
  it('labels may be left out, be flat for one object, or be booleans', () => {
    expect(
      objectsOfArrays({
        points: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual([[on(1, 2)], [on(3, 4)]])
    expect(
      objectsOfArrays({
        points: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        labels: [1, 0],
      }),
    ).toEqual([[on(1, 2), off(3, 4)]])
    expect(objectsOfArrays({ points: [1, 2], labels: true })).toEqual([[on(1, 2)]])
  })
  it('a box and points are of the same objects, the box first', () => {
    expect(
      objectsOfArrays({
        bboxes: [
          [0, 0, 9, 9],
          [9, 9, 20, 20],
        ],
        points: [
          [[1, 2]],
          [
            [10, 10],
            [11, 11],
          ],
        ],
        labels: [[0], [1, 0]],
      }),
    ).toEqual([
      [box(0, 0, 9, 9), off(1, 2)],
      [box(9, 9, 20, 20), on(10, 10), off(11, 11)],
    ])
  })
})

it.each([
  ['nothing', {}],
  ['no prompts', { points: [], bboxes: [] }],
  ['half a point', { points: [[1]] }],
  ['a text', { points: 'here' }],
  ['infinity', { points: [Infinity, 1] }],
  ['a box that is none', { bboxes: [10, 10, 5, 20] }],
  [
    'labels of another number',
    {
      points: [
        [1, 2],
        [3, 4],
      ],
      labels: [1],
    },
  ],
  ['a label that is none', { points: [1, 2], labels: [2] }],
  [
    'two boxes and one point',
    {
      bboxes: [
        [0, 0, 9, 9],
        [0, 0, 5, 5],
      ],
      points: [1, 2],
    },
  ],
  ['only what is not on it', { points: [1, 2], labels: [0] }],
  ['no object', null],
])('%s is refused', (_name, given) => {
  expect(() => objectsOfArrays(given)).toThrow(expect.objectContaining({ code: 'bad-input' }) as Error)
})

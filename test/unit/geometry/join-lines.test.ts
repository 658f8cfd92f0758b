/** Lines are joined end to end, by their nearest ends. */
import { expect, test } from 'vitest'
import { joinedLines } from '../../../common/geometry/join-lines.ts'
import type { Polyline } from '../../../common/model.ts'

const line = (...points: [number, number][]): Polyline => ({ type: 'polyline', points })

test('by the nearest ends, whichever way they go; the first one keeps its direction', () => {
  const first = line([0, 0], [10, 0])
  expect(joinedLines(first, [line([30, 0], [12, 0])]).points).toEqual([
    [0, 0],
    [10, 0],
    [12, 0],
    [30, 0],
  ])
  expect(joinedLines(first, [line([-2, 0], [-9, 3])]).points).toEqual([
    [-9, 3],
    [-2, 0],
    [0, 0],
    [10, 0],
  ])
})

test('ends in one place become one point, and a chain is found in any order', () => {
  const joined = joinedLines(line([0, 0], [10, 0]), [line([20, 0], [30, 0]), line([20, 0], [10, 0])])
  expect(joined.points).toEqual([
    [0, 0],
    [10, 0],
    [20, 0],
    [30, 0],
  ])
})

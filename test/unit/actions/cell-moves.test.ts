/** Where keys lead among cells that stand in rows. */
import { expect, it } from 'vitest'
import { columnsIn, movedBy } from '../../../renderer/panels/grid/cell-moves.ts'

const layout = { columns: 4, rows: 3 }

it.each([
  ['ArrowRight', 1, 2],
  ['ArrowRight', 9, 9],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 1, 5],
  ['ArrowUp', 5, 1],
  // Within the first and the last row there is no way up or down.
  ['ArrowUp', 2, 2],
  ['ArrowDown', 8, 8],
  // The last row is shorter: its last cell is the nearest.
  ['ArrowDown', 7, 9],
  ['PageDown', 0, 8],
  ['PageUp', 9, 1],
  ['Home', 7, 0],
  ['End', 0, 9],
  ['Enter', 3, null],
])('%s from %i leads to %s', (key, from, to) => expect(movedBy(key, from, 10, layout)).toBe(to))

it('nothing leads anywhere where there is no cell, and one column always fits', () => {
  expect(movedBy('End', 0, 0, layout)).toBeNull()
  expect(columnsIn(60, 100, 10)).toBe(1)
  expect(columnsIn(430, 100, 10)).toBe(4)
})

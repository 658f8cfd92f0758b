/** The steps of following, on arrays small enough to know the answer. */
import { describe, expect, test } from 'vitest'
import { alikeMap, findAlike, peaksOf } from '../../../core/follow/alike.ts'
import { askFor } from '../../../core/follow/ask.ts'
import { followObject, type KnownMask } from '../../../core/follow/follow.ts'
import {
  boxAbove,
  centreOf,
  coverageOfLogits,
  coverageOfShape,
  gridOf,
  grow,
  softIou,
} from '../../../core/follow/grid.ts'
import { inPlace, match, type Reference } from '../../../core/follow/match.ts'
import { TOKEN_LENGTH, tokensOf } from '../../../core/follow/tokens.ts'
import { areaUnderCurve } from '../../../bench/follow/tables.ts'

const image = { width: 1024, height: 512 }
const grid = gridOf(image)

/** A map of the grid with `value` in the cells of a box. */
const block = (x0: number, y0: number, x1: number, y1: number, value = 1): Float32Array => {
  const values = new Float32Array(grid.columns * grid.rows)
  for (let y = y0; y < y1; y++) values.fill(value, y * grid.columns + x0, y * grid.columns + x1)
  return values
}

describe('the grid', () => {
  test('has the cells that show the image, the last one in part', () => {
    expect(gridOf(image)).toEqual({ columns: 64, rows: 32 })
    expect(gridOf({ width: 854, height: 480 })).toEqual({ columns: 64, rows: 36 })
    expect(gridOf({ width: 30, height: 100 })).toEqual({ columns: 20, rows: 64 })
  })

  test('a shape covers a cell by the share of its area', () => {
    const coverage = coverageOfShape({ type: 'rectangle', x: 16, y: 32, width: 24, height: 16 }, image)
    expect(coverage[2 * 64 + 1]).toBeCloseTo(1)
    expect(coverage[2 * 64 + 2]).toBeCloseTo(0.5)
    expect(coverage.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1.5)
  })

  test('so do the logits of the decoder, and what lies in the padding counts nothing', () => {
    const logits = new Float32Array(256 * 256).fill(-1)
    for (let y = 4; y < 8; y++) logits.fill(1, y * 256 + 4, y * 256 + 6)
    logits.fill(1, 200 * 256)
    const coverage = coverageOfLogits(logits, image)
    expect(coverage[64 + 1]).toBeCloseTo(0.5)
    expect(coverage.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0.5)
  })

  test('box, growth, middle and likeness of maps', () => {
    const map = block(10, 5, 14, 7, 0.5)
    expect(boxAbove(map, grid)).toEqual({ x0: 10, y0: 5, x1: 14, y1: 7 })
    expect(boxAbove(map, grid, 0.5)).toBeNull()
    expect(grow({ x0: 10, y0: 5, x1: 14, y1: 7 }, 12, grid)).toEqual({ x0: 0, y0: 0, x1: 26, y1: 19 })
    expect(centreOf(map, grid)).toEqual({ x: 11.5, y: 5.5, sum: 4 })
    expect(centreOf(map, grid, 0.6)).toBeNull()
    expect(softIou(block(0, 0, 2, 1), block(1, 0, 3, 1))).toBeCloseTo(1 / 3)
    expect(softIou(new Float32Array(4), new Float32Array(4))).toBe(0)
  })
})

describe('tokens', () => {
  test('lose what all cells have in common, and have length 1, in both layouts of encoders', () => {
    const small = { columns: 2, rows: 1 }
    const cells = new Float32Array(4096 * TOKEN_LENGTH)
    // The first has 3 and 4 beside a common 7; the second their opposite.
    for (const [cell, sign] of [
      [0, 1],
      [1, -1],
    ] as const) {
      cells[cell * TOKEN_LENGTH] = 7 + 3 * sign
      cells[cell * TOKEN_LENGTH + 1] = 7 + 4 * sign
    }
    // Cells that are no part of the image.
    cells.fill(99, 2 * TOKEN_LENGTH)
    const planes = new Float32Array(cells.length)
    for (let cell = 0; cell < 4096; cell++)
      for (let k = 0; k < TOKEN_LENGTH; k++) planes[k * 4096 + cell] = cells[cell * TOKEN_LENGTH + k]!
    for (const { data } of [
      tokensOf(cells, [1, 4096, 256], small),
      tokensOf(planes, [1, 256, 64, 64], small),
    ]) {
      expect(data.length).toBe(2 * TOKEN_LENGTH)
      expect(data[0]).toBeCloseTo(0.6)
      expect(data[1]).toBeCloseTo(0.8)
      expect(data[TOKEN_LENGTH]).toBeCloseTo(-0.6)
    }
    expect(() => tokensOf(cells, [1, 1024, 1024], small)).toThrow('64 x 64 cells')
  })
})

/** Cells are like themselves and nothing else, so that each is found where `from` says that it came from. */
const known = (coverage: Float32Array, from: (cell: number) => number): KnownMask => {
  const count = grid.columns * grid.rows
  const affinity = new Float32Array(count * count).fill(1e-9)
  for (let cell = 0; cell < count; cell++) {
    const at = from(cell)
    if (at >= 0 && at < count) affinity[cell * count + at] = 1
  }
  return { ...grid, affinity, coverage }
}

/** The picture has moved by `by` cells to the right. */
const movedBy = (coverage: Float32Array, by: number) =>
  known(coverage, (cell) => (cell % grid.columns >= by ? cell - by : -1))

const reference = (
  mask: KnownMask,
  sigma: number,
  place: Pick<Reference, 'x' | 'y' | 'scale'> = inPlace,
) => ({
  ...mask,
  ...place,
  sigma,
})

describe('match', () => {
  const all = { x0: 0, y0: 0, x1: grid.columns, y1: grid.rows }

  test('finds a mask where its cells have gone', () => {
    const found = match(grid, all, [reference(movedBy(block(20, 10, 24, 14), 3), 4)])
    expect(softIou(found, block(23, 10, 27, 14))).toBeGreaterThan(0.99)
  })

  test('looks no further than three sigma, and not beyond the window', () => {
    const mask = movedBy(block(20, 10, 24, 14), 15)
    expect(match(grid, all, [reference(mask, 4)])[12 * grid.columns + 37]).toBeLessThan(0.01)
    expect(match(grid, all, [reference(mask, 6)])[12 * grid.columns + 37]).toBeGreaterThan(0.99)
    const window = { x0: 0, y0: 0, x1: 30, y1: grid.rows }
    expect(match(grid, window, [reference(mask, 6)])[12 * grid.columns + 37]).toBe(0)
  })

  test('looks for a reference where it is put', () => {
    const mask = movedBy(block(20, 10, 24, 14), 30)
    const found = match(grid, all, [reference(mask, 2, { x: 30, y: 0, scale: 1 })])
    expect(softIou(found, block(50, 10, 54, 14))).toBeGreaterThan(0.99)
  })

  test('two references that disagree share the cell', () => {
    const yes = known(block(20, 10, 24, 14), (cell) => cell)
    const no = known(new Float32Array(grid.columns * grid.rows), (cell) => cell)
    expect(match(grid, all, [reference(yes, 4), reference(no, 4)])[11 * grid.columns + 21]).toBeCloseTo(0.5)
  })
})

describe('what the decoder is asked', () => {
  const nothing = { ...grid, coverage: new Float32Array(grid.columns * grid.rows) }

  test('the box of the likely cells, a tenth larger on each side, and their mask', () => {
    const ask = askFor(block(20, 10, 30, 20), grid, nothing)!
    // Cubic upsampling puts the edge at the border of the cells.
    const [x0, y0, x1, y1] = ask.box
    expect([x0, y0, x1, y1].map(Math.round)).toEqual([304, 144, 496, 336])
    expect(ask.cells).toEqual({ x0: 20, y0: 10, x1: 30, y1: 20 })
    expect(ask.centre.x).toBeCloseTo(24.5)
    expect(ask.mask[60 * 256 + 100]).toBe(8)
    expect(ask.mask[60 * 256 + 10]).toBe(-8)
  })

  test('small parts are dropped, parts of a tenth and more are kept', () => {
    const map = block(20, 10, 30, 20)
    map.set(block(50, 10, 51, 11).subarray(10 * 64 + 50, 10 * 64 + 51), 10 * 64 + 50)
    expect(askFor(map, grid, nothing)!.cells.x1).toBe(30)
    const large = map.map((value, i) => Math.max(value, block(48, 10, 53, 14)[i]!))
    expect(askFor(large, grid, nothing)!.cells.x1).toBe(53)
  })

  test('where nothing is likely, half of the most; where there is nothing at all, the mask before', () => {
    expect(askFor(block(20, 10, 30, 20, 0.2), grid, nothing)!.cells.x0).toBe(20)
    const before = { ...grid, coverage: block(40, 10, 44, 14) }
    expect(askFor(nothing.coverage, grid, before)!.cells.x0).toBe(40)
    expect(askFor(nothing.coverage, grid, nothing)).toBeNull()
  })
})

const logitsOf = (coverage: Float32Array) => {
  const logits = new Float32Array(256 * 256).fill(-4)
  for (let y = 0; y < grid.rows * 4; y++)
    for (let x = 0; x < grid.columns * 4; x++)
      if (coverage[Math.floor(y / 4) * grid.columns + Math.floor(x / 4)]! > 0.5) logits[y * 256 + x] = 4
  return logits
}

describe('an object', () => {
  const then = block(20, 10, 26, 16)
  const now = block(23, 10, 29, 16)

  test('is taken as the keyframe has it, whatever the decoder says of its own masks', async () => {
    const masks = [block(23, 10, 40, 16), now, block(23, 10, 25, 16)]
    const scores = [0.99, 0.2, 0.9]
    const found = await followObject(image, movedBy(then, 3), movedBy(then, 3), () =>
      Promise.resolve(masks.map((mask, index) => ({ index, score: scores[index]!, logits: logitsOf(mask) }))),
    )
    expect(found).toMatchObject({ index: 1 })
    expect(found!.confidence).toBeGreaterThan(0.98)
    expect(found!.confidence).toBeCloseTo((found!.likeKeyframe + found!.likePrevious) / 2)
  })

  test('a mask that fits neither has a low confidence', async () => {
    const found = await followObject(image, movedBy(then, 3), null, () =>
      Promise.resolve([{ index: 0, score: 0.99, logits: logitsOf(block(40, 10, 60, 30)) }]),
    )
    expect(found!.confidence).toBeLessThan(0.05)
  })

  test('that is nowhere has left, and the decoder is not asked', async () => {
    const gone = known(then, (cell) => (then[cell]! > 0 ? cell - 8 : cell))
    const decode = () => Promise.reject(new Error('It was asked.'))
    expect(await followObject(image, gone, null, decode)).toBeNull()
  })
})

describe('what looks like an object', () => {
  const small = { columns: 64, rows: 32 }
  /** One of two tokens in each cell: those of a map, and the rest. */
  const tokens = (map: Float32Array) => {
    const data = new Float32Array(map.length * TOKEN_LENGTH)
    for (const [cell, value] of map.entries()) data[cell * TOKEN_LENGTH + (value > 0 ? 0 : 1)] = 1
    return { ...small, data }
  }
  const here = block(4, 4, 8, 8)
  const both = here.map((value, cell) => Math.max(value, block(30, 10, 34, 14)[cell]!))
  const object = { tokens: tokens(here), coverage: here }

  test('its own cells are wholly alike, others not at all; the middle of each block is a peak', () => {
    expect(softIou(alikeMap(tokens(both), object), both)).toBeCloseTo(1)
    const peaks = peaksOf(both, grid)
    expect(peaks.map((cell) => [cell % 64, Math.floor(cell / 64)])).toEqual([
      [5, 5],
      [31, 11],
    ])
  })

  test('is found once, where it is not known yet, and when the mask fits in size and place', async () => {
    const asked: number[] = []
    const decode = (masks: readonly Float32Array[]) => (cell: { x: number }) => {
      asked.push(cell.x)
      return Promise.resolve(masks.map((mask, index) => ({ index, score: 0.9, logits: logitsOf(mask) })))
    }
    const one = block(30, 10, 34, 14)
    const found = await findAlike(image, tokens(both), object, [here], decode([block(20, 2, 60, 30), one]), 9)
    expect(found).toMatchObject([{ index: 1, cell: { x: 31, y: 11 } }])
    expect(found[0]!.confidence).toBeGreaterThan(0.99)
    expect(asked).toEqual([31])
    expect(await findAlike(image, tokens(both), object, [here, one], decode([one]), 9)).toEqual([])
    expect(await findAlike(image, tokens(both), object, [here], decode([block(31, 11, 32, 12)]), 9)).toEqual(
      [],
    )
  })
})

test('the area under the curve is the share of pairs in the right order', () => {
  const of = (iou: number, confidence: number) => ({ iou, confidence })
  expect(areaUnderCurve([of(0.2, 0.1), of(0.3, 0.6), of(0.8, 0.5), of(0.9, 0.9)])).toBe(0.75)
})

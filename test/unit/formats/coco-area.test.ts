import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Ring } from '../../../common/model.ts'
import { cocoPolygonArea } from '../../../core/formats/coco/area.ts'
import { pycocotoolsMissing } from '../../support/readers/pycocotools.ts'

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]

describe('cocoPolygonArea', () => {
  it('counts a square of 100 at (500, 500) as 10,000', () => {
    expect(cocoPolygonArea([square(500, 500, 100)], { width: 1000, height: 1000 })).toBe(10_000)
  })

  it('counts the whole image', () => {
    const whole: Ring = [
      [0, 0],
      [7, 0],
      [7, 5],
      [0, 5],
    ]
    expect(cocoPolygonArea([whole], { width: 7, height: 5 })).toBe(35)
  })

  it('counts overlapping parts once', () => {
    const parts = [square(10, 10, 20), square(20, 10, 20)]
    expect(cocoPolygonArea(parts, { width: 60, height: 60 })).toBe(600)
  })

  it.skipIf(pycocotoolsMissing)(
    `is pycocotools' own figure for 300 random polygons${pycocotoolsMissing ? ` (skipped: ${pycocotoolsMissing})` : ''}`,
    () => {
      let state = 12345
      const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
      const cases = Array.from({ length: 300 }, () => {
        const width = 5 + Math.floor(random() * 300)
        const height = 5 + Math.floor(random() * 300)
        const point = (): [number, number] => [
          Math.round(random() * width * 100) / 100,
          Math.round(random() * height * 100) / 100,
        ]
        const rings = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
          Array.from({ length: 3 + Math.floor(random() * 12) }, point),
        )
        return { width, height, rings }
      })
      const script = `
import json, sys
from pycocotools import mask as api
def area(c):
    rles = api.frPyObjects([[v for p in ring for v in p] for ring in c['rings']], c['height'], c['width'])
    return int(api.area(api.merge(rles)))
print(json.dumps([area(c) for c in json.load(sys.stdin)]))`
      const theirs = JSON.parse(
        execFileSync('python3', ['-c', script], { input: JSON.stringify(cases), encoding: 'utf8' }),
      ) as number[]
      expect(cases.map(({ width, height, rings }) => cocoPolygonArea(rings, { width, height }))).toEqual(
        theirs,
      )
    },
  )
})

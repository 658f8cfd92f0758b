/** YOLO segmentation labels as polygons: class, then x and y as shares of the image's sides. */
import { readFileSync } from 'node:fs'
import type { Polygon } from '../../common/model.ts'

/** One polygon a line; parts of an object are joined by a line there, which the even-odd rule fills as it is. */
export const readLabels = (file: string, width: number, height: number): Polygon[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const numbers = line.trim().split(/\s+/).slice(1).map(Number)
      const outer: [number, number][] = []
      for (let i = 0; i + 1 < numbers.length; i += 2)
        outer.push([numbers[i]! * width, numbers[i + 1]! * height])
      return outer.length >= 3 ? [{ type: 'polygon' as const, parts: [{ outer, holes: [] }] }] : []
    })

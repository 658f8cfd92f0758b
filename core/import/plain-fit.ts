/** Objects whose outlines a project can hold as a file has them: they become its text at once. Pure. */
import type { Size } from '../../common/geometry/point.ts'
import { createShapeJson } from '../store/shape-json.ts'
import { TextPolygon } from '../store/text-polygon.ts'
import type { FittedObject } from './fit-object.ts'
import type { ReadObject } from './objects.ts'
import { createPlainOutlines } from './plain-outline.ts'

const nothingChanged: readonly string[] = []

/**
 * For some objects, one after the other. What it is given back for is what `fitObject` would make of it; null where that
 * has more to do or to say.
 */
export const createPlainFit = () => {
  const outlines = createPlainOutlines()
  const json = createShapeJson()
  return (
    { shape, unit, size }: Pick<ReadObject, 'shape' | 'unit' | 'size'>,
    image: Size,
  ): { readonly fitted: FittedObject; readonly points: number } | null => {
    if (shape.type !== 'flat' || unit !== 'pixel') return null
    if (size !== null && (size.width !== image.width || size.height !== image.height)) return null
    let numbers = 0
    for (const ring of shape.rings) {
      if (!outlines.isPlain(ring, image)) return null
      numbers += ring.length
    }
    const fitted = { shape: new TextPolygon(json.ofFlat(shape.rings)), changes: nothingChanged }
    return { fitted, points: numbers / 2 }
  }
}

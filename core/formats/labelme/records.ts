/**
 * The records of labelme's JSON, as its label file has them since version 5 (labelme/_label_file.py); AnyLabeling and
 * X-AnyLabeling read the same. Coordinates are image pixels from the corner of the first pixel, as ours. Pure.
 */
import { joinParts } from '../../../common/geometry/join.ts'
import type { Part, Ring } from '../../../common/model.ts'
import type { FittedObject } from '../../export/objects.ts'

/** labelme writes its own version here and reads any. */
const VERSION = '7.0.0'

export interface LabelmeShape {
  readonly label: string
  readonly points: Ring
  /** Shapes of one image with the same number are one object. */
  readonly group_id: number | null
  readonly description: string
  readonly shape_type: 'polygon' | 'rectangle'
  readonly flags: Readonly<Record<string, boolean>>
  readonly score?: number
}

/** One ring a part, its holes cut in. */
const ringOf = (part: Part): Ring =>
  part.holes.length === 0 ? part.outer : joinParts({ type: 'polygon', parts: [part] }, { keepHoles: true })

/** The object's shapes: one, or one a part. @param group numbers an object of several parts, unlike any before */
export const shapesOf = (
  { annotation, fitted }: FittedObject,
  { name, withScore, group }: { name: string; withScore: boolean; group: () => number },
): LabelmeShape[] => {
  const { x, y, width, height } = fitted.box
  const score = withScore && annotation.score !== null ? { score: annotation.score } : {}
  const shape = (points: Ring, shape_type: LabelmeShape['shape_type'], group_id: number | null) => ({
    label: name,
    points,
    group_id,
    description: '',
    shape_type,
    flags: {},
    ...score,
  })
  if (annotation.shape.type === 'rectangle') {
    const corners: Ring = [
      [x, y],
      [x + width, y + height],
    ]
    return [shape(corners, 'rectangle', null)]
  }
  const rings = fitted.polygon.parts.map(ringOf)
  const id = rings.length > 1 ? group() : null
  return rings.map((ring) => shape(ring, 'polygon', id))
}

/** The text of a file. @param imagePath from the file's folder, with forward slashes */
export const labelmeText = (
  imagePath: string,
  { width, height }: { readonly width: number; readonly height: number },
  shapes: readonly LabelmeShape[],
): string =>
  `${JSON.stringify(
    {
      version: VERSION,
      flags: {},
      shapes,
      imagePath,
      imageData: null,
      imageHeight: height,
      imageWidth: width,
    },
    null,
    2,
  )}\n`

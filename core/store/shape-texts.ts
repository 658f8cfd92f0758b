/**
 * The JSON of the shapes of one transaction. A shape is most of an object's text and is written twice, into its row and
 * into the undo log: it is made once.
 */
import type { Annotation, Shape } from '../../common/model.ts'
import { createShapeJson } from './shape-json.ts'
import { TextPolygon } from './text-polygon.ts'

export interface ShapeTexts {
  of(shape: Shape): string
  /** The annotation as JSON. */
  ofWhole(annotation: Annotation): string
  /** At the end of the transaction. */
  forget(): void
}

export const createShapeTexts = (): ShapeTexts => {
  const texts = new Map<Shape, string>()
  const json = createShapeJson()
  const of = (shape: Shape): string => {
    const known = texts.get(shape)
    if (known !== undefined) return known
    const text = TextPolygon.textOf(shape) ?? json.of(shape)
    texts.set(shape, text)
    return text
  }
  return {
    of,
    ofWhole: ({ shape, ...rest }) => `{"shape":${of(shape)},${JSON.stringify(rest).slice(1)}`,
    forget: () => texts.clear(),
  }
}

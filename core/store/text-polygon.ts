/**
 * A polygon that came as its JSON: storing it takes the text as it is, and its points are made when somebody asks for
 * them. A property of its own, so that copies, clones and JSON have them as they have those of any polygon.
 */
import type { Part, Polygon, Shape } from '../../common/model.ts'

export class TextPolygon implements Polygon {
  readonly type = 'polygon'
  declare readonly parts: Part[]
  readonly #text: string
  #parts: Part[] | null = null

  /** @param text as createShapeJson writes it */
  constructor(text: string) {
    this.#text = text
    Object.defineProperty(this, 'parts', TextPolygon.#partsOnDemand)
  }

  static readonly #partsOnDemand: PropertyDescriptor & ThisType<TextPolygon> = {
    enumerable: true,
    get() {
      return (this.#parts ??= (JSON.parse(this.#text) as Polygon).parts)
    },
  }

  /** Null of a shape that did not come as text. */
  static textOf(shape: Shape): string | null {
    return #text in shape ? shape.#text : null
  }
}

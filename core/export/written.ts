/** Image after image of an export: its objects made ready and their cuts told, the image put in its place, then handed to the format. */
import { placeImage, type PlacedImage } from './place.ts'
import { fitObject, leaveOut, noteClip, type BareObject, type FittedObject } from './objects.ts'
import { readPages } from './plan.ts'
import type { Run } from './run.ts'
import { said } from '../../common/said.ts'

export interface WrittenImage<Place extends PlacedImage, T> {
  readonly place: Place
  /** What `make` made of its objects. */
  readonly objects: readonly T[]
}

export interface Making<T> {
  /** What is written of an object; null, with a line in the report, when nothing can be. */
  readonly make: (object: FittedObject) => T | null
  /** Whether all of an object is written, what lies outside of its image too; absent: what lies there is cut. */
  readonly isWhole?: (object: FittedObject) => boolean
  /** As `make`, of points and lines; absent for a format that has none. */
  readonly makeBare?: (object: BareObject) => T | null
  /** An image without objects says "nothing here": one that lost all of them, and is not done, is left out. */
  readonly emptyTeaches: boolean
  /** False for a format that knows only later what it can write, and counts that itself. */
  readonly counts?: false
}

const noBare =
  (run: Run) =>
  (object: BareObject): null =>
    leaveOut(
      run,
      object,
      object.bare.type === 'point'
        ? said('It is a point: this format has none.')
        : said('It is a line: this format has none.'),
    )

/** Every image that could be placed, in the order of `places`. */
export const writtenImages = async function* <Place extends PlacedImage, T>(
  run: Run,
  places: readonly Place[],
  { make, makeBare = noBare(run), isWhole, emptyTeaches, counts }: Making<T>,
): AsyncGenerator<WrittenImage<Place, T>> {
  const byId = new Map(places.map((place) => [place.image.id, place]))
  for await (const page of readPages(run, [...byId.keys()]))
    for (const { image: item, annotations } of page) {
      run.check()
      run.advance(said('Writing'))
      const place = byId.get(item.id)!
      const objects: T[] = []
      const labels: number[] = []
      for (const annotation of annotations) {
        const object = fitObject(run, place.image, annotation)
        const made = object && ('bare' in object ? makeBare(object) : make(object))
        if (object === null || made === null) continue
        if ('bare' in object || isWhole?.(object) !== true) noteClip(run, object)
        run.unheld.object(annotation)
        objects.push(made)
        labels.push(object.label)
      }
      if (emptyTeaches && objects.length === 0 && place.image.isTodo) {
        run.leftOut.add(said('None of its objects can be written, and it is not marked done.'), item.path)
        continue
      }
      if (!(await placeImage(run, place))) continue
      run.unheld.image(place.image.marks)
      const side = run.divided.get(item.id) ?? null
      if (counts !== false) for (const label of labels) run.tally.add(label, side)
      yield { place, objects }
    }
}

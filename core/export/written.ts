/** Image after image of an export: its objects made ready, the image put in its place, then handed to the format. */
import { placeImage, type PlacedImage } from './place.ts'
import { fitObject, type FittedObject } from './objects.ts'
import { readPages } from './plan.ts'
import type { Run } from './run.ts'

export interface WrittenImage<Place extends PlacedImage, T> {
  readonly place: Place
  /** What `make` made of its objects. */
  readonly objects: readonly T[]
}

export interface Making<T> {
  /** What is written of an object; null, with a line in the report, when nothing can be. */
  make(object: FittedObject): T | null
  /** An image without objects says "nothing here": one that lost all of them, and is not done, is left out. */
  readonly emptyTeaches: boolean
}

/** Every image that could be placed, in the order of `places`. */
export const writtenImages = async function* <Place extends PlacedImage, T>(
  run: Run,
  places: readonly Place[],
  { make, emptyTeaches }: Making<T>,
): AsyncGenerator<WrittenImage<Place, T>> {
  const byId = new Map(places.map((place) => [place.image.id, place]))
  for await (const page of readPages(run, [...byId.keys()]))
    for (const { image: item, annotations } of page) {
      run.check()
      run.advance('Writing')
      const place = byId.get(item.id)!
      const objects = annotations
        .map((annotation) => fitObject(run, place.image, annotation))
        .map((object) => object && make(object))
        .filter((one) => one !== null)
      if (emptyTeaches && objects.length === 0 && place.image.isTodo) {
        run.leftOut.add('None of its objects can be written, and it is not marked done.', item.path)
        continue
      }
      if (await placeImage(run, place)) yield { place, objects }
    }
}

/** Writes labelme's JSON, one file an image, beside the copies of the images, or beside the images themselves. */
import { writeFile } from 'node:fs/promises'
import { dirname, join, posix, relative, sep } from 'node:path'
import { writesExtras } from '../../export/extras.ts'
import { besideOf } from '../../export/names.ts'
import type { BareObject, FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, placeOfOriginal, type PlacedImage } from '../../export/place.ts'
import { finishedOf } from '../../export/plan.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { writtenImages } from '../../export/written.ts'
import { labelmeText, shapesOf } from './records.ts'
import { said } from '../../../common/said.ts'

/** Everything lies in one folder, which is what labelme opens. */
const FOLDER = 'labelme'

const noteHoles = (run: Run, { image, annotation, fitted }: FittedObject) => {
  if (fitted.hasHoles)
    run.changed.add(said('Its holes are cut in by lines of no width.'), image.path, annotation.id)
}

/** From the folder of the JSON to the image: its copy beside it, or the original where it lies. */
const imagePathOf = (run: Run, { copy, image }: PlacedImage, file: string): string =>
  copy !== null
    ? posix.basename(copy)
    : relative(dirname(join(run.output.out, file)), join(run.source.folder, image.path))
        .split(sep)
        .join('/')

/** Without photos that differ in their endings alone from one before them: both would have the same file. */
const withFilesOfTheirOwn = (run: Run, images: readonly PlannedImage[]): PlannedImage[] => {
  const taken = new Map<string, string>()
  return images.filter(({ path }) => {
    const file = besideOf(path, 'json').normalize('NFC').toLowerCase()
    const other = taken.get(file)
    if (other === undefined) taken.set(file, path)
    else
      run.leftOut.add(
        said('Its file belongs to {other}: two photos would need the same one.', { other }),
        path,
      )
    return other === undefined
  })
}

/**
 * Writes the images that have objects or are done.
 * @throws CodedError not-found when there is none
 */
export const writeLabelme = async (run: Run, all: readonly PlannedImage[]) => {
  const images = finishedOf(run, all, said('a file without shapes'))
  const isBeside = run.request.beside === true
  const placeOf = isBeside ? placeOfOriginal : createPlaces('beside', FOLDER)
  const top = isBeside ? '' : `${FOLDER}/`
  const own = isBeside ? withFilesOfTheirOwn(run, images) : images
  const places = own.map((image) => {
    const place = placeOf(image)
    return run.request.copyImages ? place : { ...place, why: null, copy: null, isConverted: false }
  })
  await checkRoomFor(run, places)
  run.expect(places.length)
  const counts = { images: 0, annotations: 0 }
  const withExtras = writesExtras(run.options)
  const make = (object: FittedObject): FittedObject | BareObject => {
    noteHoles(run, object)
    return object
  }
  const makeBare = (object: BareObject): FittedObject | BareObject => object
  for await (const { place, objects } of writtenImages(run, places, { make, makeBare, emptyTeaches: true })) {
    let groups = 0
    const shapes = objects.flatMap((object) =>
      shapesOf(object, {
        name: run.labels[object.label]!.name,
        withScore: run.options.score === true,
        withExtras,
        withRotation: run.options.rotation === true,
        group: () => groups++,
      }),
    )
    const file = besideOf(`${top}${place.name}`, 'json')
    const marks = withExtras ? place.image.marks : null
    const text = labelmeText(imagePathOf(run, place, file), place.image, shapes, marks)
    await writeFile(await run.output.stage(file), text)
    if (isBeside) run.output.madeFrom(file, place.name)
    counts.images++
    counts.annotations += objects.length
  }
  run.notes.push(
    isBeside
      ? said('To open them: labelme {folder}', { folder: run.source.folder })
      : said('To open it: labelme {folder} (in the folder of the export).', { folder: FOLDER }),
  )
  return counts
}

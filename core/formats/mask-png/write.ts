/**
 * Writes masks as pictures of numbers: masks/{train,val}, images/{train,val} when they are copied, classes.txt, and
 * objects.csv where objects have numbers or files of their own.
 */
import { writeFile } from 'node:fs/promises'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { said } from '../../../common/said.ts'
import { paintObjects, valuesOf } from '../../export/label-map.ts'
import { besideOf } from '../../export/names.ts'
import { leaveOut, type FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, type PlacedImage } from '../../export/place.ts'
import { finishedOf } from '../../export/plan.ts'
import { encodePng } from '../../export/png.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { bySide, divide, SIDES, type Division, type Side } from '../../export/sides.ts'
import { guarded, tableLine } from '../../export/table.ts'
import { createTextFile, type TextFile } from '../../export/text-file.ts'
import { writtenImages } from '../../export/written.ts'

/** labelme's and others' name of what is no object: the value 0. */
const BACKGROUND = '_background_'
const OBJECTS = 'objects.csv'
const COLUMNS = ['mask', 'value', 'class_value', 'class'] as const

type MaskPlace = PlacedImage & { readonly side: Side }

/** Writes the masks of one image; answers the objects that are in them. */
type WriteMasks = (place: MaskPlace, objects: readonly FittedObject[]) => Promise<readonly FittedObject[]>

const most = (bits: 8 | 16) => 2 ** bits - 1

/** Numbers as wide as asked: 8 bits where the largest of them fits. */
const widthFor = (run: Run, largest: number): 8 | 16 =>
  run.options.bits === '16' || largest > most(8) ? 16 : 8

const fileOf = ({ side, name }: MaskPlace) => besideOf(`masks/${side}/${name}`, 'png')

const writePng = async (run: Run, path: string, data: Uint8Array | Uint16Array, { image }: MaskPlace) =>
  writeFile(await run.output.stage(path), await encodePng(data, image))

const rowOf = (run: Run, mask: string, value: number, { label }: FittedObject) =>
  tableLine([guarded(mask), value, label + 1, guarded(run.labels[label]!.name)])

/** One map an image, by a number for each object. */
const mapWriter =
  (run: Run, numberOf: (object: FittedObject, index: number) => number, bitsOf: (count: number) => 8 | 16) =>
  async (place: MaskPlace, given: readonly FittedObject[]): Promise<readonly FittedObject[]> => {
    const map = paintObjects(run, place.image, given, most(16))
    await writePng(run, fileOf(place), valuesOf(map, numberOf, bitsOf(map.objects.length)), place)
    return map.objects
  }

const classWriter = (run: Run): WriteMasks => {
  const bits = widthFor(run, run.labels.length)
  const write = mapWriter(
    run,
    ({ label }) => label + 1,
    () => bits,
  )
  return write
}

const objectWriter = (run: Run, table: TextFile): WriteMasks => {
  const write = mapWriter(
    run,
    (_, index) => index + 1,
    (count) => widthFor(run, count),
  )
  return async (place, given) => {
    const objects = await write(place, given)
    for (const [index, object] of objects.entries())
      await table.write(rowOf(run, fileOf(place), index + 1, object))
    return objects
  }
}

/** A file an object: 255 inside, 0 outside; nothing hides anything. */
const binaryWriter =
  (run: Run, table: TextFile): WriteMasks =>
  async (place, objects) => {
    const written: FittedObject[] = []
    for (const object of objects) {
      const { width, height } = place.image
      const raster = rasterise(object.fitted.polygon, width, height)
      if (!raster.data.includes(1)) {
        leaveOut(run, object, said('It covers the centre of no pixel.'))
        continue
      }
      const data = new Uint8Array(width * height)
      for (let row = 0, at = 0; row < raster.height; row++)
        for (let column = 0; column < raster.width; column++, at++)
          data[(raster.y + row) * width + raster.x + column] = 255 * raster.data[at]!
      const mask = besideOf(`masks/${place.side}/${place.name}`, `${written.push(object)}.png`)
      await writePng(run, mask, data, place)
      await table.write(rowOf(run, mask, 255, object))
    }
    return written
  }

const placesOf = (run: Run, images: readonly PlannedImage[], division: Division) => {
  const placeOf = Object.fromEntries(SIDES.map((side) => [side, createPlaces('beside', `images/${side}`)]))
  return images.map((image): MaskPlace => {
    const side = division.sideOf(image)
    const place = placeOf[side]!(image)
    return run.request.copyImages ? { ...place, side } : { ...place, why: null, copy: null, side }
  })
}

const noteNumbers = (run: Run) => {
  const { values } = run.options
  if (values === 'class')
    run.notes.push(
      said('The value of a pixel is the line of classes.txt, counted from 0; 0 is where nothing is.'),
    )
  else if (values === 'object')
    run.notes.push(
      said('The value of a pixel is the object, from 1 on each image; {objects} says of which class.', {
        objects: OBJECTS,
      }),
    )
  else
    run.notes.push(
      said('Each object has a file of its own, 255 inside; {objects} says of which class.', {
        objects: OBJECTS,
      }),
    )
}

/**
 * Writes the images that have objects or are done.
 * @throws CodedError not-found when there is none
 */
export const writeMaskPng = async (run: Run, all: readonly PlannedImage[]) => {
  const images = finishedOf(run, all, said('a mask of zeros'))
  const division = await divide(run, images)
  const places = placesOf(run, images, division)
  await checkRoomFor(run, places)
  run.expect(places.length)
  const byClass = run.options.values === 'class'
  const table = byClass ? null : await createTextFile(await run.output.stage(OBJECTS))
  const writeMasks = !table
    ? classWriter(run)
    : run.options.values === 'object'
      ? objectWriter(run, table)
      : binaryWriter(run, table)
  const written = bySide<string>()
  let annotations = 0
  const make = (object: FittedObject) => object
  const making = { make, emptyTeaches: true, counts: false } as const
  try {
    await table?.write(tableLine(COLUMNS))
    for await (const { place, objects } of writtenImages(run, places, making)) {
      const inMasks = await writeMasks(place, objects)
      for (const { label } of inMasks) run.tally.add(label, place.side)
      annotations += inMasks.length
      written[place.side].push(place.name)
    }
  } finally {
    await table?.close()
  }
  const names = [BACKGROUND, ...run.labels.map(({ name }) => name.replaceAll(/\s+/g, ' '))]
  await writeFile(await run.output.stage('classes.txt'), names.map((name) => `${name}\n`).join(''))
  noteNumbers(run)
  run.notes.push(...division.notes(written))
  return { images: SIDES.reduce((sum, side) => sum + written[side].length, 0), annotations }
}

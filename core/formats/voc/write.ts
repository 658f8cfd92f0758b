/** Writes Pascal VOC: Annotations/, ImageSets/, JPEGImages/ when images are copied, and masks when they are asked. */
import { writeFile } from 'node:fs/promises'
import { basename, extname, posix } from 'node:path'
import { writesExtras } from '../../export/extras.ts'
import { paintObjects, valuesOf } from '../../export/label-map.ts'
import { besideOf } from '../../export/names.ts'
import { leaveOut, type FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, type PlacedImage } from '../../export/place.ts'
import { finishedOf } from '../../export/plan.ts'
import { encodePng } from '../../export/png.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { bySide, divide, SIDES, type BySide, type Division, type Side } from '../../export/sides.ts'
import { writtenImages } from '../../export/written.ts'
import { vocExtras } from './extras.ts'
import { bordersOf, VOID, vocPalette } from './masks.ts'
import { holdable, vocBox, vocXml } from './xml.ts'
import { said } from '../../../common/said.ts'

const IMAGES = 'JPEGImages'
/** A mask has the values 1..254 for them. */
const MOST = VOID - 1

type VocPlace = PlacedImage & { readonly side: Side }

const lineEnd = /[\n-\r\x1c-\x1e\x85\u2028\u2029]/g

/** The lists have one name a line, and XML can't hold every character. */
const placesOf = (run: Run, images: readonly PlannedImage[], division: Division) => {
  const placeOf = createPlaces('beside', IMAGES)
  return images.map((image): VocPlace => {
    const path = holdable(image.path).replaceAll(lineEnd, '_')
    const place = placeOf({ ...image, path })
    const why =
      path === image.path ? place.why : said("its name has a character that the format's files can't hold")
    const copies = run.request.copyImages
    return { ...place, image, why, copy: copies ? place.copy : null, side: division.sideOf(image) }
  })
}

/** Objects that a mask has a number for. */
const numberable = (run: Run, objects: readonly FittedObject[]): FittedObject[] =>
  objects.filter(
    (object) =>
      object.label < MOST ||
      leaveOut(
        run,
        object,
        said('Its class is past the {most} that a mask has values for; its box is written.', { most: MOST }),
      ),
  )

const writeMasks = async (
  run: Run,
  place: VocPlace,
  objects: readonly FittedObject[],
  palette: Uint8Array,
) => {
  const map = paintObjects(run, place.image, numberable(run, objects), MOST)
  const borders = run.options.borders === true ? bordersOf(map.owners, place.image) : null
  const file = besideOf(place.name, 'png')
  const write = async (folder: string, valueOf: Parameters<typeof valuesOf>[1]) => {
    const values = valuesOf(map, valueOf, 8)
    borders?.forEach((mark, at) => {
      if (mark === 1) values[at] = VOID
    })
    await writeFile(
      await run.output.stage(`${folder}/${file}`),
      await encodePng(values, place.image, palette),
    )
  }
  await write('SegmentationClass', ({ label }) => label + 1)
  await write('SegmentationObject', (_, index) => index + 1)
}

/** One name a line: the file's, in JPEGImages and below, without its ending. */
const writeLists = async (run: Run, folder: string, written: Readonly<BySide<string>>) => {
  const lists = { ...written, trainval: [...written.train, ...written.val] }
  for (const [name, stems] of Object.entries(lists))
    if (stems.length > 0)
      await writeFile(
        await run.output.stage(`ImageSets/${folder}/${name}.txt`),
        stems.map((stem) => `${stem}\n`).join(''),
      )
}

/** CVAT's and Datumaro's list of classes: name, colour in the masks, parts, actions. Colons part the fields. */
const labelMapText = (run: Run, palette: Uint8Array): string => {
  const lineOf = (name: string, value: number) =>
    `${name.replaceAll(':', '_')}:${[...palette.subarray(3 * value, 3 * value + 3)].join(',')}::\n`
  for (const { name } of run.labels)
    if (name.includes(':'))
      run.changed.add(said('The class "{name}" has "_" for ":" in labelmap.txt.', { name }))
  const classes = run.labels.slice(0, MOST).map(({ name }, index) => lineOf(name, index + 1))
  return ['# label:color_rgb:parts:actions\n', lineOf('background', 0), ...classes].join('')
}

const addNotes = (run: Run, written: Readonly<BySide<string>>, places: readonly VocPlace[]) => {
  const stems = SIDES.flatMap((side) => written[side])
  if (!run.request.copyImages)
    run.notes.push(
      said(
        'The images were not copied. Trainers look for them in {images}: copy your folder of images there under that name, or link it once (ln -s "{folder}" {images}).',
        { images: IMAGES, folder: run.source.folder },
      ),
    )
  const others = places.filter(({ name }) => extname(name).toLowerCase() !== '.jpg').length
  if (others > 0)
    run.notes.push(
      said(
        '{others, plural, one {# file of images is} other {# files of images are}} no .jpg: torchvision and Detectron2 look for .jpg alone.',
        { others },
      ),
    )
  const spaced = stems.filter((stem) => /\s/.test(stem)).length
  if (spaced > 0)
    run.notes.push(
      said(
        '{spaced, plural, one {# name of images has} other {# names of images have}} blanks: Detectron2 parts its lists there, torchvision does not.',
        { spaced },
      ),
    )
}

/**
 * Writes the images that have objects or are done.
 * @throws CodedError not-found when there is none
 */
export const writeVoc = async (run: Run, all: readonly PlannedImage[]) => {
  const images = finishedOf(run, all, said('an annotation file without objects'))
  const division = await divide(run, images)
  const places = placesOf(run, images, division)
  await checkRoomFor(run, places)
  run.expect(places.length)
  const palette = vocPalette()
  const hasMasks = run.options.segmentation === true
  const withExtras = writesExtras(run.options)
  const written = bySide<string>()
  const counts = { images: 0, annotations: 0 }
  const make = (object: FittedObject) => object
  for await (const { place, objects } of writtenImages(run, places, { make, emptyTeaches: true })) {
    const text = vocXml({
      folder: basename(run.output.out),
      filename: place.name,
      size: place.image,
      hasMasks,
      objects: objects.map(({ label, fitted, annotation }) => ({
        name: run.labels[label]!.name,
        extras: vocExtras(withExtras ? annotation : null, fitted.isClipped),
        box: vocBox(fitted.box, place.image),
      })),
    })
    await writeFile(await run.output.stage(besideOf(`Annotations/${place.name}`, 'xml')), text)
    if (hasMasks) await writeMasks(run, place, objects, palette)
    const { dir, name } = posix.parse(place.name)
    written[place.side].push(posix.join(dir, name))
    counts.images++
    counts.annotations += objects.length
  }
  await writeLists(run, 'Main', written)
  if (hasMasks) {
    await writeLists(run, 'Segmentation', written)
    await writeFile(await run.output.stage('labelmap.txt'), labelMapText(run, palette))
  }
  run.notes.push(...division.notes(written))
  addNotes(run, written, places)
  return counts
}

/** Writes a COCO export: annotations/, one file or one a split, and images/ when they are copied. */
import { basename } from 'node:path'
import { areaOf } from '../../../common/geometry/measure.ts'
import { rleOfShape } from '../../../common/geometry/rle.ts'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import { extrasOf, marksOf, writesExtras } from '../../export/extras.ts'
import { leaveOut, type FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, placeOfOriginal } from '../../export/place.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { bySide, divide, SIDES, type Side } from '../../export/sides.ts'
import { writtenImages } from '../../export/written.ts'
import { createCocoFile, type CocoFile } from './file.ts'
import {
  cocoCategoryId,
  cocoMaskAnnotation,
  cocoPolygonAnnotation,
  type CocoAbout,
  type Unnumbered,
} from './records.ts'

const FOLDER = 'annotations'

/** Image pixels squared: less is no object to a trainer, and its box may have a side of 0. */
const LEAST_AREA = 1

const shapeOf = (run: Run, { image, annotation, label, fitted }: FittedObject): Unnumbered => {
  const { polygon } = fitted
  const numbers = { image_id: image.id, category_id: cocoCategoryId(label) }
  const isMask = fitted.hasHoles || run.options.shapes === 'rle'
  if (!isMask)
    return cocoPolygonAnnotation(
      numbers,
      polygon.parts.map((part) => part.outer),
      image,
    )
  if (run.options.shapes !== 'rle')
    run.changed.add(said('Written as a run-length mask, because it has a hole.'), image.path, annotation.id)
  return cocoMaskAnnotation(numbers, rleOfShape(polygon, image.width, image.height))
}

/** One object as a record, still without its number; null when trainers would stumble over it. */
const recordOf = (run: Run, object: FittedObject): Unnumbered | null => {
  if (areaOf(object.fitted.polygon) < LEAST_AREA)
    return leaveOut(run, object, said('It is smaller than a pixel.'))
  const record = shapeOf(run, object)
  if (record.area === 0) return leaveOut(run, object, said('It covers the centre of no pixel.'))
  const [, , width, height] = record.bbox
  // torchvision's detectors stop the training at such a box.
  if (width <= 0 || height <= 0) return leaveOut(run, object, said('Its box has no width or no height.'))
  const { score } = object.annotation
  return {
    ...record,
    ...(run.options.score === true && score !== null ? { score } : {}),
    ...(writesExtras(run.options) ? extrasOf(object.annotation) : {}),
  }
}

const addNotes = (run: Run, images: readonly PlannedImage[], files: readonly string[]) => {
  const folder = run.request.copyImages ? 'images' : run.source.folder
  run.notes.push(
    files.length === 1
      ? said('To train, give your trainer {file} as the annotation file and {folder} as the image folder.', {
          file: files[0]!,
          folder,
        })
      : said(
          'To train, give your trainer {files} as the annotation files and {folder} as the image folder.',
          { files: files.join(', '), folder },
        ),
  )
  const turned = run.request.copyImages ? 0 : images.filter((image) => image.isTurned).length
  if (turned > 0)
    run.notes.push(
      said(
        '{turned, number} photos carry an EXIF turn; sizes and objects are those of the upright photo. Detectron2 and MMDetection turn them, torchvision does not: export with images to get upright copies.',
        { turned },
      ),
    )
}

const aboutOf = (run: Run): CocoAbout => {
  const asked = (id: string) => String(run.options[id]).trim()
  return {
    description: asked('description') || basename(run.source.folder),
    contributor: asked('contributor'),
    version: run.version,
    license: asked('license'),
    licenseUrl: asked('license-url'),
    supercategory: asked('supercategory'),
  }
}

/**
 * Writes every given image and its objects.
 * @returns how many images and annotations were written
 */
export const writeCoco = async (run: Run, images: readonly PlannedImage[]) => {
  if (images.length === 0)
    throw new CodedError(
      'not-found',
      said('There is nothing to export: the folder has no image that can be read.'),
    )
  const division = run.options.sets === 'split' ? await divide(run, images) : null
  const places = images.map(run.request.copyImages ? createPlaces('name', 'images') : placeOfOriginal)
  await checkRoomFor(run, places)
  run.expect(images.length)
  const files = new Map<string, CocoFile>()
  const nameOf = (side: Side) => `${FOLDER}/instances_${side}.json`
  const fileOf = async (image: PlannedImage) => {
    const name = division ? nameOf(division.sideOf(image)) : `${FOLDER}/instances.json`
    const file = files.get(name) ?? (await createCocoFile(run, name, aboutOf(run)))
    files.set(name, file)
    return file
  }
  const counts = { images: 0, annotations: 0 }
  const written = bySide<number>()
  const make = (object: FittedObject) => recordOf(run, object)
  try {
    if (!division) await fileOf(images[0]!)
    for await (const { place, objects } of writtenImages(run, places, { make, emptyTeaches: false })) {
      const { id, width, height } = place.image
      const file = await fileOf(place.image)
      const marks = writesExtras(run.options) ? marksOf(place.image.marks) : {}
      await file.add({ id, file_name: place.name, width, height, ...marks }, objects)
      written[division?.sideOf(place.image) ?? 'train'].push(id)
      counts.images++
      counts.annotations += objects.length
    }
    for (const file of files.values()) await file.finish()
  } finally {
    for (const file of files.values()) await file.close()
  }
  if (division) run.notes.push(...division.notes(written))
  const names = division ? SIDES.map(nameOf).filter((name) => files.has(name)) : [...files.keys()]
  addNotes(run, images, names)
  return counts
}

/** Writes a COCO export: annotations/instances.json, and images/ when they are copied. */
import { basename } from 'node:path'
import { compressCounts, rleArea, rleOfShape } from '../../../common/geometry/rle.ts'
import { CodedError } from '../../../common/errors.ts'
import {
  COCO_END,
  COCO_MIDDLE,
  COCO_SEPARATOR,
  cocoCategoryId,
  cocoMaskAnnotation,
  cocoPolygonAnnotation,
  cocoStart,
  type CocoAnnotation,
  type CocoImage,
  type Unnumbered,
} from './records.ts'
import { noteClip, type FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, placeOfOriginal, type PlacedImage } from '../../export/place.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { createTextFile, type TextFile } from '../../export/text-file.ts'
import { writtenImages } from '../../export/written.ts'

const INSTANCES = 'annotations/instances.json'

/** One object as a record, still without its number. */
const recordOf = (run: Run, object: FittedObject): Unnumbered => {
  const { image, annotation, label, fitted } = object
  const { polygon } = fitted
  noteClip(run, object)
  const numbers = { image_id: image.id, category_id: cocoCategoryId(label) }
  const outers = polygon.parts.map((part) => part.outer)
  if (!fitted.hasHoles) return cocoPolygonAnnotation(numbers, outers, image)
  run.changed.add('Written as a run-length mask, because it has a hole.', image.path, annotation.id)
  const rle = rleOfShape(polygon, image.width, image.height)
  const mask = { size: rle.size, counts: compressCounts(rle.counts) }
  return cocoMaskAnnotation(numbers, mask, rleArea(rle), outers)
}

const addNotes = (run: Run, images: readonly PlannedImage[]) => {
  const folder = run.request.copyImages ? 'images' : run.source.folder
  run.notes.push(
    `To train, give your trainer ${INSTANCES} as the annotation file and ${folder} as the image folder.`,
  )
  const turned = run.request.copyImages ? 0 : images.filter((image) => image.isTurned).length
  if (turned > 0)
    run.notes.push(
      `${turned} photos carry an EXIF turn; sizes and objects are those of the upright photo. Detectron2 and ` +
        'MMDetection turn them, torchvision does not: export with images to get upright copies.',
    )
}

/**
 * Writes every given image and its objects.
 * @returns how many images and annotations were written
 */
export const writeCoco = async (run: Run, images: readonly PlannedImage[]) => {
  if (images.length === 0)
    throw new CodedError('not-found', 'There is nothing to export: the folder has no image that can be read.')
  const places = images.map(run.request.copyImages ? createPlaces('name', 'images') : placeOfOriginal)
  await checkRoomFor(run, places)
  run.expect(images.length)
  const main = await createTextFile(await run.output.stage(INSTANCES))
  const draft = await run.output.stage('objects.part')
  const objects = await createTextFile(draft)
  try {
    await main.write(cocoStart(basename(run.source.folder), run.version, run.labels))
    const counts = await writeRecords(run, places, main, objects)
    await objects.close()
    await main.write(COCO_MIDDLE)
    await main.append(draft)
    await main.write(COCO_END)
    addNotes(run, images)
    return counts
  } finally {
    await objects.close()
    await main.close()
    await run.output.drop('objects.part')
  }
}

const writeRecords = async (run: Run, places: readonly PlacedImage[], main: TextFile, objects: TextFile) => {
  const counts = { images: 0, annotations: 0 }
  const make = (object: FittedObject) => recordOf(run, object)
  for await (const { place, objects: records } of writtenImages(run, places, { make, emptyTeaches: false })) {
    const { image, name } = place
    const record: CocoImage = { id: image.id, file_name: name, width: image.width, height: image.height }
    await main.write((counts.images > 0 ? COCO_SEPARATOR : '') + JSON.stringify(record))
    counts.images++
    for (const one of records) {
      const numbered: CocoAnnotation = { id: counts.annotations + 1, ...one }
      await objects.write((counts.annotations > 0 ? COCO_SEPARATOR : '') + JSON.stringify(numbered))
      counts.annotations++
    }
  }
  return counts
}

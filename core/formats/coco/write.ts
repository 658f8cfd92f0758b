/** Writes a COCO export: annotations/instances.json, and images/ when they are copied. */
import { basename } from 'node:path'
import { compressCounts, rleArea, rleOfShape } from '../../../common/geometry/rle.ts'
import { CodedError } from '../../../common/errors.ts'
import type { Annotation } from '../../../common/model.ts'
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
} from './records.ts'
import { fitShape } from '../../export/fit.ts'
import {
  checkRoomFor,
  createPlaces,
  placeImage,
  placeOfOriginal,
  type PlacedImage,
} from '../../export/place.ts'
import { readPages } from '../../export/plan.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { createTextFile, type TextFile } from '../../export/text-file.ts'

const INSTANCES = 'annotations/instances.json'

/** One object as a record; null, with a line in the report, when nothing of it can be written. */
const recordOf = (
  run: Run,
  image: PlannedImage,
  annotation: Annotation,
  id: number,
): CocoAnnotation | null => {
  const label = run.labelIndex.get(annotation.labelId)
  if (label === undefined) {
    run.leftOut.add('Its class was added while the export ran.', image.path, annotation.id)
    return null
  }
  const fitted = fitShape(annotation.shape, image)
  if ('reason' in fitted) {
    run.leftOut.add(fitted.reason, image.path, annotation.id)
    return null
  }
  const { polygon } = fitted
  if (fitted.isClipped) run.changed.add('Clipped to the image.', image.path, annotation.id)
  const numbers = { id, image_id: image.id, category_id: cocoCategoryId(label) }
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
  const byId = new Map(places.map((place) => [place.image.id, place]))
  for await (const page of readPages(run, [...byId.keys()]))
    for (const { image: item, annotations } of page) {
      run.check()
      const place = byId.get(item.id)!
      const { image, name } = place
      if (await placeImage(run, place)) {
        const record: CocoImage = { id: image.id, file_name: name, width: image.width, height: image.height }
        await main.write((counts.images > 0 ? COCO_SEPARATOR : '') + JSON.stringify(record))
        counts.images++
        for (const annotation of annotations) {
          const object = recordOf(run, image, annotation, counts.annotations + 1)
          if (!object) continue
          await objects.write((counts.annotations > 0 ? COCO_SEPARATOR : '') + JSON.stringify(object))
          counts.annotations++
        }
      }
      run.advance('Writing')
    }
  return counts
}

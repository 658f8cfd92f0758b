/** What the terminal says of a predicted object: as JSON and in lines. All numbers in pixels of the upright image. */
import { CodedError } from '../common/errors.ts'
import { areaOf, bboxOf, ringsOfPart } from '../common/geometry/measure.ts'
import { compressCounts, rleOfShape } from '../common/geometry/rle.ts'
import type { Polygon } from '../common/model.ts'
import type { PredictedObject, Prediction } from '../core/predict/predict.ts'

const hundredths = (value: number) => Math.round(value * 100) / 100
const tenThousandths = (value: number) => Math.round(value * 1e4) / 1e4

const bboxNumbers = (polygon: Polygon) => {
  const box = bboxOf(polygon)
  return [box.x, box.y, box.width, box.height].map(hundredths)
}

/** @throws CodedError not-found when the model found nothing */
export const foundOf = ({ polygon, mask }: PredictedObject): { polygon: Polygon; mask: Polygon } => {
  if (polygon === null || mask === null)
    throw new CodedError('not-found', 'The model found no object at these prompts.')
  return { polygon, mask }
}

/** What is printed of one object of one image. @throws CodedError not-found */
export const describeObject = (file: string, prediction: Prediction, object: PredictedObject) => {
  const { polygon } = foundOf(object)
  return {
    image: file,
    width: prediction.width,
    height: prediction.height,
    model: prediction.modelId,
    candidate: object.chosen.index,
    score: tenThousandths(object.chosen.score),
    bbox: bboxNumbers(polygon),
    area: hundredths(areaOf(polygon)),
    polygon,
    candidates: object.candidates.map(({ index, score }) => ({ index, score: tenThousandths(score) })),
  }
}

/** The same for a person. */
export const linesOfObject = (object: ReturnType<typeof describeObject>): string[] => {
  const { bbox, polygon, candidates } = object
  const rings = polygon.parts.flatMap((part) => ringsOfPart(part))
  const holes = rings.length - polygon.parts.length
  const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0)
  const others = candidates.filter(({ index }) => index !== object.candidate)
  const alternatives = others.map(({ index, score }) => `${index} (${score})`).join(', ')
  return [
    `Image    ${object.image}, ${object.width} x ${object.height}`,
    `Mask     ${object.candidate}, score ${object.score}${alternatives ? `; others: ${alternatives}` : ''}`,
    `Box      x ${bbox[0]}, y ${bbox[1]}, width ${bbox[2]}, height ${bbox[3]}`,
    `Area     ${object.area} pixels`,
    `Polygon  ${counted(polygon.parts.length, 'part', 'parts')}, ${counted(holes, 'hole', 'holes')}, ${vertices} vertices`,
    ...polygon.parts.flatMap((part) =>
      ringsOfPart(part).map(
        (ring, index) =>
          `  ${index === 0 ? 'outer' : 'hole '}  ${ring.map((point) => point.join(',')).join(' ')}`,
      ),
    ),
  ]
}

/** An answer of `--stream`: all objects of one image. An object that was not found has no polygon, and an empty mask. */
export const describePrediction = ({ width, height, modelId, objects, speed }: Prediction) => ({
  width,
  height,
  model: modelId,
  objects: objects.map(({ polygon, mask, chosen }) => {
    const { size, counts } = rleOfShape(mask ?? { type: 'polygon', parts: [] }, width, height)
    return {
      score: tenThousandths(chosen.score),
      bbox: polygon === null ? null : bboxNumbers(polygon),
      area: polygon === null ? 0 : hundredths(areaOf(polygon)),
      polygon,
      rle: { size, counts: compressCounts(counts) },
    }
  }),
  speed: {
    preprocess: hundredths(speed.preprocess),
    inference: hundredths(speed.inference),
    postprocess: hundredths(speed.postprocess),
  },
})

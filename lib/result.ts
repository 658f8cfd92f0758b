/** A prediction in the form that the library hands out. */
import { bboxOf, ringsOfPart } from '../common/geometry/measure.ts'
import { rasterise } from '../common/geometry/rasterise.ts'
import { compressCounts, rleOfShape } from '../common/geometry/rle.ts'
import type { Polygon } from '../common/model.ts'
import type { Prediction } from '../core/predict/predict.ts'
import type { Box, Boxes, Masks, Point, Result, Rle } from './types.ts'

const nothing: Polygon = { type: 'polygon', parts: [] }

/** The whole image's mask written to `data` from `offset` on. */
const fill = (data: Uint8Array, offset: number, polygon: Polygon, width: number, height: number) => {
  const raster = rasterise(polygon, width, height)
  for (let row = 0; row < raster.height; row++) {
    const from = row * raster.width
    data.set(raster.data.subarray(from, from + raster.width), offset + (raster.y + row) * width + raster.x)
  }
}

const masksOf = ({ width, height, objects }: Prediction): Masks => {
  const polygons = objects.map(({ polygon }) => polygon ?? nothing)
  const exact = objects.map(({ mask }) => mask ?? nothing)
  const xy = polygons.map(({ parts }) => parts.flatMap((part) => ringsOfPart(part)))
  let rle: Rle[] | null = null
  let data: Uint8Array | null = null
  return {
    xy,
    xyn: xy.map((rings) => rings.map((ring) => ring.map(([x, y]): Point => [x / width, y / height]))),
    polygons: polygons.map(({ parts }) => ({ parts })),
    get rle() {
      return (rle ??= exact.map((mask) => {
        const { size, counts } = rleOfShape(mask, width, height)
        return { size, counts: compressCounts(counts) }
      }))
    },
    get data() {
      if (data !== null) return data
      data = new Uint8Array(exact.length * width * height)
      for (const [index, mask] of exact.entries()) fill(data, index * width * height, mask, width, height)
      return data
    },
    shape: [objects.length, height, width],
  }
}

const boxesOf = ({ width, height, objects }: Prediction): Boxes => {
  const xyxy = objects.map(({ polygon }): Box => {
    if (polygon === null) return [0, 0, 0, 0]
    const { x, y, width: w, height: h } = bboxOf(polygon)
    return [x, y, x + w, y + h]
  })
  return {
    xyxy,
    xyxyn: xyxy.map(([x0, y0, x1, y1]) => [x0 / width, y0 / height, x1 / width, y1 / height]),
    xywh: xyxy.map(([x0, y0, x1, y1]) => [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0]),
  }
}

export const resultOf = (path: string | null, prediction: Prediction): Result => ({
  path,
  origShape: [prediction.height, prediction.width],
  masks: masksOf(prediction),
  boxes: boxesOf(prediction),
  scores: prediction.objects.map(({ chosen }) => chosen.score),
  speed: prediction.speed,
})

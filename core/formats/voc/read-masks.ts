/**
 * The masks that belong to an annotation of Pascal VOC: SegmentationObject beside Annotations, an object a value. Each
 * is given to the object of the XML whose box it fills; the class is the XML's.
 */
import { existsSync } from 'node:fs'
import { messageOf } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import { readSmallFile } from '../../files/small-file.ts'
import { readProblem, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import { rasterWhere, readPngSamples } from '../../import/png-samples.ts'
import { VOID } from './masks.ts'

/** Bytes of a mask. */
const LIMIT = 64e6

/** A mask that is seen whole fills its object's box, but for a border: by this share of both at least. */
const LEAST = 0.5

type Box = ReadObject['box']
type Raster = NonNullable<ReturnType<typeof rasterWhere>>

const areaOf = ([x0, y0, x1, y1]: Box) => Math.max(0, x1 - x0) * Math.max(0, y1 - y0)

/** Intersection over union. */
const overlapOf = (a: Box, b: Box): number => {
  const shared = areaOf([
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ])
  return shared / (areaOf(a) + areaOf(b) - shared)
}

/** Past its box by rounding a mask may be this far, pixels. */
const SLACK = 1.5

/** What is seen of an object that lies under others lies in its box, however little it is. */
const liesIn = (inner: Box, outer: Box): boolean =>
  inner[0] >= outer[0] - SLACK &&
  inner[1] >= outer[1] - SLACK &&
  inner[2] <= outer[2] + SLACK &&
  inner[3] <= outer[3] + SLACK

/** How well a mask fits a box: 0 where it is a part of it alone, null where it does not. */
const fitOf = (mask: Box, box: Box): number | null => {
  const overlap = overlapOf(mask, box)
  if (overlap >= LEAST) return overlap
  return liesIn(mask, box) ? 0 : null
}

/** Where the masks of `Annotations/x.xml` lie; null where the file lies in no such folder. */
const masksFileOf = (file: string): string | null => {
  const found = /^(.*[\\/])Annotations([\\/].*)\.xml$/i.exec(file)
  return found === null ? null : `${found[1]!}SegmentationObject${found[2]!}.png`
}

const boxOf = ({ x, y, width, height }: Raster): Box => [x, y, x + width, y + height]

/**
 * The objects with the pixels that the masks have of them; those without stay boxes.
 * @param file of the XML
 * @param where the same, for reports
 */
export const withMasks = async (
  loaded: LoadedObjects,
  file: string,
  where: string,
): Promise<LoadedObjects> => {
  const path = masksFileOf(file)
  if (path === null || loaded.objects.length === 0 || !existsSync(path)) return loaded
  const leave = (why: string): LoadedObjects => ({
    objects: loaded.objects,
    problems: [...loaded.problems, readProblem(null, `${where}: ${why}`)],
  })
  try {
    const samples = readPngSamples(
      await readSmallFile(path, { limit: LIMIT }),
      said('its SegmentationObject'),
    )
    const size = loaded.objects[0]!.size
    if (size !== null && (size.width !== samples.width || size.height !== samples.height))
      return leave(
        said('its masks are of {theirs} pixels, where the image has {size}; its boxes are read.', {
          theirs: `${samples.width} x ${samples.height}`,
          size: `${size.width} x ${size.height}`,
        }),
      )
    const values = [...new Set<number>(samples.data)].filter((value) => value !== 0 && value !== VOID)
    const masks = values
      .sort((a, b) => a - b)
      .flatMap((value) => rasterWhere(samples, (one) => one === value) ?? [])
    // The best pairs first: of boxes that lie in each other, each has its own mask.
    const pairs = masks
      .flatMap((raster, mask) =>
        loaded.objects.flatMap(({ box }, object) => {
          const fit = fitOf(boxOf(raster), box)
          return fit === null ? [] : [{ raster, mask, object, fit }]
        }),
      )
      // Of equal ones the number decides: VOC counts objects as the XML lists them.
      .sort((a, b) => b.fit - a.fit || Math.abs(a.mask - a.object) - Math.abs(b.mask - b.object))
    const rasters = new Map<number, Raster>()
    const taken = new Set<number>()
    for (const { raster, mask, object } of pairs) {
      if (taken.has(mask) || rasters.has(object)) continue
      taken.add(mask)
      rasters.set(object, raster)
    }
    const objects = loaded.objects.map((object, index): ReadObject => {
      const raster = rasters.get(index)
      return raster === undefined ? object : { ...object, shape: { type: 'raster', raster } }
    })
    const lost = masks.length - taken.size
    return lost === 0
      ? { ...loaded, objects }
      : {
          ...leave(
            said('{lost, number} of its masks fit the box of no object; they are left out.', { lost }),
          ),
          objects,
        }
  } catch (thrown) {
    return leave(said("its masks can't be read ({why}); its boxes are.", { why: messageOf(thrown) }))
  }
}

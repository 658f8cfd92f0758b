/**
 * Boxes of any detector as one kind of record, whatever file they came from, and which image each belongs to. Pure.
 * The files are read by boxes-files.ts, YOLO's lines by boxes-yolo.ts, COCO's JSON by boxes-coco.ts.
 */
import { maxOf } from '../../common/extremes.ts'
import type { Problem } from '../../common/contract/work.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { BoxPrompt } from '../../common/model.ts'

/** An object that a detector found. */
export interface DetectedBox {
  /** The name of its class. */
  readonly label: string
  /** Left, top, right, bottom: pixels of the upright image, or shares of its width and height. */
  readonly corners: readonly [x0: number, y0: number, x1: number, y1: number]
  readonly unit: 'pixel' | 'share'
  /** The detector's confidence, 0..1; null when it tells none. */
  readonly score: number | null
  /** The size of the image that the detector saw, when the file tells it. */
  readonly size: Size | null
  /** Where it was read, for reports: file and line or record. */
  readonly where: string
}

/** The boxes of one image, by the name that the file has for it: a path with or without folders and extension. */
export interface ImageBoxes {
  readonly name: string
  readonly boxes: DetectedBox[]
}

export interface ReadBoxes {
  readonly images: readonly ImageBoxes[]
  /** Records that could not be read. */
  readonly problems: readonly Problem[]
  /** What to know about the whole. */
  readonly notes: readonly string[]
}

export const boxProblem = (image: string | null, message: string): Problem => ({
  image,
  annotationId: null,
  message,
})

const normalised = (path: string) => path.replaceAll('\\', '/').normalize('NFC')

const withoutExtension = (path: string) => path.replace(/\.[^./]*$/, '')

const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** How many names two paths share, counted from the end. */
const sharedTail = (a: string, b: string) => {
  const [one, two] = [a.split('/').reverse(), b.split('/').reverse()]
  const different = one.findIndex((name, index) => name !== two[index])
  return different === -1 ? one.length : different
}

export type FoundImage<T> = { readonly image: T } | { readonly problem: string }

/**
 * Finds images by the names that detectors give them: the path, the path without its extension, the end of it when
 * only one image has that (labels/train/a.txt is train/a.jpg), or a number without its leading zeros (COCO's ids).
 */
export const createImageFinder = <T extends { readonly path: string }>(images: readonly T[]) => {
  const byPath = new Map<string, T[]>()
  const byStem = new Map<string, T[]>()
  const add = (map: Map<string, T[]>, key: string, image: T) => {
    const known = map.get(key)
    if (known) known.push(image)
    else map.set(key, [image])
  }
  const numberOf = (stem: string) => (/^\d+$/.test(stem) ? `#${stem.replace(/^0+(?=\d)/, '')}` : null)
  for (const image of images) {
    const path = normalised(image.path)
    add(byPath, path, image)
    const bare = withoutExtension(path)
    const stem = stemOf(bare)
    for (const key of new Set([stem, stemOf(path), numberOf(stem)])) if (key !== null) add(byStem, key, image)
  }

  return (given: string): FoundImage<T> => {
    const name = normalised(given).replace(/^(\.?\/)+/, '')
    const exact = byPath.get(name)?.[0]
    if (exact) return { image: exact }
    const stem = stemOf(name)
    // A stem may hold a dot itself: the whole name first, then without what may be an extension.
    const candidates =
      byStem.get(stem) ?? byStem.get(withoutExtension(stem)) ?? byStem.get(numberOf(stem) ?? '') ?? []
    const bare = byStem.has(stem) ? name : withoutExtension(name)
    const tails = candidates.map((image) => {
      const path = normalised(image.path)
      return Math.max(sharedTail(path, name), sharedTail(withoutExtension(path), bare))
    })
    const longest = maxOf(tails)
    const best = candidates.filter((_, index) => tails[index] === longest)
    if (best.length > 1)
      return { problem: `${best.length} images are called ${stem}: ${given} may be any of them.` }
    return best[0] ? { image: best[0] } : { problem: `There is no image called ${given} in the project.` }
  }
}

/** A box narrower than this is nothing that a mask could fill, image pixels. */
const SMALLEST = 1

/** The box as a prompt, cut to the upright image; or why it can't be one. */
export const promptOfBox = (
  { corners, unit, size }: DetectedBox,
  image: Size,
): { readonly prompt: BoxPrompt } | { readonly problem: string } => {
  if (size !== null && (size.width !== image.width || size.height !== image.height))
    return {
      problem: `The boxes are of an image of ${size.width} x ${size.height}, this one is ${image.width} x ${image.height}.`,
    }
  const [wide, high] = unit === 'share' ? [image.width, image.height] : [1, 1]
  const hold = (value: number, limit: number) => Math.min(limit, Math.max(0, value))
  // Thousandths of a pixel: the same box read again is the same.
  const round = (value: number) => Math.round(value * 1000) / 1000
  const [x0, y0, x1, y1] = corners
  const prompt: BoxPrompt = {
    type: 'box',
    x0: round(hold(x0 * wide, image.width)),
    y0: round(hold(y0 * high, image.height)),
    x1: round(hold(x1 * wide, image.width)),
    y1: round(hold(y1 * high, image.height)),
  }
  if (prompt.x1 - prompt.x0 < SMALLEST || prompt.y1 - prompt.y0 < SMALLEST)
    return { problem: 'The box is outside of the image, or smaller than a pixel.' }
  return { prompt }
}

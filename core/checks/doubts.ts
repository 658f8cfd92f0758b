/**
 * How doubtful each object is: the model's score and where it disagreed with itself, a size and shape far from what is
 * usual for its class, another object of the class that it covers, an outline that crosses itself, the edge of the image,
 * tininess. Pure. The weights are ours: what is nearly always a mistake comes first, what is only worth a look last.
 */
import type { Doubt } from '../../common/contract/doubts.ts'
import { areaOf, bboxOf, hasArea, ringsOfPart, type Box } from '../../common/geometry/measure.ts'
import { iou } from '../../common/geometry/overlap.ts'
import { entangledRings } from '../../common/geometry/validity.ts'
import type { Annotation, ImageItem, LabelId, Shape } from '../../common/model.ts'
import { said } from '../../common/said.ts'

interface Reason {
  /** 0..1 */
  readonly weight: number
  readonly text: string
}

interface Looked {
  readonly imageId: number
  readonly objectId: string
  readonly labelId: LabelId
  /** Natural logarithms: share of the image, and width by height; null of points and lines, of which no size is usual. */
  readonly measures: { readonly size: number; readonly aspect: number } | null
  readonly reasons: readonly Reason[]
}

/** Image pixels squared, as of the check for tiny objects. */
const LEAST_AREA = 16
/** Of a figure of 0..1: from which on it says nothing, at which it says most, and the weight that it has there. */
interface Scale {
  readonly good: number
  readonly bad: number
  readonly most: number
}

/** The model's score. */
const score: Scale = { good: 0.9, bad: 0.5, most: 0.8 }
/**
 * How far the model agreed with itself, IoU. Of 209 boxes of COCO those under .7 had a mean IoU of .49 with people's
 * outlines, all of them .73 (docs/checks.md).
 */
const agreed = {
  second: { good: 0.85, bad: 0.5, most: 0.6 },
  mirrored: { good: 0.85, bad: 0.5, most: 0.6 },
  // A part and the whole are often both offered: that alone is no fault.
  candidates: { good: 0.8, bad: 0.4, most: 0.4 },
} as const satisfies Record<string, Scale>
/** Covering another object of the class by more than this share of both is doubtful: IoU. */
const COVERED = 0.5
/** How near to the edge touches it, image pixels. */
const AT_EDGE = 1
/** Fewer objects of a class have nothing usual. */
const LEAST_OF_CLASS = 8
/** Median absolute deviations, scaled to be standard deviations of a normal distribution, that are far (Iglewicz and Hoaglin, 1993). */
const FAR = 3.5
const MAD_TO_SIGMA = 1.4826
/** Natural logarithm: of coins that are all the same, one of twice the size is not far yet, one of 2.4 times is. */
const LEAST_SPREAD = 0.25

const percent = (share: number) => `${Math.round(100 * Math.max(0, Math.min(1, share)))}%`

/** The reason that a figure is; none where it is good. @param text asked for only where it is said */
const reasonsOf = (figure: number, { good, bad, most }: Scale, text: () => string): Reason[] => {
  const share = Math.min(1, (good - figure) / (good - bad))
  return figure >= good ? [] : [{ weight: 0.1 + (most - 0.1) * share, text: text() }]
}

/** Why an object is doubtful of which the model itself saw more than one mask. */
const disagreements = ({ consistency = {} }: Annotation): Reason[] => {
  const { second = 1, mirrored = 1, candidates = 1 } = consistency
  const common = (figure: number) => ({ share: percent(figure) })
  return [
    ...reasonsOf(second, agreed.second, () =>
      said('A second look gave another mask ({share} in common)', common(second)),
    ),
    ...reasonsOf(mirrored, agreed.mirrored, () =>
      said('The mirrored image gave another mask ({share} in common)', common(mirrored)),
    ),
    ...reasonsOf(candidates, agreed.candidates, () =>
      said('The other masks of the click were unlike it ({share} in common)', common(candidates)),
    ),
  ]
}

const isCrossed = (shape: Shape): boolean =>
  shape.type === 'polygon' && shape.parts.some((part) => entangledRings(ringsOfPart(part)).length > 0)

const touchesEdge = ({ x, y, width, height }: Box, image: ImageItem): boolean =>
  image.width !== null &&
  image.height !== null &&
  (x <= AT_EDGE || y <= AT_EDGE || x + width >= image.width - AT_EDGE || y + height >= image.height - AT_EDGE)

const mayCover = (a: Box, b: Box): boolean => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return (
    width > 0 &&
    height > 0 &&
    width * height > (COVERED / 2) * Math.min(a.width * a.height, b.width * b.height)
  )
}

/** The most that another object of its class covers it; 0 when none does. */
const mostCovered = (objects: readonly Annotation[], boxes: readonly Box[]): number[] => {
  const most = objects.map(() => 0)
  for (let i = 0; i < objects.length; i++)
    for (let j = i + 1; j < objects.length; j++) {
      if (objects[i]!.labelId !== objects[j]!.labelId || !mayCover(boxes[i]!, boxes[j]!)) continue
      const share = iou(objects[i]!.shape, objects[j]!.shape)
      most[i] = Math.max(most[i]!, share)
      most[j] = Math.max(most[j]!, share)
    }
  return most
}

/** What speaks against the objects of one image, each by itself. */
export const lookAtImage = (
  image: ImageItem,
  objects: readonly Annotation[],
  nameOf: (labelId: LabelId) => string,
): Looked[] => {
  const boxes = objects.map(({ shape }) => bboxOf(shape))
  const covered = mostCovered(objects, boxes)
  const pixels = (image.width ?? 0) * (image.height ?? 0)
  return objects.map((object, index): Looked => {
    const box = boxes[index]!
    const area = areaOf(object.shape)
    const reasons: Reason[] = []
    if (isCrossed(object.shape)) reasons.push({ weight: 0.8, text: said('Its outline crosses itself') })
    if (covered[index]! > COVERED)
      reasons.push({
        weight: 0.4 + covered[index]! / 2,
        text: said('Covers another {name} ({share} in common)', {
          name: nameOf(object.labelId),
          share: percent(covered[index]!),
        }),
      })
    if (hasArea(object.shape) && area < LEAST_AREA) reasons.push({ weight: 0.6, text: said('Tiny') })
    const given = object.score
    if (given !== null)
      reasons.push(
        ...reasonsOf(given, score, () => said('The model gave it {score}', { score: percent(given) })),
      )
    reasons.push(...disagreements(object))
    if (object.proposed) reasons.push({ weight: 0.3, text: said('Proposed, and not accepted yet') })
    if (touchesEdge(box, image)) reasons.push({ weight: 0.1, text: said('Touches the edge of the image') })
    return {
      imageId: image.id,
      objectId: object.id,
      labelId: object.labelId,
      measures: hasArea(object.shape)
        ? {
            size: Math.log(Math.max(1, area) / Math.max(1, pixels)),
            aspect: Math.log(Math.max(1e-3, box.width) / Math.max(1e-3, box.height)),
          }
        : null,
      reasons,
    }
  })
}

const medianOf = (sorted: Float64Array): number => sorted[sorted.length >> 1] ?? 0

interface Usual {
  readonly middle: number
  readonly spread: number
}

const usualOf = (values: readonly number[]): Usual => {
  const middle = medianOf(Float64Array.from(values).sort())
  const away = Float64Array.from(values, (value) => Math.abs(value - middle)).sort()
  return { middle, spread: Math.max(LEAST_SPREAD, MAD_TO_SIGMA * medianOf(away)) }
}

const farReason = (value: number, usual: Usual, more: string, less: string): Reason[] => {
  const away = (value - usual.middle) / usual.spread
  const far = Math.abs(away)
  return far <= FAR
    ? []
    : [{ weight: Math.min(0.75, 0.3 + 0.05 * (far - FAR)), text: away > 0 ? more : less }]
}

/** Independent reasons: what remains of the trust after each of them. */
const doubtOf = (reasons: readonly Reason[]): number =>
  1 - reasons.reduce((trust, { weight }) => trust * (1 - weight), 1)

/** All that are doubtful, those of an image together, the worst image first. */
export const doubtsOf = (looked: readonly Looked[], nameOf: (labelId: LabelId) => string): Doubt[] => {
  const byClass = new Map<LabelId, NonNullable<Looked['measures']>[]>()
  for (const { labelId, measures } of looked) {
    if (!measures) continue
    const known = byClass.get(labelId)
    if (known) known.push(measures)
    else byClass.set(labelId, [measures])
  }
  const usual = new Map(
    [...byClass]
      .filter(([, all]) => all.length >= LEAST_OF_CLASS)
      .map(([labelId, all]) => [
        labelId,
        { size: usualOf(all.map(({ size }) => size)), aspect: usualOf(all.map(({ aspect }) => aspect)) },
      ]),
  )
  const worst = new Map<number, number>()
  const doubts = looked.flatMap(({ imageId, objectId, labelId, measures, reasons: own }): Doubt[] => {
    const norm = usual.get(labelId)
    const name = nameOf(labelId)
    const reasons = [
      ...own,
      ...(norm && measures
        ? [
            ...farReason(
              measures.size,
              norm.size,
              said('Much larger than is usual for {name}', { name }),
              said('Much smaller than is usual for {name}', { name }),
            ),
            ...farReason(
              measures.aspect,
              norm.aspect,
              said('Much wider than is usual for {name}', { name }),
              said('Much narrower than is usual for {name}', { name }),
            ),
          ]
        : []),
    ].sort((a, b) => b.weight - a.weight)
    if (reasons.length === 0) return []
    const doubt = doubtOf(reasons)
    worst.set(imageId, Math.max(worst.get(imageId) ?? 0, doubt))
    return [{ imageId, objectId, labelId, doubt, reasons: reasons.map(({ text }) => text) }]
  })
  return doubts.sort(
    (a, b) => worst.get(b.imageId)! - worst.get(a.imageId)! || a.imageId - b.imageId || b.doubt - a.doubt,
  )
}

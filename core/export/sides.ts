/** Which images train, validate and test: what is asked, what is alike, what was stored, and what to know of it. */
import type { SplitRequest } from '../../common/contract/export.ts'
import type { ImageId, Side } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { findAlike, type Looking } from './alike.ts'
import type { PlannedImage, Run } from './run.ts'
import { SIDES, splitImages, type SplitAsk } from './split/split.ts'

export { SIDES }
export type { Side }

/** Something of each side. */
export type BySide<T> = Record<Side, T[]>

export const bySide = <T>(): BySide<T> => ({ train: [], val: [], test: [] })

export type DividedImage = Pick<PlannedImage, 'id' | 'path' | 'bytes' | 'hasObjects' | 'classes' | 'side'>

const askOf = ({ validation, seed, split = {} }: SplitRequest): SplitAsk => {
  const { test = 0, byFolder = true, pattern = null, balance = false } = split
  const grouping = { byFolder, pattern: pattern === null ? null : new RegExp(pattern, 'u') }
  return { validation, test, seed, grouping, balance }
}

type Sides = ReadonlyMap<ImageId, Side>

/** 'trains' of one, 'train' of several. */

const words = { train: 'training', val: 'validation', test: 'test' } as const

/** A model that never sees a class can't learn it. */
const untrainedNotes = (
  images: readonly DividedImage[],
  sides: Sides,
  names: readonly string[],
): string[] => {
  const seen = new Map<number, Set<Side>>()
  for (const { id, classes } of images)
    for (const one of classes) seen.set(one, (seen.get(one) ?? new Set()).add(sides.get(id)!))
  return [...seen]
    .filter(([, on]) => !on.has('train'))
    .map(([one, on]) => {
      const where = [...on].map((side) => words[side]).join(' and ')
      return said('The class "{name}" is on images of {where} alone: it is not trained.', {
        name: names[one] ?? one,
        where,
      })
    })
}

/** What belongs together is apart only where an older split put it so. */
const strayNotes = (likeness: ReadonlyMap<ImageId, readonly string[]>, sides: Sides): string[] => {
  const on = new Map<string, Set<Side>>()
  for (const [id, texts] of likeness) {
    const side = sides.get(id)
    for (const text of side === undefined ? [] : texts)
      on.set(text, (on.get(text) ?? new Set<Side>()).add(side!))
  }
  const stray = new Set(
    [...likeness]
      .filter(([, texts]) => texts.some((text) => (on.get(text)?.size ?? 0) > 1))
      .map(([id]) => id),
  )
  return stray.size > 0
    ? [
        said(
          '{size, number} images have a copy, or a picture that looks nearly the same, on another side: the stored split put them there. Divide anew to mend it.',
          { size: stray.size },
        ),
      ]
    : []
}

export interface Divided {
  readonly sides: Sides
  readonly notes: readonly string[]
}

/** Divides the images as it is asked; those that a stored split put somewhere stay there. */
export const divideImages = async (
  looking: Looking,
  request: SplitRequest,
  images: readonly DividedImage[],
  names: readonly string[],
): Promise<Divided> => {
  const { likeness, notes } = await findAlike(looking, images, request.split?.similar === true)
  const given = images.map((image) => ({ ...image, likeness: likeness.get(image.id) ?? [] }))
  const split = splitImages(given, askOf(request))
  const sides = new Map(images.map(({ id }, index) => [id, split.sides[index]!]))
  return {
    sides,
    notes: [
      ...notes,
      ...split.notes,
      ...untrainedNotes(images, sides, names),
      ...strayNotes(likeness, sides),
    ],
  }
}

export interface Division {
  sideOf(image: PlannedImage): Side
  /** Says how many images are on each side, and what is to be known of it. */
  notes(written: Readonly<BySide<unknown>>): string[]
}

/** Divides the images of an export as its request asks. */
export const divide = async (run: Run, images: readonly PlannedImage[]): Promise<Division> => {
  const { sides, notes } = await divideImages(
    run,
    run.request,
    images,
    run.labels.map(({ name }) => name),
  )
  for (const [id, side] of sides) run.divided.set(id, side)
  const kept = images.filter(({ side }) => side !== null).length
  return {
    sideOf: ({ id }) => sides.get(id) ?? 'train',
    notes: ({ train, val, test }) => {
      const [trained, validated, tested] = [train.length, val.length, test.length]
      const divided =
        tested > 0
          ? said(
              '{train, plural, one {# image trains} other {# images train}}, {val, plural, one {# validates} other {# validate}}, {test, plural, one {# tests} other {# test}}',
              { train: trained, val: validated, test: tested },
            )
          : said(
              '{train, plural, one {# image trains} other {# images train}}, {val, plural, one {# validates} other {# validate}}',
              { train: trained, val: validated },
            )
      const { seed } = run.request
      return [
        kept > 0
          ? said('{divided} ({kept} where the stored split put them, seed {seed}).', { divided, kept, seed })
          : said('{divided} (seed {seed}).', { divided, seed }),
        ...notes,
      ]
    },
  }
}

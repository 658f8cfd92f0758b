/** Which images of an export train, validate and test. */
import type { ExportRequest } from '../../common/contract/export.ts'
import type { Side } from '../../common/model.ts'
import { findAlike } from './alike.ts'
import type { PlannedImage, Run } from './run.ts'
import { SIDES, splitImages, type SplitAsk } from './split/split.ts'

export { SIDES }
export type { Side }

/** What was written of each side. */
export type BySide<T> = Record<Side, T[]>

export const bySide = <T>(): BySide<T> => ({ train: [], val: [], test: [] })

export interface Division {
  sideOf(image: PlannedImage): Side
  /** Says how many images are on each side, and what is to be known of it. */
  notes(written: Readonly<BySide<unknown>>): string[]
}

/** What `splitImages` is asked by a request. */
const askOf = ({ validation, seed, split = {} }: ExportRequest): SplitAsk => {
  const { test = 0, byFolder = true, pattern = null, balance = false } = split
  const grouping = { byFolder, pattern: pattern === null ? null : new RegExp(pattern, 'u') }
  return { validation, test, seed, grouping, balance }
}

/** Divides the images as the request asks. */
export const divide = async (run: Run, images: readonly PlannedImage[]): Promise<Division> => {
  const { seed, split } = run.request
  const { likeness, notes } = await findAlike(run, images, split?.similar === true)
  const given = images.map((image) => ({ ...image, likeness: likeness.get(image.id) ?? [] }))
  const { sides, notes: more } = splitImages(given, askOf(run.request))
  const sideOf = new Map(images.map(({ id }, index) => [id, sides[index]!]))
  return {
    sideOf: ({ id }) => sideOf.get(id) ?? 'train',
    notes: ({ train, val, test }) => {
      const tested = test.length > 0 ? `, ${test.length} test` : ''
      return [
        `${train.length} images train, ${val.length} validate${tested} (seed ${seed}).`,
        ...notes,
        ...more,
      ]
    },
  }
}

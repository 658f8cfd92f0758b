/** How a draft looks that adds to an object or takes away from it: by colour, by its line, and by a word. */
import { toScreen } from '../../common/geometry/viewport.ts'
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import { drawTag, FALLBACK_COLOR, type Context } from '../paint/paint.ts'
import type { Region } from '../paint/region.ts'
import type { Onto } from './onto.ts'
import type { Look } from './stage-view.ts'
import { t } from '../texts/t.ts'

const ADDS = '#15803d'
const TAKES = '#d6293e'

export interface OntoLook {
  readonly color: string
  readonly dash?: readonly number[]
}

/** Of a new object without `onto`: the class's colour. */
export const ontoLook = (onto: Onto | null, { color, labels }: Look): OntoLook => {
  if (!onto) return { color }
  if (onto.how === 'take') return { color: TAKES, dash: [6, 4] }
  return { color: labels.get(onto.from.labelId)?.color ?? FALLBACK_COLOR }
}

/** The tag above a place; drawn by `drawOntoTag`. */
const tag = { above: 3, width: 260, height: 24 }

export const ontoTagRegion = (at: ImagePoint, view: Viewport): Region => {
  const { x, y } = toScreen(view, at)
  return { x0: x - 2, y0: y - tag.above - tag.height, x1: x + tag.width, y1: y + tag.above + tag.height }
}

/** Says above `at` what becomes of the draft. */
export const drawOntoTag = (
  context: Context,
  onto: Onto | null,
  at: ImagePoint,
  view: Viewport,
  { labels }: Look,
): void => {
  if (!onto) return
  const name = labels.get(onto.from.labelId)?.name ?? t('the object')
  const { x, y } = toScreen(view, at)
  const text = onto.how === 'add' ? `+ ${name}` : `− ${name}`
  drawTag(context, text, onto.how === 'add' ? ADDS : TAKES, x, y - tag.above)
}

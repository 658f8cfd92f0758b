/** Draws the committed shapes on a plain 2D canvas. */
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { Annotation, Label, LabelId } from '../../common/model.ts'
import {
  drawShape,
  drawTag,
  FALLBACK_COLOR,
  HALO,
  tagRegion,
  type Context,
  type Look,
} from '../paint/paint.ts'
import { LINE, uniteRegions, type Region } from '../paint/region.ts'
import type { StageLook } from '../tools/stage-look.ts'
import type { SceneItem } from './scene.ts'

/** What is added to the fill and the line that the user has set. */
const looks: Record<SceneItem['emphasis'], Omit<Look, 'color' | 'halo'>> = {
  none: { fill: 0, line: 0 },
  hovered: { fill: 0.16, line: 0.75 },
  selected: { fill: 0.12, line: 1.75, ants: true },
}

/** Of what was followed and is doubtful: amber on photos, light and dark. */
export const DOUBTFUL = '#ffb020'

/** What is only proposed is drawn lighter, with a line that is not whole. */
const proposal = { dash: [6, 4], fill: 0.35 } as const

const drawDot = (context: Context, { screen }: SceneItem, color: string) => {
  const [x, y] = [screen.x + screen.width / 2, screen.y + screen.height / 2]
  context.fillStyle = HALO
  context.fillRect(x - 2.5, y - 2.5, 5, 5)
  context.fillStyle = color
  context.fillRect(x - 1.5, y - 1.5, 3, 3)
}

/** The shapes alone, bottom first: names come with `drawNames`, above the shapes of all layers. */
export const drawShapes = (
  context: Context,
  items: readonly SceneItem[],
  labels: ReadonlyMap<LabelId, Label>,
  view: Viewport,
  look: StageLook,
): void => {
  for (const item of items) {
    const own = labels.get(item.annotation.labelId)?.color ?? FALLBACK_COLOR
    const color = item.doubtful ? DOUBTFUL : own
    if (item.detail === 'dot') drawDot(context, item, color)
    else {
      const halo = item.detail === 'full'
      const { fill, line, ants = false } = looks[item.emphasis]
      const { proposed, shape } = item.annotation
      const inside = look.outlines ? 0 : Math.min(1, look.fill + fill) * (proposed ? proposal.fill : 1)
      const lines = { fill: inside, line: look.line + line, ants }
      // The dark casing of a whole line would fill the gaps.
      const open = proposed && !ants ? { dash: proposal.dash, halo: false } : { halo }
      drawShape(context, view, shape, { ...lines, color, ...open })
    }
  }
}

/** As it is written: what is only proposed with a question mark, what is doubtful with how sure it is. */
export const nameOf = (
  { proposed, score }: Pick<Annotation, 'proposed' | 'score'>,
  { name }: Label,
  doubtful: boolean,
) => {
  // A class may be amber as well: the number tells.
  if (doubtful) return `${name}? ${Math.round(100 * (score ?? 0))}%`
  return proposed ? `${name}?` : name
}

/** How far above a shape its name ends, CSS pixels. */
export const NAME_ABOVE = 3

/** The names of the classes, those of proposals with a question mark, each at its shape's top left. */
export const drawNames = (
  context: Context,
  items: readonly SceneItem[],
  labels: ReadonlyMap<LabelId, Label>,
): void => {
  for (const { annotation, tagged, doubtful, screen } of items) {
    const label = labels.get(annotation.labelId)
    if (!tagged || !label) continue
    const color = doubtful ? DOUBTFUL : label.color
    drawTag(context, nameOf(annotation, label, doubtful), color, screen.x, screen.y - NAME_ABOVE)
  }
}

/** What shapes and their names are drawn on; null when there are none. */
export const regionOfItems = (items: readonly SceneItem[]): Region | null =>
  uniteRegions(
    items.flatMap(({ screen: { x, y, width, height }, tagged }) => [
      { x0: x - LINE, y0: y - LINE, x1: x + width + LINE, y1: y + height + LINE },
      ...(tagged ? [tagRegion(x, y - NAME_ABOVE)] : []),
    ]),
  )

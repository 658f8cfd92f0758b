/** Draws the committed shapes on a plain 2D canvas. */
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { Label, LabelId } from '../../common/model.ts'
import { drawShape, drawTag, FALLBACK_COLOR, HALO, type Context, type Look } from '../paint/paint.ts'
import type { StageLook } from '../tools/stage-look.ts'
import type { Scene, SceneItem } from './scene.ts'

/** What is added to the fill and the line that the user has set. */
const looks: Record<SceneItem['emphasis'], Omit<Look, 'color' | 'halo'>> = {
  none: { fill: 0, line: 0 },
  hovered: { fill: 0.16, line: 0.75 },
  selected: { fill: 0.12, line: 1.75, ants: true },
}

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
    const color = labels.get(item.annotation.labelId)?.color ?? FALLBACK_COLOR
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

const nameOf = ({ proposed }: SceneItem['annotation'], { name }: Label) => (proposed ? `${name}?` : name)

/** The names of the classes, those of proposals with a question mark, each at its shape's top left; of the emphasised ones last. */
export const drawNames = (
  context: Context,
  { plain, emphasised }: Scene,
  labels: ReadonlyMap<LabelId, Label>,
): void => {
  for (const { annotation, tagged, screen } of [...plain, ...emphasised]) {
    const label = labels.get(annotation.labelId)
    if (tagged && label) drawTag(context, nameOf(annotation, label), label.color, screen.x, screen.y - 3)
  }
}

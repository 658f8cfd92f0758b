/** What of the committed shapes is drawn, and how: culled by the viewport, with less detail when small. Pure. */
import { isDoubtful } from '../../common/doubtful.ts'
import type { Size } from '../../common/geometry/point.ts'
import { boxToScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { Annotation, AnnotationId, LabelId } from '../../common/model.ts'
import { POINT_RADIUS } from '../paint/paint.ts'
import { metricsOf } from '../tools/metrics.ts'
import { isHidden } from '../tools/stage-view.ts'

export interface SceneInput {
  readonly annotations: readonly Annotation[]
  readonly view: Viewport
  readonly stage: Size
  readonly hiddenLabels: ReadonlySet<LabelId>
  readonly hiddenObjects: ReadonlySet<AnnotationId>
  readonly selection: ReadonlySet<AnnotationId>
  readonly selected: AnnotationId | null
  readonly hovered: AnnotationId | null
  /** Names are written at the shapes; else at the hovered one alone. */
  readonly names: boolean
  /** Followed objects that are less sure want a look, 0..1. */
  readonly doubtBelow: number
  /** Drawn elsewhere: a shape that is being changed. */
  readonly active: AnnotationId | null
  /** Not emphasised: its handles say enough. */
  readonly handled: AnnotationId | null
}

export interface SceneItem {
  readonly annotation: Annotation
  /** dot: a mark for what is too small to see; thin: one line; full: halo, line and fill. */
  readonly detail: 'dot' | 'thin' | 'full'
  readonly emphasis: 'none' | 'hovered' | 'selected'
  /** It was followed, and wants a look. */
  readonly doubtful: boolean
  /** The class name is written at the shape's top left. */
  readonly tagged: boolean
  /** The shape's box on screen. */
  readonly screen: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

const DOT_SIDE = 3
const THIN_SIDE = 12
/** A shape with sides of at least these on screen carries its name, when not too many do; narrow ones too. */
const tagSides = { long: 64, short: 16 }
const MOST_TAGS = 40
/** Line widths and tags reach this far beyond the box, screen pixels. */
const MARGIN = 24

/** How far a point's mark reaches from its place, screen pixels. */
const POINT_REACH = POINT_RADIUS + 2

const screenBox = (annotation: Annotation, view: Viewport) => {
  const { x, y, width, height } = boxToScreen(view, metricsOf(annotation.shape).box)
  // Its mark has one size at every zoom.
  if (annotation.shape.type === 'point')
    return { x: x - POINT_REACH, y: y - POINT_REACH, width: 2 * POINT_REACH, height: 2 * POINT_REACH }
  return { x, y, width, height }
}

const isVisible = ({ x, y, width, height }: SceneItem['screen'], stage: Size) =>
  x < stage.width + MARGIN && y < stage.height + MARGIN && x + width > -MARGIN && y + height > -MARGIN

const detailOf = ({ width, height }: SceneItem['screen']): SceneItem['detail'] => {
  const side = Math.max(width, height)
  if (side < DOT_SIDE) return 'dot'
  return side < THIN_SIDE ? 'thin' : 'full'
}

const carriesName = ({ width, height }: SceneItem['screen']): boolean =>
  Math.max(width, height) >= tagSides.long && Math.min(width, height) >= tagSides.short

/** Two draw lists, bottom first each: `plain` has all, so that it does not change when the pointer moves; `emphasised`
 * has the hovered and the selected shapes, drawn over them. */
export interface Scene {
  readonly plain: readonly SceneItem[]
  readonly emphasised: readonly SceneItem[]
}

/** The hovered one lowest, the primary on top. */
const rank = ({ annotation, emphasis }: SceneItem, selected: AnnotationId | null) =>
  emphasis === 'hovered' ? 0 : annotation.id === selected ? 2 : 1

/** What `plain` is made from. */
type PlainInput = Omit<SceneInput, 'selection' | 'selected' | 'hovered' | 'handled'>

/** Shapes that are in sight, bottom first. */
export const plainOf = (input: PlainInput): readonly SceneItem[] => {
  const { annotations, view, stage, names, active, doubtBelow } = input
  const plain: SceneItem[] = []
  let tags = 0
  for (const annotation of annotations) {
    if (isHidden(input, annotation) || annotation.id === active) continue
    const screen = screenBox(annotation, view)
    if (!isVisible(screen, stage)) continue
    const tagged = names && carriesName(screen) && tags < MOST_TAGS
    if (tagged) tags += 1
    const doubtful = isDoubtful(annotation, doubtBelow)
    plain.push({ annotation, detail: detailOf(screen), emphasis: 'none', doubtful, tagged, screen })
  }
  return plain
}

const emphasisedOf = (
  plain: readonly SceneItem[],
  { selection, selected, hovered, names, handled }: SceneInput,
): readonly SceneItem[] => {
  const emphasised = plain.flatMap((item): SceneItem[] => {
    const { id } = item.annotation
    if (id === handled) return []
    if (selection.has(id))
      // The names of many would hide what they name.
      return [
        { ...item, detail: 'full', tagged: item.tagged || (names && id === selected), emphasis: 'selected' },
      ]
    return id === hovered ? [{ ...item, detail: 'full', tagged: true, emphasis: 'hovered' }] : []
  })
  return emphasised.sort((a, b) => rank(a, selected) - rank(b, selected))
}

/** Makes one scene after the other; `plain` stays the same list while only the hand moves. */
export const createScenes = (): ((input: SceneInput) => Scene) => {
  let madeFrom: readonly unknown[] = []
  let plain: readonly SceneItem[] = []
  return (input) => {
    const { annotations, view, stage, hiddenLabels, hiddenObjects, names, active, doubtBelow } = input
    const from = [annotations, view, stage, hiddenLabels, hiddenObjects, names, active, doubtBelow]
    if (from.some((value, at) => value !== madeFrom[at])) {
      madeFrom = from
      plain = plainOf(input)
    }
    return { plain, emphasised: emphasisedOf(plain, input) }
  }
}

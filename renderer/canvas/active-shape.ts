/**
 * The one shape that is edited: its outline, as of every shape, over it the handles as fabric's objects (vertices, middles of
 * edges, squares, the one that turns), and its name. Its inside is on a layer below, under all names, until it is changed.
 * Output only: the tool in hand holds the shape and reads the pointer; fabric gets no events. Fabric works in screen pixels
 * here, so that handles keep their size at every zoom.
 */
import { FabricObject, Path, Rect } from 'fabric'
import { handlePoint, handles, type VertexRef } from '../../common/geometry/hit.ts'
import { linesOf } from '../../common/geometry/measure.ts'
import type { ScreenPoint, Size } from '../../common/geometry/point.ts'
import { rotatedHandle, turningHandle } from '../../common/geometry/rotated.ts'
import { boxToScreen, stepToScreen, toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { RotatedRectangle, Shape } from '../../common/model.ts'
import { drawShape, drawTag, tagRegion, type Context } from '../paint/paint.ts'
import { uniteRegions, type Region } from '../paint/region.ts'
import { metricsOf } from '../tools/metrics.ts'
import { shapeRegion } from '../tools/shape-region.ts'
import { NAME_ABOVE } from './shape-layer.ts'
import { createMarkSprites, type RoundMark } from './mark-sprites.ts'
import { LEAST_MIDPOINT_EDGE, TURNING_REACH } from '../tools/gesture.ts'

export interface ActiveShape {
  readonly shape: Shape
  readonly color: string
  /** Of its class; null when it is not to be written. */
  readonly name: string | null
  /** Opacity of its inside: 0 while the layer below has it. */
  readonly fill: number
  /** It is a proposal: its line is not whole. */
  readonly dashed?: boolean
  /** The chosen ones. */
  readonly vertices: readonly VertexRef[]
  /** Drawn with a wider line. */
  readonly ring?: Pick<VertexRef, 'part' | 'ring'> | null
}

const still = {
  objectCaching: false,
  selectable: false,
  evented: false,
  originX: 'center',
  originY: 'center',
} as const
/** Vertices nearer to each other than this are drawn as small dots, screen pixels. */
const CROWDED = 14
/** Width of its line, and what is on and off of a proposal's, screen pixels. */
const LINE = 2
const dashes = [7, 5]
/** Width of the chosen ring's line, screen pixels. */
const CHOSEN = 5
/** Nearer than this they would hide the shape: only the chosen one is drawn. */
const TOO_CROWDED = 5

const vertexMark = (color: string, chosen: boolean, crowded: boolean): RoundMark => ({
  radius: chosen ? 6 : crowded ? 2.5 : 4.5,
  fill: chosen ? color : '#ffffff',
  stroke: chosen ? '#ffffff' : '#1b1b1b',
  rim: chosen ? 2 : 1.25,
  opacity: 1,
})

const midpointMark = (color: string): RoundMark => ({
  radius: 3,
  fill: color,
  stroke: '#ffffff',
  rim: 1.25,
  opacity: 0.9,
})

/** The one place of a point that is edited. */
const pointMark = (color: string): RoundMark => ({
  radius: 7,
  fill: color,
  stroke: '#ffffff',
  rim: 2.5,
  opacity: 1,
})

const turningMark = (color: string): RoundMark => ({
  radius: 6,
  fill: '#ffffff',
  stroke: color,
  rim: 2.5,
  opacity: 1,
})

const drawMark = createMarkSprites()

type PlacedMark = readonly [mark: RoundMark, at: readonly ScreenPoint[]]

/** All round marks as one object: as many of fabric's own take longer to make than to draw. */
class RoundMarks extends FabricObject {
  readonly placed: readonly PlacedMark[]
  constructor(placed: readonly PlacedMark[]) {
    super({ ...still })
    this.placed = placed
  }
  override isOnScreen() {
    return true
  }
  override render(context: CanvasRenderingContext2D) {
    for (const [mark, at] of this.placed) drawMark(context, mark, at)
  }
}

const handleMark = ({ x, y }: ScreenPoint, color: string) =>
  new Rect({ ...still, left: x, top: y, width: 9, height: 9, fill: '#ffffff', stroke: color, strokeWidth: 2 })

/** A rotated rectangle's handles, and the one that turns it at the end of a stem. */
const rotatedMarks = (shape: RotatedRectangle, color: string, view: Viewport): FabricObject[] => {
  const top = toScreen(view, rotatedHandle(shape, 'n'))
  const turning = toScreen(view, turningHandle(shape, TURNING_REACH / view.scale))
  const stem = new Path(
    [
      ['M', top.x, top.y],
      ['L', turning.x, turning.y],
    ],
    {
      objectCaching: false,
      selectable: false,
      evented: false,
      fill: '',
      stroke: color,
      strokeWidth: 1.5,
    },
  )
  const side = stepToScreen(view, { x: Math.cos(shape.angle), y: Math.sin(shape.angle) })
  const angle = (Math.atan2(side.y, side.x) * 180) / Math.PI
  const squares = handles.map((handle) => {
    const mark = handleMark(toScreen(view, rotatedHandle(shape, handle)), color)
    mark.set({ angle })
    return mark
  })
  return [stem, ...squares, new RoundMarks([[turningMark(color), [turning]]])]
}

const marks = ({ shape, color, vertices }: ActiveShape, view: Viewport, stage: Size): FabricObject[] => {
  const onStage = ({ x, y }: ScreenPoint) => x > -8 && y > -8 && x < stage.width + 8 && y < stage.height + 8
  if (shape.type === 'rectangle')
    return handles
      .map((handle) => toScreen(view, handlePoint(shape, handle)))
      .filter(onStage)
      .map((point) => handleMark(point, color))
  if (shape.type === 'rotated-rectangle') return rotatedMarks(shape, color, view)
  if (shape.type === 'point') return [new RoundMarks([[pointMark(color), [toScreen(view, shape)]]])]
  const keyOf = (ref: VertexRef) => `${ref.part} ${ref.ring} ${ref.vertex}`
  const chosenOnes = new Set(vertices.map(keyOf))
  const middles: ScreenPoint[] = []
  const crowded: ScreenPoint[] = []
  const plain: ScreenPoint[] = []
  const chosen: ScreenPoint[] = []
  for (const { points, isClosed, part, ring } of linesOf(shape))
    points.forEach(([x, y], vertex) => {
      const next = points[vertex + 1] ?? (isClosed ? points[0] : undefined)
      const [nx, ny] = next ?? [x, y]
      const length = next ? Math.hypot(nx - x, ny - y) * view.scale : Infinity
      const isChosen = chosenOnes.size > 0 && chosenOnes.has(keyOf({ part, ring, vertex }))
      const place = toScreen(view, { x, y })
      if (onStage(place) && (isChosen || length >= TOO_CROWDED))
        (isChosen ? chosen : length < CROWDED ? crowded : plain).push(place)
      if (!next || length < LEAST_MIDPOINT_EDGE) return
      const middle = toScreen(view, { x: (x + nx) / 2, y: (y + ny) / 2 })
      if (onStage(middle)) middles.push(middle)
    })
  return [
    new RoundMarks([
      [midpointMark(color), middles],
      [vertexMark(color, false, true), crowded],
      [vertexMark(color, false, false), plain],
      [vertexMark(color, true, false), chosen],
    ]),
  ]
}

/** The chosen ring, over the outline. */
const drawRing = (context: Context, { shape, ring, color }: ActiveShape, view: Viewport): void => {
  const points =
    ring && linesOf(shape).find((line) => line.part === ring.part && line.ring === ring.ring)?.points
  if (!points) return
  const alone: Shape = { type: 'polygon', parts: [{ outer: points, holes: [] }] }
  drawShape(context, view, alone, { color, fill: 0, line: CHOSEN, halo: true })
}

/** Handles reach this far beyond the shape, CSS pixels; beside a rotated rectangle stands one more. */
const REACH = 12
const REACH_TURNING = TURNING_REACH + REACH

/** The part of the stage that it is drawn on. */
export const activeRegion = ({ shape, name }: ActiveShape, view: Viewport): Region => {
  const { x0, y0, x1, y1 } = shapeRegion(shape, view)
  const reach = shape.type === 'rotated-rectangle' ? REACH_TURNING : REACH
  const reached = { x0: x0 - reach, y0: y0 - reach, x1: x1 + reach, y1: y1 + reach }
  const { x, y } = boxToScreen(view, metricsOf(shape).box)
  return name === null ? reached : uniteRegions([reached, tagRegion(x, y - NAME_ABOVE)])!
}

/** @param context of the stage's CSS pixels */
export const drawActive = (context: Context, active: ActiveShape, view: Viewport, stage: Size): void => {
  const { shape, color, fill, name, dashed } = active
  // Its mark is its handle.
  if (shape.type !== 'point')
    drawShape(context, view, shape, {
      color,
      fill,
      line: LINE,
      halo: true,
      ...(dashed === true ? { dash: dashes } : {}),
    })
  drawRing(context, active, view)
  if (name !== null) {
    const { x, y } = boxToScreen(view, metricsOf(shape).box)
    drawTag(context, name, color, x, y - NAME_ABOVE)
  }
  for (const mark of marks(active, view, stage)) mark.render(context)
}

/**
 * The one shape that is edited, on a fabric canvas: its outline, vertices, midpoints or rectangle handles, and its name;
 * its inside is on a layer below, under all names, until it is changed. Output only: the tool in hand holds the shape and
 * reads the pointer; fabric gets no events. Fabric works in screen pixels here, so that handles keep their size at every zoom.
 */
import { config, FabricObject, Path, Rect, StaticCanvas } from 'fabric'
import { handlePoint, handles, type VertexRef } from '../../common/geometry/hit.ts'
import { linesOf } from '../../common/geometry/measure.ts'
import type { ImagePoint, ScreenPoint, Size } from '../../common/geometry/point.ts'
import { rotatedHandle, turningHandle } from '../../common/geometry/rotated.ts'
import { boxToScreen, stepToScreen, toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { RotatedRectangle, Shape } from '../../common/model.ts'
import { drawTag, haloOf, tagRegion } from '../paint/paint.ts'
import { createKeptSize, isEmptyRegion, onPixels, onTiles, uniteRegions } from '../paint/region.ts'
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

export interface ActiveLayer {
  resize(size: Size): void
  draw(active: ActiveShape | null, view: Viewport): void
  close(): void
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
/** Width of the chosen ring's line, screen pixels. */
const CHOSEN = 5
/** Nearer than this they would hide the shape: only the chosen one is drawn. */
const TOO_CROWDED = 5

const outlines = (
  { shape, color, dashed, fill = 0 }: Pick<ActiveShape, 'shape' | 'color' | 'dashed'> & { fill?: number },
  view: Viewport,
  width = 2,
): FabricObject[] => {
  const place = ([x, y]: readonly [number, number]) => toScreen(view, { x, y })
  const commands = linesOf(shape).flatMap(({ points, isClosed }): (['M' | 'L', number, number] | ['Z'])[] => [
    ...points.map((vertex, index): ['M' | 'L', number, number] => {
      const { x, y } = place(vertex)
      return [index === 0 ? 'M' : 'L', x, y]
    }),
    ...(isClosed ? [['Z'] as ['Z']] : []),
  ])
  const line = { objectCaching: false, selectable: false, evented: false, strokeLineJoin: 'round' as const }
  return [
    new Path(commands, {
      ...line,
      fill:
        fill === 0
          ? ''
          : `${color}${Math.round(fill * 255)
              .toString(16)
              .padStart(2, '0')}`,
      fillRule: 'evenodd',
      stroke: haloOf(color),
      strokeWidth: width + 2,
    }),
    new Path(commands, {
      ...line,
      fill: '',
      stroke: color,
      strokeWidth: width,
      strokeDashArray: dashed === true ? [7, 5] : null,
    }),
  ]
}

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

type PlacedMark = readonly [mark: RoundMark, at: ScreenPoint]

const drawMark = createMarkSprites()

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
  return [stem, ...squares, new RoundMarks([[turningMark(color), turning]])]
}

const marks = ({ shape, color, vertices }: ActiveShape, view: Viewport, stage: Size): FabricObject[] => {
  const onStage = ({ x, y }: ScreenPoint) => x > -8 && y > -8 && x < stage.width + 8 && y < stage.height + 8
  if (shape.type === 'rectangle')
    return handles
      .map((handle) => toScreen(view, handlePoint(shape, handle)))
      .filter(onStage)
      .map((point) => handleMark(point, color))
  if (shape.type === 'rotated-rectangle') return rotatedMarks(shape, color, view)
  if (shape.type === 'point') return [new RoundMarks([[pointMark(color), toScreen(view, shape)]])]
  const keyOf = (ref: VertexRef) => `${ref.part} ${ref.ring} ${ref.vertex}`
  const chosenOnes = new Set(vertices.map(keyOf))
  const middles: PlacedMark[] = []
  const corners: PlacedMark[] = []
  for (const { points, isClosed, part, ring } of linesOf(shape))
    points.forEach(([x, y], vertex) => {
      const next = points[vertex + 1] ?? (isClosed ? points[0] : undefined)
      const [nx, ny] = next ?? [x, y]
      const here: ImagePoint = { x, y }
      const length = next ? Math.hypot(nx - x, ny - y) * view.scale : Infinity
      const chosen = chosenOnes.has(keyOf({ part, ring, vertex }))
      const at = toScreen(view, here)
      if (onStage(at) && (chosen || length >= TOO_CROWDED))
        corners.push([vertexMark(color, chosen, length < CROWDED), at])
      const middle = toScreen(view, { x: (x + nx) / 2, y: (y + ny) / 2 })
      if (next && length >= LEAST_MIDPOINT_EDGE && onStage(middle))
        middles.push([midpointMark(color), middle])
    })
  return [new RoundMarks([...middles, ...corners])]
}

/** The chosen ring, over the outline. */
const chosenRing = ({ shape, ring, color }: ActiveShape, view: Viewport): FabricObject[] => {
  const points =
    ring && linesOf(shape).find((line) => line.part === ring.part && line.ring === ring.ring)?.points
  if (!points) return []
  const alone: Shape = { type: 'polygon', parts: [{ outer: points, holes: [] }] }
  return outlines({ shape: alone, color }, view, CHOSEN)
}

/** Handles reach this far beyond the shape, CSS pixels; beside a rotated rectangle stands one more. */
const REACH = 12
const REACH_TURNING = TURNING_REACH + REACH
/** The name, where the layer of names has it. */
class Name extends FabricObject {
  readonly text: string
  readonly color: string
  readonly at: ScreenPoint
  constructor(text: string, color: string, at: ScreenPoint) {
    super({ ...still })
    this.text = text
    this.color = color
    this.at = at
  }
  override isOnScreen() {
    return true
  }
  override render(context: CanvasRenderingContext2D) {
    drawTag(context, this.text, this.color, this.at.x, this.at.y - NAME_ABOVE)
  }
}

const nameOf = ({ name, color, shape }: ActiveShape, view: Viewport): FabricObject[] =>
  name === null ? [] : [new Name(name, color, boxToScreen(view, metricsOf(shape).box))]

/** The part of the stage that is drawn on: without a GPU each pixel of a canvas is copied for each frame. */
const regionOf = ({ shape, name }: ActiveShape, view: Viewport, stage: Size) => {
  const { x0, y0, x1, y1 } = shapeRegion(shape, view)
  const reach = shape.type === 'rotated-rectangle' ? REACH_TURNING : REACH
  const reached = { x0: x0 - reach, y0: y0 - reach, x1: x1 + reach, y1: y1 + reach }
  const { x, y } = boxToScreen(view, metricsOf(shape).box)
  const all = name === null ? reached : uniteRegions([reached, tagRegion(x, y - NAME_ABOVE)])!
  return onPixels(onTiles(all), stage, window.devicePixelRatio)
}

/** `host` gets a canvas of its own: fabric lets go of a canvas too late for it to be used again. */
export const createActiveLayer = (host: HTMLElement): ActiveLayer => {
  const element = host.appendChild(document.createElement('canvas'))
  const canvas = new StaticCanvas(element, { renderOnAddRemove: false, enableRetinaScaling: true })
  Object.assign(element.style, { position: 'absolute', left: '0', top: '0', willChange: 'transform' })
  const keepSize = createKeptSize()
  let stage: Size = { width: 0, height: 0 }
  let placed = ''

  const place = (x: number, y: number, width: number, height: number) => {
    const wanted = [x, y, width, height, window.devicePixelRatio].join(' ')
    if (wanted === placed) return
    const isFitted = placed !== '' && width === canvas.width && height === canvas.height
    placed = wanted
    config.configure({ devicePixelRatio: window.devicePixelRatio })
    // What is moved by a transform needs no layout.
    element.style.transform = `translate(${x}px, ${y}px)`
    if (!isFitted) canvas.setDimensions({ width, height })
    canvas.setViewportTransform([1, 0, 0, 1, -x, -y])
  }

  return {
    resize(size) {
      stage = size
      placed = ''
    },
    draw(active, view) {
      canvas.remove(...canvas.getObjects())
      const needed = active && regionOf(active, view, stage)
      if (!active || !needed || isEmptyRegion(needed)) {
        // As good as hiding it, which would have the browser arrange its layers anew.
        if (placed !== '') canvas.renderAll()
        return
      }
      const region = onPixels(keepSize(needed, stage), stage, window.devicePixelRatio)
      place(region.x0, region.y0, region.x1 - region.x0, region.y1 - region.y0)
      canvas.add(...outlines(active, view), ...chosenRing(active, view))
      canvas.add(...nameOf(active, view), ...marks(active, view, stage))
      canvas.renderAll()
    },
    close() {
      void canvas.dispose()
      element.remove()
    },
  }
}

/** Strokes, fills and tags that read on any photo: under a line a wider one that it stands out from. CSS pixels. */
import { matrixOf, toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import { hasArea, linesOf } from '../../common/geometry/measure.ts'
import type { PointShape, Ring, Shape } from '../../common/model.ts'
import type { Region } from './region.ts'

export type Context = CanvasRenderingContext2D

/** @throws Error in a browser that has no 2D canvas */
export const contextOf = (canvas: HTMLCanvasElement): Context => {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no 2D canvas.')
  return context
}

export const HALO = 'rgba(0, 0, 0, 0.6)'
/** Under dark lines, which a dark photo would swallow. */
const LIGHT_HALO = 'rgba(255, 255, 255, 0.6)'
export const FALLBACK_COLOR = '#8b8b8b'
/** The outline of a mask in the making, cased in white: the app's accent, which no kept shape is drawn in. */
export const DRAFT_LINE = '#4f46e5'

/** Of a point's mark without its line, screen pixels. */
export const POINT_RADIUS = 4

/** Vertices nearer than this, or half of it, to the one before are left out of a small shape, screen pixels. */
const LEAST_STEP = 1.75

/**
 * A line along more vertices is put together from lines of one device pixel, which a browser without a GPU (it draws in
 * the window's own thread) has a fast way for: along 400 vertices 2 px take 1.5 ms in one stroke, .2 in four.
 */
const MOST_IN_ONE_STROKE = 100
/** From this width on, device pixels, one stroke is not slower. */
const WIDE = 6
/** An outline with more vertices on screen is drawn in fine lines: wide ones would run into each other. */
const MOST_WIDE = 800

/**
 * The inside of such an outline is filled along fewer vertices, as many as a picture of a third of the size needs; the
 * lines over it hide the difference. Filling costs 7 ms along 3,000 vertices, 1.6 ms along 1,500.
 */
const ROUGH_STEP = 3

interface Drawn {
  readonly path: Path2D
  readonly vertices: number
  readonly inside: Path2D
}

/** By octave of the scale: a shape drawn at half the size needs half the vertices. */
const paths = new WeakMap<Shape, Map<number, Drawn>>()

/** @returns how many vertices it has */
const addLine = (path: Path2D, ring: Ring, isClosed: boolean, step: number) => {
  let [lastX, lastY] = ring[0] ?? [0, 0]
  let vertices = 1
  path.moveTo(lastX, lastY)
  const end = isClosed ? undefined : ring.at(-1)
  for (const point of ring) {
    const [x, y] = point
    if (point !== end && Math.abs(x - lastX) < step && Math.abs(y - lastY) < step) continue
    path.lineTo(x, y)
    lastX = x
    lastY = y
    vertices += 1
  }
  if (isClosed) path.closePath()
  return vertices
}

const pathOf = (shape: Shape, step: number) => {
  const path = new Path2D()
  let vertices = 0
  for (const { points, isClosed } of linesOf(shape)) vertices += addLine(path, points, isClosed, step)
  return { path, vertices }
}

/** The shape in image pixels, with the vertices that can be told apart at that scale; made once for each octave. */
const drawnOf = (shape: Shape, scale: number): Drawn => {
  const octave = Math.min(4, Math.ceil(Math.log2(scale)))
  const known = paths.get(shape) ?? new Map<number, Drawn>()
  paths.set(shape, known)
  const old = known.get(octave)
  if (old) return old
  const step = octave === 4 ? 0 : LEAST_STEP / 2 ** octave
  const fine = pathOf(shape, step)
  const inside = fine.vertices > MOST_WIDE ? pathOf(shape, ROUGH_STEP * step).path : fine.path
  const drawn = { ...fine, inside }
  known.set(octave, drawn)
  return drawn
}

/** Runs `draw` with the context in image pixels; line widths are to be divided by the scale. */
const inImage = (context: Context, view: Viewport, draw: () => void): void => {
  context.save()
  context.transform(...matrixOf(view))
  draw()
  context.restore()
}

const fill = (context: Context, path: Path2D, color: string, opacity: number) => {
  context.globalAlpha = opacity
  context.fillStyle = color
  context.fill(path, 'evenodd')
  context.globalAlpha = 1
}

export const fillShape = (
  context: Context,
  view: Viewport,
  shape: Shape,
  color: string,
  opacity: number,
): void => {
  if (hasArea(shape))
    inImage(context, view, () => fill(context, drawnOf(shape, view.scale).inside, color, opacity))
}

export interface Look {
  readonly color: string
  /** Opacity of the inside. */
  readonly fill: number
  /** Width of the coloured line, screen pixels. */
  readonly line: number
  readonly halo: boolean
  readonly dash?: readonly number[]
  /** White dashes along the line, as of what is selected in drawing programs. */
  readonly ants?: boolean
}

type Offset = readonly [number, number]

/**
 * Where to repeat a line of one pixel to get one of `side` pixels: its corners, edges and middle. Over 3 pixels the line
 * has gaps, which do not show under the line that is drawn over it.
 */
const around = (side: number): Offset[] => {
  const far = (side - 1) / 2
  const places = side === 1 ? [0] : side === 2 ? [-far, far] : [-far, 0, far]
  return places.flatMap((x) => places.map((y): Offset => [x, y]))
}

const middle = around(1)
const beside: readonly Offset[] = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
]

/** Lines of one device pixel at each offset, device pixels. */
const strokeFinely = (context: Context, { scale }: Viewport, path: Path2D, offsets: readonly Offset[]) => {
  const pixel = 1 / (scale * window.devicePixelRatio)
  context.lineWidth = pixel
  for (const [x, y] of offsets) {
    context.translate(x * pixel, y * pixel)
    context.stroke(path)
    context.translate(-x * pixel, -y * pixel)
  }
}

/**
 * @param width screen pixels
 * @param rough what is drawn instead where the outline has too many vertices
 */
const strokeShape = (
  context: Context,
  view: Viewport,
  { path, vertices }: Drawn,
  width: number,
  rough: readonly Offset[],
): void => {
  const side = Math.max(1, Math.round(width * window.devicePixelRatio))
  if (vertices > MOST_WIDE) return strokeFinely(context, view, path, rough)
  if (vertices > MOST_IN_ONE_STROKE && side < WIDE) return strokeFinely(context, view, path, around(side))
  context.lineWidth = width / view.scale
  context.stroke(path)
}

/** A disc with a rim, of one size at every zoom. */
const drawPoint = (context: Context, view: Viewport, point: PointShape, look: Look): void => {
  const { x, y } = toScreen(view, point)
  context.save()
  context.beginPath()
  context.arc(x, y, POINT_RADIUS + look.line / 2, 0, 2 * Math.PI)
  context.fillStyle = look.color
  // What is only proposed is open.
  context.globalAlpha = look.dash ? 0.35 : 1
  context.fill()
  context.globalAlpha = 1
  const rim = look.ants ? '#ffffff' : haloOf(look.color)
  context.strokeStyle = look.dash ? look.color : rim
  context.lineWidth = look.ants ? 2.5 : 1.5
  if (look.dash) context.setLineDash([3, 2])
  context.stroke()
  context.restore()
}

export const drawShape = (context: Context, view: Viewport, shape: Shape, look: Look): void => {
  if (shape.type === 'point') return drawPoint(context, view, shape, look)
  const drawn = drawnOf(shape, view.scale)
  inImage(context, view, () => {
    context.lineJoin = 'round'
    if (look.fill > 0 && hasArea(shape)) fill(context, drawn.inside, look.color, look.fill)
    if (look.halo) {
      const halo = haloOf(look.color)
      context.strokeStyle = halo
      // Light shines over more than it covers, and is not to wash the colour out.
      strokeShape(context, view, drawn, look.line + (halo === HALO ? 1.5 : 1), beside)
    }
    if (look.dash) context.setLineDash(look.dash.map((length) => length / view.scale))
    context.strokeStyle = look.color
    strokeShape(context, view, drawn, look.line, middle)
    if (!look.ants) return
    context.setLineDash([5 / view.scale, 5 / view.scale])
    context.strokeStyle = '#ffffff'
    strokeShape(context, view, drawn, 1.25, middle)
  })
}

const channel = (color: string, start: number) => Number.parseInt(color.slice(start, start + 2), 16) / 255

/** Black or white, whichever reads better on a #rrggbb colour (WCAG relative luminance). */
export const textOn = (color: string): string => {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const luminance =
    0.2126 * linear(channel(color, 1)) +
    0.7152 * linear(channel(color, 3)) +
    0.0722 * linear(channel(color, 5))
  return luminance > 0.179 ? '#111111' : '#ffffff'
}

/** What a line of that colour is cased with: dark under light colours, light under dark ones. */
export const haloOf = (color: string): string => (textOn(color) === '#ffffff' ? LIGHT_HALO : HALO)

const TAG_FONT = '600 11px system-ui, sans-serif'
const TAG_HEIGHT = 17

/** More than a plate of `drawTag` is wide, CSS pixels: 32 wide letters. */
const MOST_TAG_WIDTH = 380

/** What `drawTag` may draw on, CSS pixels. */
export const tagRegion = (x: number, y: number): Region => {
  const [left, top] = [Math.max(2, Math.round(x)), Math.max(2, Math.round(y - TAG_HEIGHT))]
  return { x0: left - 1, y0: top - 1, x1: left + MOST_TAG_WIDTH, y1: top + TAG_HEIGHT + 1 }
}

/** Writes a name on a plate of its colour; its bottom left corner is at (x, y), kept on the stage. */
export const drawTag = (context: Context, text: string, color: string, x: number, y: number): void => {
  context.font = TAG_FONT
  const shown = text.length > 32 ? `${text.slice(0, 31)}…` : text
  const width = context.measureText(shown).width + 10
  const left = Math.max(2, Math.round(x))
  const top = Math.max(2, Math.round(y - TAG_HEIGHT))
  context.fillStyle = color
  context.beginPath()
  context.roundRect(left, top, width, TAG_HEIGHT, 3)
  context.fill()
  context.fillStyle = textOn(color)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillText(shown, left + 5, top + TAG_HEIGHT / 2 + 0.5)
}

/** White dots at screen points, as of the vertices of what is in the making. */
export const drawDots = (
  context: Context,
  points: readonly { readonly x: number; readonly y: number }[],
): void => {
  for (const { x, y } of points) {
    context.beginPath()
    context.arc(x, y, 4.5, 0, 2 * Math.PI)
    context.fillStyle = '#ffffff'
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = HALO
    context.stroke()
  }
}

/** A cased line through screen points. */
export const drawLine = (
  context: Context,
  points: readonly { readonly x: number; readonly y: number }[],
  color: string,
  dash: readonly number[] = [],
): void => {
  context.beginPath()
  points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  context.strokeStyle = haloOf(color)
  context.lineWidth = 3.5
  context.setLineDash([])
  context.stroke()
  context.strokeStyle = color
  context.lineWidth = 1.75
  context.setLineDash([...dash])
  context.stroke()
  context.setLineDash([])
}

/** Draws prompts and the state of the model. Positive and negative differ in sign and form, not in colour alone. */
import type { BoxPrompt, Prompt } from '../../common/model.ts'
import { toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { ScreenPoint } from '../../common/geometry/point.ts'
import { drawLine, HALO, type Context } from './paint.ts'

const POSITIVE = '#1a9e4b'
const NEGATIVE = '#d6293e'
const RADIUS = 8

const drawPoint = (context: Context, { x, y }: ScreenPoint, positive: boolean) => {
  context.beginPath()
  if (positive) context.arc(x, y, RADIUS, 0, 2 * Math.PI)
  else context.roundRect(x - RADIUS + 0.5, y - RADIUS + 0.5, 2 * RADIUS - 1, 2 * RADIUS - 1, 3)
  context.fillStyle = positive ? POSITIVE : NEGATIVE
  context.strokeStyle = HALO
  context.lineWidth = 4
  context.stroke()
  context.fill()
  context.strokeStyle = '#ffffff'
  context.lineWidth = 1.5
  context.stroke()
  context.lineWidth = 2
  context.lineCap = 'round'
  context.beginPath()
  context.moveTo(x - 4, y)
  context.lineTo(x + 4, y)
  if (positive) {
    context.moveTo(x, y - 4)
    context.lineTo(x, y + 4)
  }
  context.stroke()
  context.lineCap = 'butt'
}

export const drawBox = (context: Context, box: BoxPrompt, view: Viewport): void => {
  const a = toScreen(view, { x: box.x0, y: box.y0 })
  const b = toScreen(view, { x: box.x1, y: box.y1 })
  drawLine(context, [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }, a], '#ffffff', [6, 4])
}

export const drawPrompts = (context: Context, prompts: readonly Prompt[], view: Viewport): void => {
  for (const prompt of prompts) if (prompt.type === 'box') drawBox(context, prompt, view)
  for (const prompt of prompts)
    if (prompt.type === 'point') drawPoint(context, toScreen(view, prompt), prompt.positive)
}

/** Where the pill with the model's state is drawn: beside the newest prompt. */
export const anchorOf = (prompts: readonly Prompt[], view: Viewport): ScreenPoint | null => {
  const last = prompts.at(-1)
  if (!last) return null
  return toScreen(view, last.type === 'point' ? last : { x: last.x1, y: last.y1 })
}

/**
 * A pill with a ring and a text. `progress` 0..1 fills the ring; null lets a piece of it run round.
 * @param time `performance.now()`, ms
 */
export const drawProgress = (
  context: Context,
  at: ScreenPoint,
  text: string,
  progress: number | null,
  time: number,
): void => {
  context.font = '12px system-ui, sans-serif'
  const width = context.measureText(text).width + 34
  const [x, y] = [at.x + 14, at.y + 12]
  context.fillStyle = 'rgba(20, 20, 22, 0.88)'
  context.beginPath()
  context.roundRect(x, y, width, 24, 12)
  context.fill()
  const start = progress === null ? (time / 1000) * 2 * Math.PI : -Math.PI / 2
  const length = progress === null ? Math.PI / 2 : 2 * Math.PI * Math.min(0.97, Math.max(0.03, progress))
  context.lineWidth = 2.5
  context.strokeStyle = 'rgba(255, 255, 255, 0.25)'
  context.beginPath()
  context.arc(x + 13, y + 12, 6, 0, 2 * Math.PI)
  context.stroke()
  context.strokeStyle = '#ffffff'
  context.beginPath()
  context.arc(x + 13, y + 12, 6, start, start + length)
  context.stroke()
  context.fillStyle = '#ffffff'
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(text, x + 25, y + 12.5)
}

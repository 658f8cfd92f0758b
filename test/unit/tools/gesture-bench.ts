/** A workbench that is driven by pointer events in image pixels, for the table of gestures. */
import { partsOf } from '../../../common/geometry/measure.ts'
import type { Polygon, Shape } from '../../../common/model.ts'
import { objectByHand } from '../../support/objects.ts'
import { answerOf, settle, square } from './fake-core.ts'
import { create } from './open-workbench.ts'

/** A line of the table by its name, and what drives it. */
export type Lines = Readonly<Record<string, () => Promise<void>>>

interface Keys {
  readonly shift?: boolean
  readonly alt?: boolean
  readonly right?: boolean
  readonly clicks?: number
}
export const withShift: Keys = { shift: true }
export const withAlt: Keys = { alt: true }
export const withRight: Keys = { right: true }

const ring = (x: number, y: number, side: number) => square(x, y, side).parts[0]!.outer
export const holed: Polygon = {
  type: 'polygon',
  parts: [{ outer: ring(10, 10, 60), holes: [ring(25, 25, 30)] }],
}
export const inParts: Polygon = {
  type: 'polygon',
  parts: [
    { outer: ring(10, 10, 40), holes: [] },
    { outer: ring(70, 10, 40), holes: [] },
  ],
}

/** Image 1 of 200 x 100, two screen pixels an image pixel, with the objects that are named; the current class is cat. */
export const open = async (tool: string, shapes: Readonly<Record<string, Shape>> = {}, selected?: string) => {
  const bench = await create()
  const { get, core } = bench
  core.annotations = Object.entries(shapes).map(([id, shape]) => objectByHand(id, shape, { labelId: 'dog' }))
  await bench.open(2)
  await bench.open(1)
  bench.ready(1)
  get().setTool(tool)
  get().select(selected ?? null)
  const keysOf = ({ shift = false, alt = false }: Keys = {}) => ({ shift, alt })
  const press = (x: number, y: number, keys: Keys = {}) =>
    get().send({
      type: 'down',
      button: keys.right ? 'secondary' : 'primary',
      clicks: keys.clicks ?? 1,
      point: { x, y },
      ...keysOf(keys),
    })
  const move = (x: number, y: number, keys?: Keys) =>
    get().send({ type: 'move', point: { x, y }, ...keysOf(keys) })
  const lift = (x: number, y: number, keys?: Keys) =>
    get().send({ type: 'up', point: { x, y }, ...keysOf(keys) })
  const click = async (x: number, y: number, keys?: Keys) => {
    press(x, y, keys)
    lift(x, y, keys)
    await settle()
  }
  const drag = async (x0: number, y0: number, x1: number, y1: number, keys?: Keys) => {
    press(x0, y0, keys)
    move((x0 + x1) / 2, (y0 + y1) / 2, keys)
    move(x1, y1, keys)
    lift(x1, y1, keys)
    await settle()
  }
  const shape = (id: string) => get().annotations.find((annotation) => annotation.id === id)?.shape
  const outer = (id: string) => partsOf(shape(id)!)[0]!.outer
  const answer = async () => {
    await core.questions[0]!.answer(answerOf(30))
    await settle()
  }
  const prompts = () =>
    get().masks.prompts.map((prompt) => (prompt.type === 'point' ? prompt.positive : 'box'))
  const edits = () => core.done.length
  return { ...bench, press, move, lift, click, drag, shape, outer, answer, prompts, edits }
}

export const one = { one: square(10, 10, 40) }
export const two = { one: square(10, 10, 40), two: square(100, 10, 40) }

/**
 * The inputs of eight jobs, counted as docs/comparison.md tells them: the page fails with them when a job takes more, or
 * fewer. An input is a click, a drag, or a key. What a job needs of the model is given to it: how good masks are is
 * measured elsewhere (docs/performance.md).
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { areaOf } from '../../../common/geometry/measure.ts'
import type { Polygon, Ring, Shape } from '../../../common/model.ts'
import { answerOf, settle, square } from './fake-core.ts'
import { open as openBench, withAlt, withShift } from './gesture-bench.ts'

type Bench = Awaited<ReturnType<typeof openBench>>
type Keys = typeof withAlt

/** Counts what the hand does. */
const open = async (tool: string, shapes: Readonly<Record<string, Shape>> = {}) => {
  const bench = await openBench(tool, shapes)
  let inputs = 0
  const counted = <Given extends unknown[]>(act: (...given: Given) => unknown) => {
    return async (...given: Given) => {
      inputs += 1
      await act(...given)
      await settle()
    }
  }
  const key = counted((act: (state: ReturnType<Bench['get']>) => unknown) => act(bench.get()))
  const click = counted((x: number, y: number, keys?: Keys) => bench.click(x, y, keys))
  const drag = counted((points: readonly (readonly [number, number])[], keys?: Keys) => {
    const [[x, y], [endX, endY]] = [points[0]!, points.at(-1)!]
    bench.press(x, y, keys)
    for (const point of points.slice(1)) bench.move(...point, keys)
    bench.lift(endX, endY, keys)
  })
  const pick = counted((from: readonly [number, number], to: readonly [number, number]) => {
    const [start, end] = [from, to].map(([x, y]) => ({ x, y }))
    bench.get().pickWith({ type: 'down', point: start! })
    bench.get().pickWith({ type: 'move', point: end! })
    bench.get().pickWith({ type: 'up', point: end! })
  })
  /** The model's mask comes; nobody does anything for that. */
  const mask = async (side: number) => {
    await bench.core.questions.at(-1)!.answer(answerOf(side))
    await settle()
  }
  return { ...bench, key, click, drag, pick, mask, inputs: () => inputs }
}

const digit = (labelId: string) => (state: ReturnType<Bench['get']>) => state.pickLabel(labelId)
const counts: number[] = []
const job = (name: string, run: () => Promise<number>) =>
  it(name, async () => {
    counts.push(await run())
  })

/** A square with many vertices along its upper side. */
const jagged = (count: number): Polygon => {
  const edge = Array.from({ length: count }, (_, at): [number, number] => [
    20 + (at / count) * 60,
    20 - (at % 2),
  ])
  const rest: Ring = [
    [80, 20],
    [80, 80],
    [20, 80],
  ]
  return { type: 'polygon', parts: [{ outer: [...edge, ...rest], holes: [] }] }
}

describe('eight jobs', () => {
  job('ten coins', async () => {
    const { click, key, mask, get, inputs } = await open('smart')
    for (let coin = 0; coin < 10; coin++) {
      await click(10 + 15 * coin, 20)
      await mask(10 + coin)
      await key(digit('cat'))
    }
    expect(get().annotations).toHaveLength(10)
    return inputs()
  })

  job('a cup with the hole of its handle', async () => {
    const { click, key, mask, get, prompts, inputs } = await open('smart')
    await click(40, 40)
    await mask(40)
    await click(60, 50, withAlt)
    expect(prompts()).toEqual([true, false])
    await mask(30)
    await key(digit('cat'))
    expect(get().annotations).toHaveLength(1)
    return inputs()
  })

  job('two objects that touch, without overlap', async () => {
    const { click, key, mask, get, inputs } = await open('smart')
    for (const side of [30, 40]) {
      await click(side, 20)
      await mask(side)
      await key(digit('cat'))
    }
    const [small, large] = get().annotations
    get().select(large!.id)
    await key((state) => state.mend([...state.selection], 'trim'))
    expect(areaOf(get().annotations[1]!.shape)).toBe(areaOf(large!.shape) - areaOf(small!.shape))
    return inputs()
  })

  job('an object whose parts stand on both sides of a pole', async () => {
    const { click, key, mask, get, prompts, inputs } = await open('smart')
    await click(20, 20)
    await mask(30)
    await click(120, 20)
    expect(prompts()).toEqual([true, true])
    await mask(40)
    await key(digit('cat'))
    expect(get().annotations).toHaveLength(1)
    return inputs()
  })

  job('a wrong edge of 40 vertices', async () => {
    const { click, drag, key, outer, edits, inputs } = await open('smart', { one: jagged(40) })
    await key((state) => state.setTool('select'))
    await click(50, 50)
    await drag(
      [
        [20, 20],
        [30, 14],
        [70, 14],
        [80, 20],
      ],
      withShift,
    )
    expect(outer('one').length).toBeLessThan(10)
    expect(edits()).toBe(1)
    return inputs()
  })

  job('twenty objects to another class', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [
        `o${at}`,
        square(10 + (at % 10) * 15, 10 + 15 * Math.floor(at / 10), 10),
      ]),
    )
    const { key, pick, get, edits, inputs } = await open('smart', many)
    await pick([2, 2], [198, 60])
    await key(digit('cat'))
    expect(new Set(get().annotations.map(({ labelId }) => labelId))).toEqual(new Set(['cat']))
    expect(edits()).toBe(1)
    return inputs()
  })

  job('the next picture of a scene, with its objects', async () => {
    const { key, core, open: show, get, inputs } = await open('smart', { one: square(10, 10, 20) })
    const taken = get().annotations.map(({ labelId, shape }) => ({ labelId, shape }))
    core.annotations = []
    await key(() => show(2))
    await key((state) => state.place({ objects: taken, labels: [], verb: 'Took' }))
    expect(get().annotations.map(({ shape }) => shape)).toEqual([square(10, 10, 20)])
    return inputs()
  })

  job('one object made two', async () => {
    const { key, click, drag, get, inputs } = await open('smart', { one: square(10, 10, 40) })
    await key((state) => state.setTool('select'))
    await click(20, 20)
    await drag(
      [
        [30, 4],
        [30, 60],
      ],
      withShift,
    )
    expect(get().annotations).toHaveLength(2)
    return inputs()
  })

  it('take as many inputs as the page says', async () => {
    const page = await readFile('docs/comparison.md', 'utf8')
    const told = [...page.matchAll(/^\| \d\. [^|]+\| +(\d+) +\|/gm)].map(([, count]) => Number(count))
    expect(counts).toEqual(told)
  })
})

/** Lanes of boxes to masks: who takes which image, the order of what must keep it, and what ends them. */
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import type { ReadStore } from '../../../core/store/read-store.ts'
import type { BoxOfObject } from '../../../core/import/objects.ts'
import type { BeginImage } from '../../../core/work/boxes/label-image.ts'
import { labelImages } from '../../../core/work/boxes/label-images.ts'
import { createTurns, type Turn } from '../../../core/work/boxes/turns.ts'
import { settle, until } from '../inference/client/open-inference.ts'

const boxes = (count: number): BoxOfObject[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ label: 'cup', box: [0, 0, 1, 1], unit: 'share', score: null, size: null, where: `line ${index}` },
  }))

const nothing: Pick<ReadStore, 'images'> = { images: { get: () => null } as unknown as ReadStore['images'] }

interface Under {
  readonly lane: number
  readonly turn: Turn
  readonly goOn: () => void
  readonly end: () => void
  readonly fail: (thrown: CodedError) => void
}

/** Images by number, which do nothing until the test says so. */
const run = (images: number, lanes: number) => {
  const stop = new AbortController()
  /** Begun, and gone through. */
  const begun: number[] = []
  const under = new Map<number, Under>()
  const problems: Problem[] = []
  const steps: (number | null)[] = []
  let over = 0
  let paused: Promise<unknown> = Promise.resolve()
  const createLane = (lane: number): BeginImage => {
    return (imageId, own, among) => {
      begun.push(imageId)
      return Promise.resolve({
        finish: (goOn) =>
          new Promise((resolve, reject) => {
            under.set(imageId, {
              lane,
              turn: among!.turn,
              goOn,
              end() {
                own.forEach(() => among!.onBox(100))
                resolve({ worked: true, problems: [] })
              },
              fail: (thrown) => {
                among!.onBox(100)
                reject(thrown)
              },
            })
          }),
      })
    }
  }
  const done = labelImages(
    Array.from({ length: images }, (_, index) => ({ imageId: index + 1, boxes: boxes(2) })),
    {
      store: nothing,
      lanes: Array.from({ length: lanes }, (_, lane) => createLane(lane)),
      control: {
        signal: stop.signal,
        async ready() {
          await paused
          if (stop.signal.aborted) throw new CodedError('cancelled', 'It was cancelled.')
        },
        leaveOut: (problem) => problems.push(problem),
      },
      onBox: (workedMs) => steps.push(workedMs),
      onImage: () => over++,
    },
  )
  done.catch(() => undefined)
  const at = async (image: number) => {
    await until(() => under.has(image))
    return under.get(image)!
  }
  return {
    ...{ done, at, begun, under, problems, steps, stop },
    over: () => over,
    pause: (wait: Promise<unknown>) => void (paused = wait),
  }
}

describe('lanes', () => {
  test('each takes the next image, and begins one more when all of its own is asked', async () => {
    const { at, begun, done, over, steps } = run(5, 2)
    const [one, two] = [await at(1), await at(2)]
    expect([one.lane, two.lane]).toEqual([0, 1])
    two.goOn()
    two.goOn()
    expect(begun).toEqual([1, 2, 3])
    two.end()
    const three = await at(3)
    expect(three.lane).toBe(1)
    three.end()
    const four = await at(4)
    one.end()
    const five = await at(5)
    expect([four.lane, five.lane]).toEqual([1, 0])
    four.end()
    five.end()
    expect(await done).toBe(0)
    expect(over()).toBe(5)
    // Two at a time take half as long for the whole.
    expect(steps).toEqual(Array.from({ length: 10 }, () => 50))
  })

  test('an image that fails is told, its boxes are over, and its lane goes on', async () => {
    const { at, done, problems, steps, over } = run(3, 2)
    ;(await at(1)).fail(new CodedError('image-unreadable', 'The file is empty.'))
    ;(await at(3)).end()
    ;(await at(2)).end()
    await done
    expect(problems).toEqual([{ image: null, annotationId: null, message: 'The file is empty.' }])
    expect(steps.filter((step) => step === null)).toHaveLength(1)
    expect(steps).toHaveLength(6)
    expect(over()).toBe(3)
  })

  test('what ends a run lets no lane begin another image, and is thrown when the others are done', async () => {
    const { at, begun, done } = run(9, 2)
    const [one, two] = [await at(1), await at(2)]
    two.goOn()
    one.fail(new CodedError('disk-full', 'The disk is full.'))
    let isOver = false
    done.catch(() => (isOver = true))
    await settle()
    expect(isOver).toBe(false)
    two.end()
    await expect(done).rejects.toMatchObject({ code: 'disk-full' })
    expect(begun).toEqual([1, 2, 3])
  })

  test('a pause holds every lane between two images; cancelled, none goes on', async () => {
    const { at, under, done, pause, stop, begun } = run(9, 2)
    const [one, two] = [await at(1), await at(2)]
    const resume: (() => void)[] = []
    pause(new Promise<void>((go) => resume.push(go)))
    one.goOn()
    one.end()
    two.end()
    await settle()
    expect([...under.keys()]).toEqual([1, 2])
    stop.abort()
    for (const go of resume) go()
    await expect(done).rejects.toMatchObject({ code: 'cancelled' })
    expect(begun).toEqual([1, 2, 3])
  })
})

describe('turns', () => {
  test('an image has its turn when all before it are over, well or not', async () => {
    const { at, done } = run(4, 3)
    const [one, two, three] = [await at(1), await at(2), await at(3)]
    expect([one, two, three].map(({ turn }) => turn.isThere())).toEqual([true, false, false])
    two.fail(new CodedError('image-unreadable', 'The file is empty.'))
    const four = await at(4)
    expect(three.turn.isThere()).toBe(false)
    one.end()
    await three.turn.comes
    expect(three.turn.isThere()).toBe(true)
    expect(four.turn.isThere()).toBe(false)
    three.end()
    await four.turn.comes
    four.end()
    await done
  })

  test('whoever waits behind an image that its lane gave up is not left waiting', async () => {
    const { at, done } = run(9, 2)
    const [one, two] = [await at(1), await at(2)]
    one.goOn()
    one.fail(new CodedError('disk-full', 'The disk is full.'))
    await two.turn.comes
    two.end()
    await expect(done).rejects.toMatchObject({ code: 'disk-full' })
  })

  test('they come in order, whatever order they end in', async () => {
    const turns = createTurns()
    const came: number[] = []
    for (const at of [0, 1, 2, 3]) void turns.of(at).comes.then(() => came.push(at))
    for (const at of [2, 1]) turns.end(at)
    await settle()
    expect(came).toEqual([0])
    turns.end(0)
    await settle()
    expect(came).toEqual([0, 1, 2, 3])
  })
})

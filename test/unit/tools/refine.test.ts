import { describe, expect, it } from 'vitest'
import { pointInShape } from '../../../common/geometry/hit.ts'
import { areaOf } from '../../../common/geometry/measure.ts'
import type { Annotation, Polygon } from '../../../common/model.ts'
import { newObject } from '../../../common/new-records.ts'
import { combine } from '../../../renderer/tools/smart/combine.ts'
import { answerOfObject, cropOf } from '../../../renderer/tools/smart/object-as-prompt.ts'
import { smartTool } from '../../../renderer/tools/smart/smart.ts'
import { draftOf, shownAttempt } from '../../../renderer/tools/smart/state.ts'
import { contextOf, createDriver } from './drive.ts'
import { answerOf, square } from './fake-core.ts'

const stored: Annotation = {
  id: 'old',
  imageId: 1,
  labelId: 'dog',
  shape: square(20, 20, 50),
  source: 'import',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
  ...newObject,
  createdAt: 3,
  updatedAt: 4,
}
const rectangle: Annotation = {
  ...stored,
  shape: { type: 'rectangle', x: 150, y: 60, width: 80, height: 20 },
}

const create = (target = stored, zoom = false) => {
  const driver = createDriver(smartTool, contextOf())
  driver.send({ type: 'refine', target, zoom })
  return Object.assign(driver, {
    questions: () => driver.take().flatMap((effect) => (effect.type === 'segment' ? [effect.question] : [])),
    answer: (revision: number, side: number) =>
      driver.send({ type: 'answered', revision, answer: answerOf(side) }),
  })
}

describe('refining a stored object', () => {
  it('asks with its box and its outline as logits, and shows it as it is meanwhile', () => {
    const smart = create()
    const [question] = smart.questions()
    expect(question).toMatchObject({
      prompts: [{ type: 'box', x0: 20, y0: 20, x1: 70, y1: 70 }],
      crop: { x: 0, y: 0, width: 200, height: 100 },
      zoom: false,
    })
    const logits = question!.maskInput!
    const at = (x: number, y: number) =>
      logits[Math.floor((y * 256) / 200) * 256 + Math.floor((x * 256) / 200)]!
    expect(at(45, 45)).toBeGreaterThan(5)
    expect(at(90, 45)).toBeLessThan(-5)
    expect(shownAttempt(smart.state)?.answer?.candidates[0]?.polygon).toEqual(stored.shape)
  })

  it("keeps its mask at first, and offers the model's own beside it", () => {
    const smart = create()
    smart.answer(smart.questions()[0]!.revision, 30)
    const shown = shownAttempt(smart.state)
    expect(shown?.answer?.candidates.map(({ polygon }) => polygon)).toEqual([
      stored.shape,
      square(10, 10, 30),
    ])
    expect(shown?.chosen).toBe(0)
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.take()).toEqual([])
    expect(smart.state).toMatchObject({ attempts: [], target: null })
  })

  it('changes the class alone when no prompt speaks against its mask', () => {
    const smart = create()
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.send({ type: 'confirm', labelId: 'cat' })
    const { shape, source, modelId, score, prompts, candidate } = stored
    const object = { labelId: 'cat', shape, source, modelId, score, prompts, candidate }
    expect(smart.take()).toEqual([{ type: 'replace', from: stored, object }])
  })

  it('takes its place with one effect and the prompts that made it', () => {
    const smart = create()
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.send({ type: 'cycle' })
    smart.click(40, 40, { secondary: true })
    const [second] = smart.questions()
    expect(second!.maskInput).toEqual(new Float32Array([30, 0]))
    smart.answer(second!.revision, 33)
    smart.send({ type: 'cycle' })
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.take()).toMatchObject([
      {
        type: 'replace',
        from: { id: 'old', updatedAt: 4 },
        object: {
          labelId: 'dog',
          shape: square(10, 10, 33),
          source: 'model',
          modelId: 'fake',
          score: 0.9,
          candidate: 0,
          prompts: [{ type: 'box' }, { type: 'point' }],
        },
      },
    ])
    expect(smart.state).toMatchObject({ attempts: [], target: null })
  })

  it('takes its place later when it is kept before the mask is there', () => {
    const smart = create(rectangle)
    const [question] = smart.questions()
    smart.send({ type: 'confirm', labelId: 'dog' })
    smart.click(20, 50)
    smart.answer(question!.revision, 30)
    expect(smart.take()).toMatchObject([{ type: 'replace', from: { id: 'old' } }, { type: 'segment' }])
    expect(smart.state.target).toBeNull()
    expect(draftOf(smart.state)?.prompts).toMatchObject([{ x: 20 }])
  })

  it('leaves it as it was on Esc, and when the last prompt is taken back', () => {
    for (const type of ['cancel', 'back'] as const) {
      const smart = create()
      smart.take()
      smart.send({ type })
      expect(smart.state).toMatchObject({ attempts: [], target: null })
      expect(smart.take()).toEqual([])
    }
  })

  describe('reopened', () => {
    const at = [
      { type: 'point', x: 30, y: 30, positive: true },
      { type: 'point', x: 65, y: 65, positive: true },
    ] as const
    const reopen = (target: Annotation) => {
      const driver = createDriver(smartTool, contextOf())
      driver.send({ type: 'refine', target, zoom: false, reopens: true })
      return Object.assign(driver, {
        questions: () =>
          driver.take().flatMap((effect) => (effect.type === 'segment' ? [effect.question] : [])),
        answer: (revision: number, side: number) =>
          driver.send({ type: 'answered', revision, answer: answerOf(side) }),
        shown: () => shownAttempt(driver.state)?.answer?.candidates[0]?.polygon,
      })
    }
    const made: Annotation = { ...stored, source: 'model', prompts: [...at] }

    it('is asked as it was, and one more click goes on from there', () => {
      const smart = reopen(made)
      const [first] = smart.questions()
      expect(first).toMatchObject({ prompts: at, maskInput: null, crop: null })
      smart.answer(first!.revision, 40)
      // What was mended by hand meanwhile is kept: no old prompt speaks against it.
      expect(smart.shown()).toBe(made.shape)
      smart.click(120, 50)
      const [second] = smart.questions()
      expect(second?.prompts).toHaveLength(3)
      expect(second?.maskInput).not.toBeNull()
    })

    it('keeps the outline when one of its points is taken back, but where that spoke', () => {
      const smart = reopen(made)
      smart.answer(smart.questions()[0]!.revision, 60)
      smart.click(65, 65)
      const [question] = smart.questions()
      expect(question?.prompts).toEqual([at[0]])
      // The model's own mask ends before the point now.
      smart.answer(question!.revision, 45)
      expect(pointInShape(smart.shown()!, { x: 65, y: 65 })).toBe(false)
      expect(pointInShape(smart.shown()!, { x: 30, y: 30 })).toBe(true)
    })

    it('without prompts it is refined by its box', () => {
      expect(reopen(stored).questions()[0]?.prompts).toMatchObject([{ type: 'box' }])
    })

    it('is left as it was by Backspace and Esc', () => {
      for (const type of ['cancel', 'back'] as const) {
        const smart = reopen(made)
        smart.take()
        smart.send({ type })
        expect(smart.state).toMatchObject({ attempts: [], target: null })
        expect(smart.take()).toEqual([])
      }
    })
  })

  it('gives the draft and its object back when the model finds nothing', () => {
    const smart = create()
    const [question] = smart.questions()
    smart.send({ type: 'confirm', labelId: 'dog' })
    smart.send({ type: 'failed', revision: question!.revision, message: 'No.' })
    expect(smart.state.target).toEqual(stored)
    smart.take()
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.questions()).toMatchObject([{ prompts: [{ type: 'box' }] }])
  })

  it('does not put an unfinished object aside', () => {
    const smart = createDriver(smartTool)
    smart.click(10, 10)
    smart.send({ type: 'refine', target: stored, zoom: false })
    expect(smart.state.target).toBeNull()
    expect(draftOf(smart.state)?.prompts).toMatchObject([{ x: 10 }])
    expect(smart.take().at(-1)).toMatchObject({ type: 'notice' })
  })

  it('takes a rectangle as a box alone, cut at the edge of the image', () => {
    const smart = create(rectangle)
    expect(smart.questions()).toMatchObject([
      { prompts: [{ type: 'box', x0: 150, y0: 60, x1: 200, y1: 80 }], maskInput: null },
    ])
  })
})

describe('points on a stored object', () => {
  /** Parts of straight edges, each by its corners. */
  const shapeOf = (...parts: [number, number][][]): Polygon => ({
    type: 'polygon',
    parts: parts.map((outer) => ({ outer, holes: [] })),
  })
  const sides = (x0: number, y0: number, x1: number, y1: number): [number, number][] => [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]
  /** A cup with a handle at its right. */
  const cup = shapeOf([
    [60, 20],
    [100, 20],
    [100, 30],
    [120, 30],
    [120, 50],
    [100, 50],
    [100, 70],
    [60, 70],
  ])
  const target: Annotation = { ...stored, shape: cup }
  const pixels = (polygon: Polygon | null | undefined) => (polygon ? areaOf(polygon) : 0)
  const masksOf = (smart: ReturnType<typeof create>) => shownAttempt(smart.state)?.answer?.candidates ?? []
  const answerWith = (smart: ReturnType<typeof create>, revision: number, polygon: Polygon | null) => {
    const [only] = answerOf(1).candidates
    const answer = { ...answerOf(1), candidates: [{ ...only!, polygon }] }
    smart.send({ type: 'answered', revision, answer })
  }
  const refining = () => {
    const smart = create(target)
    answerWith(smart, smart.questions()[0]!.revision, shapeOf(sides(60, 20, 100, 70)))
    return smart
  }

  it('a + on the saucer adds the saucer and leaves the handle, whatever the model makes of the cup', () => {
    const smart = refining()
    smart.click(80, 80)
    const [question] = smart.questions()
    // The saucer is outside of the cup's box, which gives way; the cup itself is still the mask to start from.
    expect(question!.prompts).toEqual([{ type: 'point', x: 80, y: 80, positive: true }])
    expect(question!.maskInput).not.toBeNull()
    // Without its handle and a strip of its left side, and with a strip more on top that is the edge's uncertainty.
    answerWith(
      smart,
      question!.revision,
      shapeOf([
        [61, 19.5],
        [100, 19.5],
        [100, 70],
        [140, 70],
        [140, 85],
        [20, 85],
        [20, 70],
        [61, 70],
      ]),
    )
    const [kept, own] = masksOf(smart).map(({ polygon }) => polygon)
    expect(pixels(kept)).toBeCloseTo(pixels(cup) + 120 * 15)
    expect(pointInShape(kept!, { x: 115, y: 40 })).toBe(true)
    expect(pointInShape(own!, { x: 115, y: 40 })).toBe(false)
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.take()).toMatchObject([{ object: { shape: kept, prompts: [{ type: 'point', x: 80 }] } }])
  })

  it('what an earlier click added stays when a later answer has lost it', () => {
    const smart = refining()
    smart.click(80, 80)
    answerWith(smart, smart.questions()[0]!.revision, shapeOf(sides(20, 70, 140, 85)))
    smart.click(170, 80)
    answerWith(smart, smart.questions()[0]!.revision, shapeOf(sides(160, 70, 180, 90)))
    expect(pixels(masksOf(smart)[0]?.polygon)).toBeCloseTo(pixels(cup) + 120 * 15 + 20 * 20)
    smart.send({ type: 'back' })
    expect(pixels(masksOf(smart)[0]?.polygon)).toBeCloseTo(pixels(cup) + 120 * 15)
  })

  it('a - takes away what the model leaves out around it, and nothing else', () => {
    const smart = refining()
    smart.click(115, 40, { secondary: true })
    const [question] = smart.questions()
    expect(question!.prompts).toMatchObject([{ type: 'box' }, { positive: false }])
    // It has lost the handle, a strip along the cup's edge, and a corner.
    answerWith(
      smart,
      question!.revision,
      shapeOf([
        [60, 20],
        [99.5, 20],
        [99.5, 60],
        [90, 60],
        [90, 70],
        [60, 70],
      ]),
    )
    const kept = masksOf(smart)[0]?.polygon
    // The strip beside the handle goes with it.
    expect(40 * 50 - pixels(kept)).toBeGreaterThan(9.9)
    expect(40 * 50 - pixels(kept)).toBeLessThan(12)
    expect(pointInShape(kept!, { x: 97, y: 67 })).toBe(true)
  })

  it('stays as it is where the model agrees, and where it finds nothing', () => {
    const smart = refining()
    smart.click(80, 40)
    answerWith(smart, smart.questions()[0]!.revision, shapeOf(sides(65, 25, 80, 60)))
    expect(masksOf(smart)[0]?.polygon).toBe(cup)
    smart.click(80, 80)
    answerWith(smart, smart.questions()[0]!.revision, null)
    expect(masksOf(smart)[0]?.polygon).toBe(cup)
  })

  it('fills a hole under a +, cuts one under a -, and keeps the other holes', () => {
    const ring = { outer: sides(20, 10, 90, 80), holes: [sides(30, 20, 50, 40), sides(60, 60, 62, 62)] }
    const kept: Polygon = { type: 'polygon', parts: [ring] }
    const whole = shapeOf(sides(20, 10, 90, 80))
    const filled = combine(kept, whole, { x: 40, y: 30, positive: true }, 1)
    expect(filled?.parts.map(({ holes }) => holes.length)).toEqual([1])
    expect(pixels(filled)).toBeCloseTo(70 * 70 - 4)
    const cut = combine(whole, kept, { x: 40, y: 30, positive: false }, 1)
    expect(pixels(cut)).toBeCloseTo(70 * 70 - 400)
    expect(combine(whole, null, { x: 40, y: 30, positive: false }, 1)).toBeNull()
  })
})

describe('looking closer at a stored object', () => {
  const size = { width: 2000, height: 1000 }

  it('enlarges 3 times its box, at least 128 px, within the image', () => {
    expect(cropOf(square(500, 500, 100), size, true)).toEqual({ x: 400, y: 400, width: 300, height: 300 })
    expect(cropOf(square(0, 0, 40), size, true)).toEqual({ x: 0, y: 0, width: 128, height: 128 })
  })

  it('enlarges small ones unasked, others on request', () => {
    expect(cropOf(square(500, 500, 31), size, false)).toMatchObject({ width: 128, height: 128 })
    // 80 px of the model frame.
    expect(cropOf(square(500, 500, 156), size, false)).toMatchObject({ width: 468, height: 468 })
    expect(cropOf(square(500, 500, 157), size, false)).toEqual({ x: 0, y: 0, ...size })
  })

  it('draws the outline in the frame of the crop', () => {
    const shape = square(500, 500, 100)
    const { crop, candidates } = answerOfObject({ ...stored, shape }, size, true)
    const logits = candidates[0]!.logits!
    const at = (x: number, y: number) =>
      logits[Math.floor(((y - crop.y) * 256) / 300) * 256 + Math.floor(((x - crop.x) * 256) / 300)]!
    expect([at(505, 505), at(595, 595)].every((value) => value > 5)).toBe(true)
    expect([at(495, 505), at(605, 595)].every((value) => value < -5)).toBe(true)
  })

  it('is switched off by Z: the whole image is asked', () => {
    const smart = create(stored, true)
    const [closer] = smart.questions()
    expect(closer).toMatchObject({ zoom: true, crop: { width: 150, height: 100 } })
    smart.send({ type: 'zoom' })
    smart.answer(closer!.revision, 30)
    expect(smart.questions()).toMatchObject([{ zoom: false, crop: { width: 200, height: 100 } }])
  })
})

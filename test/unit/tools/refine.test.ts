import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../common/model.ts'
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
  locked: false,
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

  it('takes its place with one effect and the prompts that made it', () => {
    const smart = create()
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.click(40, 40)
    const [second] = smart.questions()
    expect(second!.maskInput).toEqual(new Float32Array([30, 0]))
    smart.answer(second!.revision, 33)
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
    const smart = create()
    const [question] = smart.questions()
    smart.send({ type: 'confirm', labelId: 'dog' })
    smart.click(150, 50)
    smart.answer(question!.revision, 30)
    expect(smart.take()).toMatchObject([{ type: 'replace', from: { id: 'old' } }, { type: 'segment' }])
    expect(smart.state.target).toBeNull()
    expect(draftOf(smart.state)?.prompts).toMatchObject([{ x: 150 }])
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

describe('looking closer at a stored object', () => {
  const size = { width: 2000, height: 1000 }

  it('enlarges 3 times its box, at least 128 px, within the image', () => {
    expect(cropOf(square(500, 500, 100), size, true)).toEqual({ x: 400, y: 400, width: 300, height: 300 })
    expect(cropOf(square(0, 0, 40), size, true)).toEqual({ x: 0, y: 0, width: 128, height: 128 })
  })

  it('enlarges small ones unasked, others on request', () => {
    expect(cropOf(square(500, 500, 31), size, false)).toMatchObject({ width: 128, height: 128 })
    expect(cropOf(square(500, 500, 32), size, false)).toEqual({ x: 0, y: 0, ...size })
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

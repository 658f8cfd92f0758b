import { describe, expect, it } from 'vitest'
import { smartTool } from '../../../renderer/tools/smart/smart.ts'
import { draftOf, shownAttempt } from '../../../renderer/tools/smart/state.ts'
import { answerOf, square } from './fake-core.ts'
import { contextOf, createDriver } from './drive.ts'

const create = (change = {}) => {
  const driver = createDriver(smartTool, contextOf(change))
  return Object.assign(driver, {
    questions: () => driver.take().flatMap((effect) => (effect.type === 'segment' ? [effect.question] : [])),
    prompts: () => draftOf(driver.state)?.prompts ?? [],
    answer: (revision: number, side: number, count = 1) =>
      driver.send({ type: 'answered', revision, answer: answerOf(side, count) }),
  })
}

describe('prompts', () => {
  it('takes a left click as positive, a right click and Alt+click as negative', () => {
    const smart = create()
    smart.click(10, 10)
    smart.click(50, 10, { secondary: true })
    smart.click(90, 10, { alt: true })
    expect(smart.prompts()).toEqual([
      { type: 'point', x: 10, y: 10, positive: true },
      { type: 'point', x: 50, y: 10, positive: false },
      { type: 'point', x: 90, y: 10, positive: false },
    ])
  })

  it('takes a drag of more than 4 screen pixels as a box, less as a point where it began', () => {
    const smart = create({ scale: 2 })
    smart.drag(10, 10, 11.9, 10)
    expect(smart.prompts()).toEqual([{ type: 'point', x: 10, y: 10, positive: true }])
    smart.drag(60, 40, 30, 20)
    expect(smart.prompts().at(-1)).toEqual({ type: 'box', x0: 30, y0: 20, x1: 60, y1: 40 })
  })

  it('mixes a box with points; another box replaces the first, and Backspace brings it back', () => {
    const smart = create()
    smart.drag(10, 10, 50, 50)
    smart.click(30, 30)
    smart.drag(20, 20, 60, 60)
    expect(smart.prompts().map(({ type }) => type)).toEqual(['point', 'box'])
    smart.send({ type: 'back' })
    expect(smart.prompts()).toMatchObject([{ type: 'box', x0: 10 }, { type: 'point' }])
  })

  it('clamps boxes to the image, ignores clicks outside of it and boxes without area', () => {
    const smart = create()
    smart.click(-5, 50)
    smart.drag(-50, -50, -10, -10)
    expect(smart.prompts()).toEqual([])
    smart.drag(150, 50, 400, 300)
    expect(smart.prompts()).toEqual([{ type: 'box', x0: 150, y0: 50, x1: 200, y1: 100 }])
  })

  it('removes a point that is clicked', () => {
    const smart = create()
    smart.click(10, 10)
    smart.click(50, 50)
    smart.click(52, 51)
    expect(smart.prompts()).toHaveLength(1)
  })

  it('drops all on Esc, only the gesture while a box is drawn', () => {
    const smart = create()
    smart.click(10, 10)
    smart.down(30, 30)
    smart.move(60, 60)
    smart.send({ type: 'cancel' })
    smart.up(60, 60)
    expect(smart.prompts()).toHaveLength(1)
    smart.send({ type: 'cancel' })
    expect(smart.state.attempts).toEqual([])
  })

  it('drops a gesture that the system aborts', () => {
    const smart = create()
    smart.down(30, 30)
    smart.send({ type: 'abort' })
    smart.up(60, 60)
    expect(smart.prompts()).toEqual([])
  })
})

describe('questions and answers', () => {
  it('asks once at a time; the next question carries the logits of the mask that was shown', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    expect(first).toMatchObject({ maskInput: null, zoom: false })
    smart.click(50, 50)
    smart.click(70, 50)
    expect(smart.questions()).toEqual([])
    smart.answer(first!.revision, 30, 4)
    const [next] = smart.questions()
    expect(next!.prompts).toHaveLength(3)
    expect([...next!.maskInput!]).toEqual([30, 0])
  })

  it('carries the mask that Tab chose, in a circle over masks that have something in them', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    const answer = answerOf(30, 4)
    const candidates = answer.candidates.map((mask) => (mask.index === 1 ? { ...mask, polygon: null } : mask))
    smart.send({ type: 'answered', revision: first!.revision, answer: { ...answer, candidates } })
    expect(shownAttempt(smart.state)!.chosen).toBe(0)
    smart.send({ type: 'cycle' })
    expect(shownAttempt(smart.state)!.chosen).toBe(2)
    smart.send({ type: 'cycle' }, { type: 'cycle' }, { type: 'cycle' })
    expect(shownAttempt(smart.state)!.chosen).toBe(2)
    smart.send({ type: 'choose', index: 1 })
    expect(shownAttempt(smart.state)!.chosen).toBe(2)
    smart.click(50, 50)
    expect([...smart.questions()[0]!.maskInput!]).toEqual([30, 2])
  })

  it('shows the first mask while the others come, and what was chosen meanwhile stays', () => {
    const smart = create()
    smart.click(10, 10)
    const { revision } = smart.questions()[0]!
    smart.answer(revision, 30)
    expect(shownAttempt(smart.state)!.answer!.candidates).toHaveLength(1)
    smart.answer(revision, 30, 4)
    expect(shownAttempt(smart.state)).toMatchObject({ chosen: 0 })
    smart.send({ type: 'choose', index: 2 })
    smart.answer(revision, 30, 4)
    expect(shownAttempt(smart.state)!.answer!.candidates).toHaveLength(4)
    expect(shownAttempt(smart.state)!.chosen).toBe(2)
    expect(smart.questions()).toEqual([])
  })

  it('stores what was kept with the first mask once, though the others come later', () => {
    const smart = create()
    smart.click(10, 10)
    const { revision } = smart.questions()[0]!
    smart.send({ type: 'confirm', labelId: 'a' })
    smart.answer(revision, 30)
    expect(smart.take().map(({ type }) => type)).toEqual(['add'])
    smart.answer(revision, 30, 4)
    expect(smart.take()).toEqual([])
    expect(draftOf(smart.state)).toBeNull()
  })

  it('shows the earlier mask again after Backspace without asking again', () => {
    const smart = create()
    smart.click(10, 10)
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.click(50, 50)
    smart.answer(smart.questions()[0]!.revision, 40)
    expect(shownAttempt(smart.state)!.answer!.candidates[0]!.polygon).toEqual(square(10, 10, 40))
    smart.send({ type: 'back' })
    expect(shownAttempt(smart.state)!.answer!.candidates[0]!.polygon).toEqual(square(10, 10, 30))
    expect(smart.questions()).toEqual([])
  })

  it('drops an answer of prompts that are gone', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    smart.send({ type: 'cancel' })
    smart.click(90, 50)
    smart.answer(first!.revision, 30)
    expect(shownAttempt(smart.state)).toBeNull()
    expect(smart.questions()).toMatchObject([{ prompts: [{ x: 90 }], maskInput: null }])
  })

  it('carries no logits of a mask that was made with a prompt that is gone', () => {
    const smart = create()
    smart.click(10, 10)
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.click(50, 50)
    smart.answer(smart.questions()[0]!.revision, 40)
    smart.click(10, 10)
    expect(smart.questions()).toMatchObject([{ prompts: [{ x: 50 }], maskInput: null }])
  })

  it('asks the same prompts of a crop on Z, led by the mask that was shown', () => {
    const smart = create()
    smart.click(10, 10)
    smart.answer(smart.questions()[0]!.revision, 30)
    smart.send({ type: 'zoom' })
    expect(smart.questions()).toMatchObject([{ prompts: [{ x: 10 }], crop: { width: 200 }, zoom: true }])
    smart.send({ type: 'back' })
    expect(smart.state.attempts).toEqual([])
  })

  it('shows the mask of before while it looks closer, and goes back to it without asking', () => {
    const smart = create()
    smart.click(10, 10)
    smart.answer(smart.questions()[0]!.revision, 30, 4)
    smart.send({ type: 'cycle' }, { type: 'zoom' })
    expect(shownAttempt(smart.state)).toMatchObject({ chosen: 1, zoom: false })
    const [closer] = smart.questions()
    expect(closer!.maskInput!).toEqual(new Float32Array([30, 1]))
    smart.answer(closer!.revision, 33)
    expect(shownAttempt(smart.state)).toMatchObject({
      zoom: true,
      answer: { candidates: [{ polygon: square(10, 10, 33) }] },
    })
    smart.send({ type: 'zoom' })
    expect(smart.questions()).toEqual([])
    expect(shownAttempt(smart.state)).toMatchObject({ chosen: 1, zoom: false })
  })

  it('asks anew for a point beyond the crop, which the crop would never show', () => {
    const smart = create()
    const crop = { x: 0, y: 0, width: 60, height: 60 }
    smart.click(10, 10)
    smart.send({ type: 'zoom' })
    smart.answer(smart.questions()[0]!.revision, 20)
    const [closer] = smart.questions()
    smart.send({ type: 'answered', revision: closer!.revision, answer: { ...answerOf(30), crop } })
    smart.click(50, 50)
    const [inside] = smart.questions()
    expect(inside).toMatchObject({ zoom: true, crop })
    smart.send({ type: 'answered', revision: inside!.revision, answer: { ...answerOf(40), crop } })
    smart.click(150, 50)
    expect(smart.questions()).toMatchObject([{ zoom: true, maskInput: null }])
  })

  it('asks again on resume when another question took its place', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    smart.send({ type: 'superseded', revision: first!.revision }, { type: 'resume' })
    expect(smart.questions()).toEqual([first])
  })
})

describe('committing', () => {
  it('makes one object of the chosen mask and is empty afterwards', () => {
    const smart = create()
    smart.click(10, 10)
    smart.answer(smart.questions()[0]!.revision, 30, 4)
    smart.send({ type: 'cycle' }, { type: 'confirm', labelId: 'dog' })
    expect(smart.take()).toEqual([
      {
        type: 'add',
        object: {
          labelId: 'dog',
          shape: square(10, 10, 31),
          source: 'model',
          modelId: 'fake',
          score: 0.8,
          prompts: [{ type: 'point', x: 10, y: 10, positive: true }],
          candidate: 1,
          madeFrom: {
            logits: Float32Array.of(30, 1),
            crop: { x: 0, y: 0, width: 200, height: 100 },
          },
        },
      },
    ])
    expect(smart.state.attempts).toEqual([])
  })

  it('waits for the answer and then commits; what is clicked meanwhile is the next object', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    smart.send({ type: 'confirm', labelId: 'dog' })
    smart.click(90, 50)
    smart.send({ type: 'confirm', labelId: 'cat' })
    smart.click(150, 50)
    expect(smart.take()).toEqual([])
    smart.answer(first!.revision, 30)
    const [add, segment] = smart.take()
    expect(add).toMatchObject({ type: 'add', object: { labelId: 'dog', prompts: [{ x: 10 }] } })
    expect(segment).toMatchObject({ question: { prompts: [{ x: 90 }] } })
    smart.answer(segment?.type === 'segment' ? segment.question.revision : 0, 20)
    const [addNext, last] = smart.take()
    expect(addNext).toMatchObject({ type: 'add', object: { labelId: 'cat', prompts: [{ x: 90 }] } })
    expect(last).toMatchObject({ question: { prompts: [{ x: 150 }] } })
  })

  it('gives an object back as draft when its mask fails, and Enter asks again', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    smart.send(
      { type: 'confirm', labelId: 'dog' },
      { type: 'failed', revision: first!.revision, message: 'No.' },
    )
    expect(smart.take()).toMatchObject([{ type: 'notice', level: 'error' }])
    expect(smart.prompts()).toHaveLength(1)
    expect(draftOf(smart.state)!.failure).toBe('No.')
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.questions()).toEqual([first])
  })

  it('keeps the prompts and says so when the mask is empty', () => {
    const smart = create()
    smart.click(10, 10)
    const [first] = smart.questions()
    const answer = answerOf(30)
    const candidates = [{ ...answer.candidates[0]!, polygon: null }]
    smart.send({ type: 'answered', revision: first!.revision, answer: { ...answer, candidates } })
    smart.send({ type: 'confirm', labelId: 'dog' })
    expect(smart.take()).toMatchObject([{ type: 'notice', level: 'warning' }])
    expect(smart.prompts()).toHaveLength(1)
  })
})

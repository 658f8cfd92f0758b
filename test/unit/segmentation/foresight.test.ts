import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Settings } from '../../../common/contract/settings.ts'
import type { ImageId } from '../../../common/model.ts'
import { createWorkbench } from '../../../renderer/workbench/workbench.ts'
import type { MaskAnswer } from '../../../renderer/segmentation/question.ts'
import { answerOf, createFakeCore, imageItem, labels, settle } from '../tools/fake-core.ts'
import { outlinerHere } from '../tools/outliner-here.ts'

afterEach(() => void vi.useRealTimers())

const create = async (ready: readonly ImageId[] = [1]) => {
  const core = createFakeCore([imageItem(1), imageItem(2)])
  const firsts: ((answer: MaskAnswer) => void | Promise<void>)[] = []
  const workbench = createWorkbench({
    client: core.client,
    outliner: outlinerHere(),
    askMasks: (question, onFirst) => {
      if (onFirst) firsts.push(onFirst)
      return core.askMasks(question)
    },
    getLabels: () => labels,
    getSettings: () => null,
    notify: () => undefined,
    offerUndo: () => undefined,
    now: () => 1,
    newId: () => 'new',
  })
  const get = () => workbench.getState()
  await get().openImage(1, [])
  get().imageShown(1)
  const status = (held: readonly ImageId[], modelId = 'fake') =>
    core.emit('inference.changed', {
      state: 'idle',
      imageId: null,
      expectedMs: null,
      modelId,
      provider: 'cpu',
      message: null,
      ready: [...held],
    })
  status(ready)
  const keys = { shift: false, alt: false }
  return {
    core,
    firsts,
    get,
    status,
    /** The pointer moves there and stays; to be used with fake timers. */
    rest: async (x: number, y: number) => {
      get().setPointer({ x, y })
      await vi.advanceTimersByTimeAsync(500)
    },
    press: (x: number, y: number) =>
      get().send({ type: 'down', button: 'primary', clicks: 1, point: { x, y }, ...keys }),
    move: (x: number, y: number) => get().send({ type: 'move', point: { x, y }, ...keys }),
    release: (x: number, y: number) => get().send({ type: 'up', point: { x, y }, ...keys }),
  }
}

describe('a press', () => {
  it('asks for the click that it may become, and the click takes that answer', async () => {
    const { core, get, press, release } = await create()
    press(20, 20)
    expect(core.questions.map(({ question }) => question)).toMatchObject([
      { prompts: [{ type: 'point', x: 20, y: 20, positive: true }], purpose: 'hover' },
    ])
    expect(get().masks.prompts).toEqual([])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks).toMatchObject({ prompts: [], status: 'empty', candidates: [] })
    release(20, 20)
    await settle()
    expect(get().masks).toMatchObject({ status: 'ready', candidates: [{ index: 0 }] })
    expect(core.questions).toEqual([])
  })

  it('that is released before its answer waits for that one, and a follow-up is foreseen too', async () => {
    const { core, get, press, release } = await create()
    press(20, 20)
    release(20, 20)
    expect(core.questions).toHaveLength(1)
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks.status).toBe('ready')
    press(60, 20)
    expect(core.questions).toMatchObject([
      { question: { prompts: [{ x: 20 }, { x: 60 }], purpose: 'hover' } },
    ])
    expect(core.questions[0]!.question.maskInput).not.toBeNull()
    release(60, 20)
    await core.questions[0]!.answer(answerOf(40))
    expect(get().masks).toMatchObject({ status: 'ready', prompts: [{ x: 20 }, { x: 60 }] })
    expect(core.questions).toEqual([])
  })

  it('shows the first mask at its release while the others are made', async () => {
    const { core, firsts, get, press, release } = await create()
    press(20, 20)
    void firsts[0]!(answerOf(30))
    expect(get().masks.candidates).toEqual([])
    release(20, 20)
    expect(get().masks).toMatchObject({ status: 'ready', candidates: [{ index: 0 }] })
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get().masks.candidates).toHaveLength(4)
  })

  it('that becomes a box asks for the box, and what was foreseen shows nothing', async () => {
    const { core, get, press, move, release } = await create()
    press(20, 20)
    move(90, 60)
    release(90, 60)
    expect(core.questions.map(({ question }) => question.prompts[0]?.type)).toEqual(['point', 'box'])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks.status).not.toBe('ready')
    await core.questions[0]!.answer(answerOf(40))
    expect(get().masks).toMatchObject({ status: 'ready', prompts: [{ type: 'box' }] })
  })

  it('whose foreseen answer fails is asked again at the release', async () => {
    const { core, get, press, release } = await create()
    press(20, 20)
    await core.questions[0]!.fail('superseded')
    release(20, 20)
    await settle()
    expect(core.questions).toMatchObject([{ question: { purpose: 'prompt', prompts: [{ x: 20 }] } }])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks.status).toBe('ready')
  })

  it('foresees nothing while the image is not encoded', async () => {
    const { core, press } = await create([])
    press(20, 20)
    expect(core.questions).toEqual([])
  })
})

describe('a pointer that rests', () => {
  const createResting = (ready?: readonly ImageId[]) => {
    vi.useFakeTimers()
    return create(ready)
  }

  it('asks for the click that may follow, once, and shows nothing of it', async () => {
    const { core, get, rest, press, release } = await createResting()
    get().setPointer({ x: 10, y: 10 })
    vi.advanceTimersByTime(20)
    expect(core.questions).toEqual([])
    await rest(20, 20)
    expect(core.questions).toMatchObject([{ question: { prompts: [{ x: 20, y: 20 }], purpose: 'hover' } }])
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get()).toMatchObject({ preview: null, masks: { status: 'empty', prompts: [], candidates: [] } })
    press(20, 20)
    release(20, 20)
    await settle()
    expect(core.questions).toEqual([])
    expect(get().masks).toMatchObject({ status: 'ready', prompts: [{ x: 20, y: 20 }] })
    expect(get().masks.candidates).toHaveLength(4)
  })

  it('has the masks beside the first made only when there is a press', async () => {
    const { core, firsts, rest, press, release, get } = await createResting()
    await rest(20, 20)
    let wanted = false
    void Promise.resolve(firsts[0]!(answerOf(30))).then(() => (wanted = true))
    await vi.advanceTimersByTimeAsync(5000)
    expect(wanted).toBe(false)
    press(20, 20)
    await settle()
    expect(wanted).toBe(true)
    expect(get().masks.candidates).toEqual([])
    release(20, 20)
    expect(get().masks).toMatchObject({ status: 'ready', candidates: [{ index: 0 }] })
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get().masks.candidates).toHaveLength(4)
  })

  it('asks for a follow-up with the mask that is shown, but not on a point that is there', async () => {
    const { core, rest, press, release } = await createResting()
    press(20, 20)
    release(20, 20)
    await core.questions[0]!.answer(answerOf(30))
    await rest(21, 20)
    expect(core.questions).toEqual([])
    await rest(60, 20)
    expect(core.questions).toMatchObject([
      { question: { prompts: [{ x: 20 }, { x: 60 }], crop: { width: 200 }, purpose: 'hover' } },
    ])
  })

  it('asks nothing while it passes, with a button held, without an embedding or with another tool', async () => {
    const passing = await createResting()
    for (let x = 10; x < 60; x += 5) {
      passing.get().setPointer({ x, y: 20 })
      vi.advanceTimersByTime(20)
    }
    expect(passing.core.questions).toEqual([])
    const { core, get, press, rest, status } = await createResting()
    press(20, 20)
    core.questions.length = 0
    await rest(60, 20)
    get().send({ type: 'abort' })
    get().setTool('polygon')
    await rest(70, 20)
    get().setTool('smart')
    status([])
    await rest(80, 20)
    expect(core.questions).toEqual([])
    // The image becomes ready under the resting pointer.
    status([1])
    await vi.advanceTimersByTimeAsync(500)
    expect(core.questions).toMatchObject([{ question: { prompts: [{ x: 80 }] } }])
  })

  it('is forgotten when the model, the picture or the settings are others by the time of the click', async () => {
    const changes: ((test: Awaited<ReturnType<typeof create>>) => void)[] = [
      ({ status }) => status([1], 'another'),
      ({ status }) => status([]),
      ({ core }) => core.emit('images.changed', { images: [imageItem(1)] }),
      ({ core }) => core.emit('settings.changed', {} as Settings),
    ]
    for (const change of changes) {
      const test = await createResting()
      await test.rest(20, 20)
      await test.core.questions[0]!.answer(answerOf(30))
      change(test)
      test.press(20, 20)
      test.release(20, 20)
      await settle()
      expect(test.core.questions.at(-1)?.question.prompts, String(change)).toMatchObject([{ x: 20 }])
      expect(test.get().masks.candidates).toEqual([])
    }
  })

  it('asks no more where a mask takes long, until a press has found it quick', async () => {
    const { core, firsts, rest, press, release, get } = await createResting()
    await rest(20, 20)
    void firsts[0]!({ ...answerOf(30), decodeMs: 400 })
    core.questions.length = 0
    await rest(60, 20)
    expect(core.questions).toEqual([])
    press(60, 20)
    release(60, 20)
    await core.questions[0]!.answer({ ...answerOf(40), decodeMs: 20 })
    get().cancel()
    await rest(90, 20)
    expect(core.questions).toMatchObject([{ question: { prompts: [{ x: 90 }] } }])
  })
})

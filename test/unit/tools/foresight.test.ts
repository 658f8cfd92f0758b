import { describe, expect, it } from 'vitest'
import type { ImageId } from '../../../common/model.ts'
import { createWorkbench } from '../../../renderer/state/workbench.ts'
import type { MaskAnswer } from '../../../renderer/tools/tool.ts'
import { answerOf, createFakeCore, imageItem, labels, settle } from './fake-core.ts'

const create = async (ready: readonly ImageId[] = [1]) => {
  const core = createFakeCore([imageItem(1), imageItem(2)])
  const firsts: ((answer: MaskAnswer) => void)[] = []
  const workbench = createWorkbench({
    client: core.client,
    askMasks: (imageId, size, question, onFirst) => {
      if (onFirst) firsts.push(onFirst)
      return core.askMasks(imageId, size, question)
    },
    getLabels: () => labels,
    getSettings: () => null,
    notify: () => undefined,
    now: () => 1,
    newId: () => 'new',
  })
  const get = () => workbench.getState()
  await get().openImage(1, [])
  get().imageShown(1)
  const [state, modelId, provider] = ['idle', 'fake', 'cpu'] as const
  core.emit('inference.changed', {
    state,
    imageId: null,
    expectedMs: null,
    modelId,
    provider,
    message: null,
    ready: [...ready],
  })
  const keys = { shift: false, alt: false }
  return {
    core,
    firsts,
    get,
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
    expect(get().smart.prompts).toEqual([])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().smart).toMatchObject({ prompts: [], status: 'empty', offered: [] })
    release(20, 20)
    await settle()
    expect(get().smart).toMatchObject({ status: 'ready', offered: [{ index: 0 }] })
    expect(core.questions).toEqual([])
  })

  it('that is released before its answer waits for that one, and a follow-up is foreseen too', async () => {
    const { core, get, press, release } = await create()
    press(20, 20)
    release(20, 20)
    expect(core.questions).toHaveLength(1)
    await core.questions[0]!.answer(answerOf(30))
    expect(get().smart.status).toBe('ready')
    press(60, 20)
    expect(core.questions).toMatchObject([
      { question: { prompts: [{ x: 20 }, { x: 60 }], purpose: 'hover' } },
    ])
    expect(core.questions[0]!.question.shown).not.toBeNull()
    release(60, 20)
    await core.questions[0]!.answer(answerOf(40))
    expect(get().smart).toMatchObject({ status: 'ready', prompts: [{ x: 20 }, { x: 60 }] })
    expect(core.questions).toEqual([])
  })

  it('shows the first mask at its release while the others are made', async () => {
    const { core, firsts, get, press, release } = await create()
    press(20, 20)
    firsts[0]!(answerOf(30))
    expect(get().smart.offered).toEqual([])
    release(20, 20)
    expect(get().smart).toMatchObject({ status: 'ready', offered: [{ index: 0 }] })
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get().smart.offered).toHaveLength(4)
  })

  it('that becomes a box asks for the box, and what was foreseen shows nothing', async () => {
    const { core, get, press, move, release } = await create()
    press(20, 20)
    move(90, 60)
    release(90, 60)
    expect(core.questions.map(({ question }) => question.prompts[0]?.type)).toEqual(['point', 'box'])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().smart.status).not.toBe('ready')
    await core.questions[0]!.answer(answerOf(40))
    expect(get().smart).toMatchObject({ status: 'ready', prompts: [{ type: 'box' }] })
  })

  it('whose foreseen answer fails is asked again at the release', async () => {
    const { core, get, press, release } = await create()
    press(20, 20)
    await core.questions[0]!.fail('superseded')
    release(20, 20)
    await settle()
    expect(core.questions).toMatchObject([{ question: { purpose: 'prompt', prompts: [{ x: 20 }] } }])
    await core.questions[0]!.answer(answerOf(30))
    expect(get().smart.status).toBe('ready')
  })

  it('foresees nothing while the image is not encoded', async () => {
    const { core, press } = await create([])
    press(20, 20)
    expect(core.questions).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Settings } from '../../../common/contract/settings.ts'
import { createWorkbench } from '../../../renderer/workbench/workbench.ts'
import { answerOf, createFakeCore, imageItem, labels, settle } from '../tools/fake-core.ts'
import { outlinerHere } from '../tools/outliner-here.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const create = async (hoverPreview = true) => {
  const core = createFakeCore([imageItem(1), imageItem(2)])
  let settings = { hoverPreview } as Settings
  const workbench = createWorkbench({
    client: core.client,
    outliner: outlinerHere(),
    askMasks: (question) => core.askMasks(question),
    getLabels: () => labels,
    getSettings: () => settings,
    notify: () => undefined,
    offerUndo: () => undefined,
    now: () => 1,
    newId: () => 'new',
  })
  const get = () => workbench.getState()
  const status = (change: object) =>
    core.emit('inference.changed', {
      state: 'idle',
      imageId: null,
      expectedMs: null,
      modelId: 'fake',
      provider: 'cpu',
      message: null,
      ready: [1],
      ...change,
    })
  await get().openImage(1, [])
  get().imageShown(1)
  status({})
  return {
    core,
    get,
    status,
    /** The pointer moves there and stays. */
    rest: async (x: number, y: number) => {
      get().setPointer({ x, y })
      vi.advanceTimersByTime(500)
      await settle()
    },
    click: (x: number, y: number) => {
      const at = { point: { x, y }, shift: false, alt: false }
      get().send({ type: 'down', button: 'primary', clicks: 1, ...at })
      get().send({ type: 'up', ...at })
    },
    turn: (on: boolean) => {
      settings = { ...settings, hoverPreview: on }
      core.emit('settings.changed', settings)
    },
  }
}

describe('the preview under the pointer', () => {
  it('is asked where the pointer rests and adds nothing to the prompts', async () => {
    const { core, get, rest } = await create()
    get().setPointer({ x: 10, y: 10 })
    vi.advanceTimersByTime(10)
    expect(core.questions).toEqual([])
    await rest(20, 20)
    expect(core.questions.map(({ question }) => question)).toMatchObject([
      { prompts: [{ type: 'point', x: 20, y: 20, positive: true }], maskInput: null, purpose: 'hover' },
    ])
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get().preview).toMatchObject({ imageId: 1, point: { x: 20, y: 20 } })
    expect(get().masks).toMatchObject({ prompts: [], status: 'empty' })
    expect(core.done).toEqual([])
  })

  it('has one question open at most; the newest place wins', async () => {
    const { core, get, rest } = await create()
    await rest(20, 20)
    await rest(50, 20)
    await rest(80, 20)
    expect(core.questions).toHaveLength(1)
    await core.questions[0]!.answer(answerOf(30))
    expect(get().preview).toBeNull()
    vi.advanceTimersByTime(500)
    expect(core.questions.map(({ question }) => question.prompts)).toMatchObject([[{ x: 80 }]])
    await core.questions[0]!.answer(answerOf(90))
    expect(get().preview?.point.x).toBe(80)
  })

  it('stays while the pointer moves within the object, and goes with it', async () => {
    const { core, get, rest } = await create()
    await rest(20, 20)
    await core.questions[0]!.answer(answerOf(30))
    get().setPointer({ x: 25, y: 25 })
    expect(get().preview).not.toBeNull()
    get().setPointer({ x: 80, y: 80 })
    expect(get().preview).toBeNull()
  })

  it('vanishes when the pointer leaves, at a press, with another tool and image, and when switched off', async () => {
    const { core, get, rest, turn } = await create()
    const ways = [
      () => get().setPointer(null),
      () =>
        get().send({
          type: 'down',
          button: 'primary',
          clicks: 1,
          point: { x: 1, y: 1 },
          shift: false,
          alt: false,
        }),
      () => get().setTool('select'),
      () => turn(false),
    ]
    for (const way of ways) {
      get().setTool('smart')
      get().cancel()
      turn(true)
      await rest(150, 90)
      await core.questions.at(-1)?.answer(answerOf(30))
      await rest(20, 20)
      await core.questions.at(-1)!.answer(answerOf(30))
      expect(get().preview).not.toBeNull()
      way()
      expect(get().preview).toBeNull()
    }
  })

  it('is off while the image is encoded, and comes when it is ready', async () => {
    const { core, status, rest } = await create()
    status({ state: 'encoding', imageId: 1, ready: [] })
    await rest(20, 20)
    expect(core.questions).toEqual([])
    status({})
    vi.advanceTimersByTime(500)
    expect(core.questions).toHaveLength(1)
  })

  it('shows nothing when it is switched off, nor beside a draft', async () => {
    const off = await create(false)
    await off.rest(20, 20)
    await off.core.questions[0]!.answer(answerOf(30))
    expect(off.get().preview).toBeNull()
    const on = await create()
    on.click(20, 20)
    await on.core.questions[0]!.answer(answerOf(30))
    await on.rest(50, 50)
    await on.core.questions[0]!.answer(answerOf(40))
    expect(on.get().preview).toBeNull()
    expect(on.get().masks.prompts).toHaveLength(1)
  })

  it('becomes the mask of a click at its place without another question', async () => {
    const { core, get, rest, click } = await create()
    await rest(20, 20)
    await core.questions[0]!.answer(answerOf(30, 4))
    click(20, 20)
    expect(core.questions).toEqual([])
    expect(get().preview).toBeNull()
    expect(get().masks).toMatchObject({ status: 'ready', prompts: [{ x: 20, y: 20 }] })
    expect(get().masks.candidates).toHaveLength(4)
    get().cycleCandidate()
    get().confirm()
    await settle()
    expect(core.annotations).toMatchObject([{ candidate: 1, prompts: [{ x: 20 }] }])
  })

  it('never answers a click elsewhere, nor a right click', async () => {
    const { core, rest, click, get } = await create()
    await rest(20, 20)
    await core.questions[0]!.answer(answerOf(30))
    click(21, 20)
    expect(core.questions).toMatchObject([{ question: { prompts: [{ x: 21 }] } }])
    get().cancel()
  })
})

import { describe, expect, it } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import { answerOf, labels, settle, square } from './fake-core.ts'
import { annotation, create } from './open-workbench.ts'

describe('an image', () => {
  it('is opened with its annotations, fitted, and loads until its pixels are shown', async () => {
    const { core, get } = await create()
    core.annotations = [annotation('old', 2)]
    await get().openImage(2, [1])
    expect(get()).toMatchObject({ image: { id: 2 }, loading: true, annotations: [{ id: 'old' }] })
    expect(get().scale).toBeCloseTo(200 / 300)
    get().imageShown(1)
    expect(get().loading).toBe(true)
    get().imageShown(2)
    expect(get().loading).toBe(false)
    expect(core.calls.findLast(({ name }) => name === 'inference.focus')?.input).toEqual({
      imageId: 2,
      ahead: [1],
    })
  })

  it('that has no whole picture is shown as a broken one, until it is opened anew', async () => {
    const { get, notices } = await create()
    get().imageFailed(1, 'The source image could not be decoded.')
    expect([get().image?.problem, notices]).toEqual([expect.stringContaining('damaged'), []])
    await get().openImage(1, [])
    expect(get().image?.problem).toBeNull()
  })

  it('shows the one that was asked for last, whichever answers first', async () => {
    const { get } = await create()
    await Promise.all([get().openImage(2, []), get().openImage(1, [])])
    expect(get().image?.id).toBe(1)
  })

  it('stays fitted when the window is resized until the user zooms', async () => {
    const { get } = await create()
    expect(get().scale).toBe(2)
    get().resizeStage({ width: 232, height: 232 })
    expect(get().scale).toBe(1)
    get().zoomBy(2)
    get().resizeStage({ width: 432, height: 432 })
    expect(get().scale).toBe(2)
  })
})

describe('the smart tool', () => {
  it('keeps a click while the image is encoded and answers it when ready', async () => {
    const { core, get, click, ready } = await create()
    ready()
    click(20, 20)
    expect(get().masks.status).toBe('waiting')
    expect(get().encodingSince).not.toBeNull()
    ready(1)
    expect(get().masks.status).toBe('thinking')
    await core.questions[0]!.answer(answerOf(30, 4))
    expect(get().masks).toMatchObject({ status: 'ready', chosen: 0 })
    expect(get().masks.candidates).toHaveLength(4)
    get().cycleCandidate()
    expect(get().masks.chosen).toBe(1)
  })

  it('drops a stale answer', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    const [stale] = core.questions
    get().cancel()
    click(90, 50)
    await stale!.answer(answerOf(30))
    expect(get().masks.candidates).toEqual([])
    expect(core.questions).toMatchObject([{ question: { prompts: [{ x: 90 }] } }])
  })

  it('never takes the end of an earlier question for the end of its own', async () => {
    const { core, get, open, click } = await create()
    click(20, 20)
    get().cancel()
    await open(2)
    await open(1)
    click(90, 50)
    const [old, mine] = core.questions
    expect(mine!.question.revision).toBeGreaterThan(old!.question.revision)
    await old!.fail('superseded')
    expect(core.questions).toEqual([mine])
    await mine!.answer(answerOf(30))
    expect(get().masks.status).toBe('ready')
  })

  it('takes no mask of the image with the same id in another folder', async () => {
    const { core, get, open, click } = await create()
    click(20, 20)
    get().closeImage()
    await open(1)
    click(90, 50)
    const [old, mine] = core.questions
    await old!.answer(answerOf(99))
    expect(get().masks.candidates).toEqual([])
    await mine!.answer(answerOf(30))
    expect(get().masks.candidates).toMatchObject([{ polygon: square(10, 10, 30) }])
  })

  it('makes an object of a click and a digit, even when the digit is faster than the mask', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    get().pickLabel('dog')
    expect(get()).toMatchObject({ masks: { status: 'empty' }, committing: 1 })
    expect(core.done).toEqual([])
    await core.questions[0]!.answer(answerOf(30))
    expect(core.done).toHaveLength(1)
    expect(get().annotations).toMatchObject([{ labelId: 'dog', source: 'model', imageId: 1 }])
    expect(get()).toMatchObject({ currentLabelId: 'dog', canUndo: true })
  })

  it('stores an object on the image it was clicked on, though the user has gone on; the next one waits for it', async () => {
    const { core, get, open, click } = await create()
    click(20, 20)
    get().confirm()
    await open(2)
    click(50, 50)
    expect(core.questions).toHaveLength(1)
    await core.questions[0]!.answer(answerOf(30))
    expect(core.annotations).toMatchObject([{ imageId: 1, prompts: [{ x: 20 }] }])
    expect(get().annotations).toEqual([])
    expect(core.questions).toMatchObject([{ imageId: 2 }])
  })

  it('asks again when another image took the place of an object that is being stored', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    get().confirm()
    await core.questions[0]!.fail('superseded')
    await core.questions[0]!.answer(answerOf(30))
    expect(core.annotations).toHaveLength(1)
  })

  it('keeps the draft of each image and asks again what went unanswered', async () => {
    const { core, get, open, click } = await create()
    click(20, 20)
    await core.questions[0]!.answer(answerOf(30))
    click(60, 20)
    await open(2)
    expect(get().masks.status).toBe('empty')
    await core.questions[0]!.fail('superseded')
    await open(1)
    expect(get().masks.prompts).toHaveLength(2)
    await core.questions[0]!.answer(answerOf(40))
    expect(get().masks.status).toBe('ready')
  })

  it('says why the model failed and asks again on Enter', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    await core.questions[0]!.fail('inference-failed', 'The model died.')
    expect(get().masks).toMatchObject({ status: 'failed', message: 'The model died.' })
    get().confirm()
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks.status).toBe('ready')
  })

  it('takes a prompt back on undo while there is a draft', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    click(60, 60)
    await get().undo()
    expect(get().masks.prompts).toHaveLength(1)
    expect(core.calls.some(({ name }) => name === 'edit.undo')).toBe(false)
  })
})

describe('edits', () => {
  it('are drawn at once, and once only when they are told', async () => {
    const { core, get, drag } = await create()
    get().setTool('rectangle')
    drag(10, 10, 60, 60)
    expect(get().annotations).toHaveLength(1)
    await settle()
    expect(get().annotations).toHaveLength(1)
    expect(core.done).toHaveLength(1)
  })

  it('of a class follow at once on an object that was drawn: draw, then a digit', async () => {
    const { core, get, drag } = await create()
    get().setTool('rectangle')
    drag(10, 10, 60, 60)
    get().pickLabel('dog')
    expect(get().annotations).toMatchObject([{ labelId: 'dog', shape: { type: 'rectangle' } }])
    await settle()
    expect(core.done).toHaveLength(2)
  })

  it('that are refused are put back, and the user is told', async () => {
    const { core, get, notices } = await create()
    core.annotations = [annotation('old')]
    await get().openImage(1, [])
    core.refuseNext = new CodedError('disk-full', 'The disk is full.')
    get().deleteAnnotations(['old'])
    expect(get().annotations).toEqual([])
    await settle()
    expect(get().annotations).toMatchObject([{ id: 'old' }])
    expect(notices).toEqual(['error: The change was not stored: The disk is full.'])
  })

  it('into a hidden class show it again, and say so', async () => {
    const { core, get, notices } = await create()
    core.annotations = [annotation('one'), { ...annotation('two'), labelId: 'dog' }]
    await get().openImage(1, [])
    get().toggleLabelHidden('cat')
    get().toggleLabelHidden('dog')
    get().setAnnotationLabel(['one'], 'dog')
    await settle()
    expect([...get().hiddenLabels]).toEqual(['cat'])
    get().setTool('select')
    get().toggleLabelHidden('dog')
    get().select('two')
    expect([...get().hiddenLabels]).toEqual(['cat'])
    expect(get().selected).toBe('two')
    get().select(null)
    get().pickLabel('cat')
    expect([...get().hiddenLabels]).toEqual([])
    expect(notices).toEqual([
      'info: dog was hidden, and is shown again.',
      'info: dog was hidden, and is shown again.',
      'info: cat was hidden, and is shown again.',
    ])
  })

  it('leave a class hidden that they are not about, and those of other images', async () => {
    const { core, get, notices } = await create()
    core.annotations = [annotation('one')]
    await get().openImage(1, [])
    get().toggleLabelHidden('dog')
    const other = diffOf({ annotations: { added: [{ ...annotation('far', 2), labelId: 'dog' }] } })
    await core.client.call('edit.commit', { diff: other })
    get().deleteAnnotations(['one'])
    await settle()
    expect([...get().hiddenLabels]).toEqual(['dog'])
    expect(notices.filter((notice) => notice.startsWith('info'))).toEqual([])
  })

  it('that delete an object offer the way back, once it is gone', async () => {
    const { core, get, notices } = await create()
    core.annotations = [annotation('row'), annotation('key')]
    await get().openImage(1, [])
    get().deleteAnnotations(['row'])
    await settle()
    get().setTool('select')
    get().select('key')
    get().deleteSelected()
    await settle()
    expect(get().annotations).toEqual([])
    expect(notices).toEqual([
      'undo: Deleted an object of class cat (row)',
      'undo: Deleted an object of class cat (key)',
    ])
  })

  it('that are refused leave the draft to be committed again', async () => {
    const { core, get, click } = await create()
    core.refuseNext = new CodedError('disk-full', 'The disk is full.')
    click(20, 20)
    await core.questions[0]!.answer(answerOf(30))
    get().confirm()
    await settle()
    expect(get().annotations).toEqual([])
    expect(get().masks.status).toBe('ready')
    get().confirm()
    await settle()
    expect(get().annotations).toHaveLength(1)
    expect(get().masks.status).toBe('empty')
  })

  it('that are refused leave a hand-drawn polygon in the making', async () => {
    const { core, get, click } = await create()
    get().setTool('polygon')
    core.refuseNext = new CodedError('disk-full', 'The disk is full.')
    click(10, 10)
    click(80, 10)
    click(80, 80)
    get().pickLabel('dog')
    await settle()
    expect(get().tools.polygon).toMatchObject({ vertices: [{}, {}, {}] })
    get().confirm()
    await settle()
    expect(get().annotations).toMatchObject([{ labelId: 'dog', source: 'hand' }])
  })

  it('in quick succession never show an older state again', async () => {
    const { core, get, workbench, click } = await create()
    core.annotations = [annotation('old')]
    await get().openImage(1, [])
    get().setTool('select')
    get().select('old')
    click(25, 25)
    const seen: number[] = []
    workbench.subscribe((now) => {
      const shape = now.annotations[0]?.shape
      if (shape?.type === 'polygon') seen.push(shape.parts[0]!.outer[0]![0])
    })
    for (let step = 0; step < 5; step += 1) get().nudge(1, 0)
    await settle()
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(15)
  })

  it('follow the digit: the selected shape gets the class, else it becomes the current one', async () => {
    const { core, get } = await create()
    core.annotations = [annotation('old')]
    await get().openImage(1, [])
    get().pickLabel('dog')
    await settle()
    expect(get().annotations[0]?.labelId).toBe('cat')
    get().select('old')
    get().pickLabel('dog')
    await settle()
    expect(core.annotations[0]?.labelId).toBe('dog')
  })

  it('of others are shown; what they removed is selected no more', async () => {
    const { core, get } = await create()
    core.annotations = [annotation('old')]
    await get().openImage(1, [])
    get().select('old')
    get().hover('old')
    const diff = diffOf({ labels: { removed: [labels[0]!] }, annotations: { removed: [annotation('old')] } })
    core.emit('edit.applied', { diff, kind: 'commit', histories: [], everywhere: true })
    expect(get()).toMatchObject({ annotations: [], selected: null, hovered: null, currentLabelId: 'dog' })
  })

  it('of other images change nothing here', async () => {
    const { core, get } = await create()
    const diff = diffOf({ annotations: { added: [annotation('x', 2)] } })
    core.emit('edit.applied', { diff, kind: 'commit', histories: [], everywhere: false })
    expect(get()).toMatchObject({ annotations: [], canUndo: false })
  })

  it('of labels alone leave what can be redone as the core has it', async () => {
    const { core, get, drag } = await create()
    get().setTool('rectangle')
    drag(10, 10, 60, 60)
    await settle()
    await get().undo()
    await settle()
    expect(get()).toMatchObject({ canRedo: true })
    const diff = diffOf({ labels: { updated: [[labels[0]!, { ...labels[0]!, name: 'tiger' }]] } })
    await core.client.call('edit.commit', { diff })
    await settle()
    expect(get()).toMatchObject({ canUndo: true, canRedo: true })
    core.undone.length = 0
    await core.client.call('edit.commit', { diff })
    await settle()
    expect(get()).toMatchObject({ canUndo: true, canRedo: false })
  })

  it('are undone and redone through the core', async () => {
    const { get, drag, notices } = await create()
    get().setTool('rectangle')
    drag(10, 10, 60, 60)
    await settle()
    await get().undo()
    await settle()
    expect(get()).toMatchObject({ annotations: [], canUndo: false, canRedo: true })
    await get().redo()
    await settle()
    expect(get().annotations).toHaveLength(1)
    await get().redo()
    expect(notices).toEqual(['info: There is nothing to redo.'])
  })
})

describe('closing', () => {
  it('says which objects are lost because their masks were not there', async () => {
    const { get, open, click, notices } = await create()
    click(20, 20)
    get().pickLabel('dog')
    await open(2)
    expect(get().unstored()).toBe(1)
    get().closeImage()
    expect(notices).toEqual([
      'warning: One object of the folder before could not be stored: the mask was not there yet.',
    ])
    expect(get().unstored()).toBe(0)
  })

  it('forgets image, drafts and class', async () => {
    const { get, open, click } = await create()
    click(20, 20)
    get().closeImage()
    expect(get()).toMatchObject({ image: null, currentLabelId: null, masks: { status: 'empty' } })
    await open(1)
    expect(get().masks.prompts).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import type { Proposal } from '../../../common/contract/everything.ts'
import type { Work as Run } from '../../../common/contract/work.ts'
import { runAction } from '../../../renderer/actions/all-actions.ts'
import { actionFor } from '../../../renderer/actions/keyboard.ts'
import {
  createMemoryCore,
  createTestSession,
  imageOf,
  labelOf,
  project,
  runningWork,
} from '../actions/support.ts'
import type { CallInput } from '../../../common/contract.ts'
import { keptMaskOf } from '../../../common/kept-mask.ts'
import { keptOf } from '../../../renderer/state/work.ts'
import type { Session } from '../../../renderer/state/session.ts'
import { settle, square } from '../tools/fake-core.ts'

const frame = { imageWidth: 64, imageHeight: 64, crop: { x: 0, y: 0, width: 64, height: 64 } }

const proposal = (id: string): Proposal => ({
  id,
  polygon: square(4, 4, 8),
  score: 0.9,
  bbox: { x: 4, y: 4, width: 8, height: 8 },
  modelId: 'mobile-sam',
  prompts: [{ type: 'point', x: 8, y: 8, positive: true }],
  candidate: 0,
  mask: { id: `mask-${id}`, detail: 0.5 },
  kept: [keptMaskOf(`mask-${id}`, new Float32Array(65536).fill(1), frame, { minArea: 0, minShare: 0 })],
})
/** What a run of everything mode tells. */
const told = (id: string, ...found: string[]): { work: Run } => ({
  work: { ...runningWork('everything', id), detail: { imageId: 1, added: found.map(proposal) } },
})

const create = async () => {
  const core = createMemoryCore(3, [labelOf(0)])
  const other = { ...project, folder: '/other', file: '/other/p', name: 'other' }
  let starts = 0
  core.answers['work.start'] = () => ({ id: `run-${++starts}` })
  core.answers['project.open'] = () => other
  const { session } = await createTestSession(core, { image: imageOf(1), currentLabelId: 'label-0' })
  const review = () => session.work.store.getState().review
  const found = () => review()?.proposals.map(({ id }) => id)
  const commits = () => core.made.filter(({ name }) => name === 'edit.commit')
  return { core, session, work: session.work, review, found, commits, other }
}

describe('everything mode', () => {
  it('gathers what its run tells', async () => {
    const { core, work, found } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a'))
    core.emit('work.changed', told('another-run', 'elsewhere'))
    core.emit('work.changed', told('run-1', 'b'))
    expect(found()).toEqual(['a', 'b'])
  })

  it('is over when another folder is opened, and tells nothing into the next review', async () => {
    const { core, session, work, review, found } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a'))
    await session.openFolder('/other')
    expect(review()).toBeNull()
    core.emit('work.changed', told('run-1', 'late'))
    expect(review()).toBeNull()
    const start = work.findEverything(1)
    core.emit('work.changed', told('run-1', 'later'))
    await start
    core.emit('work.changed', told('run-2', 'b'))
    expect(found()).toEqual(['b'])
  })

  it('is over when another window of the app opens a folder', async () => {
    const { core, work, review, other } = await create()
    await work.findEverything(1)
    core.emit('project.changed', { project: other })
    await settle()
    expect(review()).toBeNull()
  })

  it('started again mixes nothing of the run before in', async () => {
    const { core, work, review, found } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a'))
    const again = work.findEverything(1)
    core.emit('work.changed', told('run-1', 'late'))
    core.emit('work.changed', { work: { ...told('run-1').work, state: 'cancelled' } })
    await again
    expect(review()).toMatchObject({ isRunning: true, proposals: [] })
    core.emit('work.changed', told('run-2', 'b'))
    expect(found()).toEqual(['b'])
  })

  it('is kept by Enter and dropped by Esc, in the place of a draft', async () => {
    const { core, session, work, review, commits } = await create()
    const press = (key: string) => {
      const input = { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
      const action = actionFor(input, session, 'other')
      if (action) runAction(action, session)
      return action?.id
    }
    await work.findEverything(1)
    expect(press('Enter')).toBeUndefined()
    core.emit('work.changed', { work: { ...told('run-1', 'a', 'b').work, state: 'done' } })
    work.toggle('a')
    expect(press('Delete')).toBe('leave-out-found')
    expect(press('Delete')).not.toBe('leave-out-found')
    expect(press('Enter')).toBe('keep-found')
    await settle()
    expect(commits()).toMatchObject([
      {
        input: {
          diff: { annotations: { added: [{ imageId: 1, mask: { id: 'mask-b' } }] } },
          masks: [{ id: 'mask-b' }],
        },
      },
    ])
    expect(press('Enter')).toBeUndefined()
    await work.findEverything(1)
    expect(press('Escape')).toBe('drop-found')
    expect(review()).toBeNull()
  })

  it('is stored once, however often Enter is pressed', async () => {
    const { core, work, review, commits } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a'))
    await Promise.all([work.keep('label-0'), work.keep('label-0')])
    expect(commits()).toHaveLength(1)
    expect(review()).toBeNull()
  })

  it('gives some a class, others another, and goes on with the rest', async () => {
    const { core, work, review, commits } = await create()
    const labelsOf = () =>
      commits().map(({ input }) =>
        (input as CallInput<'edit.commit'>).diff.annotations.added.map(({ labelId }) => labelId),
      )
    await work.findEverything(1)
    core.emit('work.changed', { work: { ...told('run-1', 'a', 'b', 'c', 'd').work, state: 'done' } })
    work.toggle('a')
    work.toggle('b')
    work.toggle('b')
    work.toggle('c')
    await work.keep('label-0')
    expect(keptOf(review()!).map(({ id }) => id)).toEqual(['b', 'd'])
    work.toggle('b')
    work.leaveOut()
    expect(keptOf(review()!).map(({ id }) => id)).toEqual(['d'])
    work.toggle('b')
    work.toggle('d')
    await work.keep('label-1')
    expect(keptOf(review()!).map(({ id }) => id)).toEqual(['b'])
    await work.keep('label-0')
    expect(review()).toBeNull()
    expect(labelsOf()).toEqual([['label-0', 'label-0'], ['label-1'], ['label-0']])
  })

  it('what was chosen is chosen again when it could not be stored', async () => {
    const { core, work, review } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a', 'b'))
    work.toggle('b')
    core.answers['edit.commit'] = () => Promise.reject(new Error('The disk is full.'))
    await expect(work.keep('label-0')).rejects.toThrow('The disk is full.')
    expect(keptOf(review()!)).toMatchObject([{ id: 'b' }])
    expect(review()).toMatchObject({ isRunning: true, stored: new Set() })
  })

  it('is there again when it could not be stored', async () => {
    const { core, work, review } = await create()
    await work.findEverything(1)
    core.emit('work.changed', told('run-1', 'a'))
    core.answers['edit.commit'] = () => Promise.reject(new Error('The disk is full.'))
    await expect(work.keep('label-0')).rejects.toThrow('The disk is full.')
    expect(review()).toMatchObject({ isRunning: false, proposals: [{ id: 'a' }] })
  })
})

describe('long work', () => {
  const paused = { ...runningWork('prepare'), state: 'paused' as const }
  const works = (session: Session) => session.work.store.getState().works

  it('that goes on or is paused is there for a page that was loaded anew', async () => {
    const core = createMemoryCore(3)
    core.answers['work.list'] = () => ({ works: [paused, runningWork('boxes')] })
    const { session } = await createTestSession(core)
    await settle()
    expect(works(session)).toMatchObject([
      { kind: 'prepare', state: 'paused', done: 3 },
      { kind: 'boxes', state: 'running' },
    ])
  })

  it('that is over is told again only to a page that saw it going', async () => {
    const core = createMemoryCore(3)
    core.answers['work.list'] = () => ({ works: [{ ...paused, state: 'done' }] })
    const { session } = await createTestSession(core)
    await settle()
    expect(works(session)).toEqual([])
    core.emit('work.changed', { work: paused })
    // The connection was lost and is there again.
    await session.start()
    await settle()
    expect(works(session)).toMatchObject([{ state: 'done' }])
  })

  it('that has ended makes way for the next of its kind, or is closed; what runs is not', async () => {
    const core = createMemoryCore(3)
    const { session } = await createTestSession(core)
    core.emit('work.changed', { work: { ...paused, state: 'failed' } })
    core.emit('work.changed', { work: runningWork('prepare', 'prepare-2') })
    expect(works(session).map(({ id }) => id)).toEqual(['prepare-2'])
    session.work.dismiss('prepare-2')
    expect(works(session)).toHaveLength(1)
    core.emit('work.changed', { work: { ...runningWork('prepare', 'prepare-2'), state: 'done' } })
    session.work.dismiss('prepare-2')
    expect(works(session)).toEqual([])
  })
})

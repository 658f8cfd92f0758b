import { describe, expect, it } from 'vitest'
import type { EventPayload } from '../../../common/contract.ts'
import type { Proposal } from '../../../common/contract/everything.ts'
import { runAction } from '../../../renderer/actions/all-actions.ts'
import { actionFor } from '../../../renderer/actions/keyboard.ts'
import {
  createMemoryCore,
  createTestSession,
  idleWork,
  imageOf,
  labelOf,
  project,
} from '../actions/support.ts'
import { settle, square } from '../tools/fake-core.ts'

const proposal = (id: string): Proposal => ({
  id,
  polygon: square(4, 4, 8),
  score: 0.9,
  bbox: { x: 4, y: 4, width: 8, height: 8 },
  modelId: 'mobile-sam',
  prompts: [{ type: 'point', x: 8, y: 8, positive: true }],
  candidate: 0,
})
const told = (...ids: string[]): EventPayload<'everything.changed'> => ({
  imageId: 1,
  state: 'running',
  done: 1,
  total: 256,
  added: ids.map(proposal),
  message: null,
})

const create = async () => {
  const core = createMemoryCore(3, [labelOf(0)])
  const other = { ...project, folder: '/other', file: '/other/p', name: 'other' }
  core.answers['everything.start'] = () => ({})
  core.answers['everything.cancel'] = () => ({})
  core.answers['project.open'] = () => other
  const { session } = await createTestSession(core, { image: imageOf(1), currentLabelId: 'label-0' })
  const review = () => session.work.store.getState().review
  const found = () => review()?.proposals.map(({ id }) => id)
  const commits = () => core.made.filter(({ name }) => name === 'edit.commit')
  return { core, session, work: session.work, review, found, commits, other }
}

describe('everything mode', () => {
  it('gathers what is told of its image', async () => {
    const { core, work, found } = await create()
    await work.findEverything(1)
    core.emit('everything.changed', told('a'))
    core.emit('everything.changed', { ...told('elsewhere'), imageId: 2 })
    core.emit('everything.changed', told('b'))
    expect(found()).toEqual(['a', 'b'])
  })

  it('is over when another folder is opened, and tells nothing into the next review', async () => {
    const { core, session, work, review, found } = await create()
    await work.findEverything(1)
    core.emit('everything.changed', told('a'))
    await session.openFolder('/other')
    expect(review()).toBeNull()
    core.emit('everything.changed', told('late'))
    expect(review()).toBeNull()
    const start = work.findEverything(1)
    core.emit('everything.changed', told('later'))
    await start
    core.emit('everything.changed', told('b'))
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
    core.emit('everything.changed', told('a'))
    const again = work.findEverything(1)
    core.emit('everything.changed', told('late'))
    core.emit('everything.changed', { ...told(), state: 'idle' })
    await again
    expect(review()).toMatchObject({ state: 'running', proposals: [] })
    core.emit('everything.changed', told('b'))
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
    core.emit('everything.changed', { ...told('a', 'b'), state: 'done' })
    work.toggle('a')
    expect(press('Enter')).toBe('keep-found')
    await settle()
    expect(commits()).toMatchObject([{ input: { diff: { annotations: { added: [{ imageId: 1 }] } } } }])
    expect(press('Enter')).toBeUndefined()
    await work.findEverything(1)
    expect(press('Escape')).toBe('drop-found')
    expect(review()).toBeNull()
  })

  it('is stored once, however often Enter is pressed', async () => {
    const { core, work, review, commits } = await create()
    await work.findEverything(1)
    core.emit('everything.changed', told('a'))
    await Promise.all([work.keep('label-0'), work.keep('label-0')])
    expect(commits()).toHaveLength(1)
    expect(review()).toBeNull()
  })

  it('is there again when it could not be stored', async () => {
    const { core, work, review } = await create()
    await work.findEverything(1)
    core.emit('everything.changed', told('a'))
    core.answers['edit.commit'] = () => Promise.reject(new Error('The disk is full.'))
    await expect(work.keep('label-0')).rejects.toThrow('The disk is full.')
    expect(review()).toMatchObject({ state: 'idle', proposals: [{ id: 'a' }] })
  })
})

describe('long work', () => {
  const paused = { ...idleWork, state: 'paused' as const, done: 3, total: 9 }

  it('that goes on or is paused is there for a page that was loaded anew', async () => {
    const core = createMemoryCore(3)
    core.answers['prepare.status'] = () => paused
    core.answers['boxes.status'] = () => ({ ...paused, state: 'running', objects: 2 })
    const { session } = await createTestSession(core)
    await settle()
    expect(session.work.store.getState()).toMatchObject({
      prepare: { state: 'paused', done: 3 },
      boxes: { state: 'running', objects: 2 },
    })
  })

  it('that is over is told again only to a page that saw it going', async () => {
    const core = createMemoryCore(3)
    core.answers['prepare.status'] = () => ({ ...paused, state: 'done' })
    const { session } = await createTestSession(core)
    await settle()
    expect(session.work.store.getState()).toMatchObject({ prepare: null, boxes: null })
    core.emit('prepare.changed', paused)
    // The connection was lost and is there again.
    await session.start()
    await settle()
    expect(session.work.store.getState().prepare).toMatchObject({ state: 'done' })
  })
})

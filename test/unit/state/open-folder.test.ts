import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryCore, createTestSession, project } from '../actions/support.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', () => 0)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('another folder is opened when what is on its way is stored in the one before', async () => {
  const core = createMemoryCore(3)
  let unstored = 1
  const { session } = await createTestSession(core, { unstored: () => unstored })
  core.answers['project.open'] = () => ({ ...project, file: '/other/p', folder: '/other' })
  const isOpened = () => core.made.some(({ name }) => name === 'project.open')
  const opened = session.openFolder('/other')
  await vi.advanceTimersByTimeAsync(5000)
  expect(isOpened()).toBe(false)
  unstored = 0
  await vi.advanceTimersByTimeAsync(50)
  expect(isOpened()).toBe(true)
  expect(await opened).toBe(true)
})

it('another folder is opened in the end, even when something can not be stored', async () => {
  const core = createMemoryCore(3)
  const { session } = await createTestSession(core, { unstored: () => 1 })
  core.answers['project.open'] = () => ({ ...project, file: '/other/p', folder: '/other' })
  const opened = session.openFolder('/other')
  await vi.advanceTimersByTimeAsync(20_100)
  expect(await opened).toBe(true)
})

it('of two folders wished for meanwhile the later one is opened', async () => {
  const core = createMemoryCore(3)
  let unstored = 1
  const { session } = await createTestSession(core, { unstored: () => unstored })
  core.answers['project.open'] = ({ folder }) => ({ ...project, file: `${folder}/p`, folder })
  const opened = [session.openFolder('/first'), session.openFolder('/second')]
  await vi.advanceTimersByTimeAsync(1000)
  unstored = 0
  await vi.advanceTimersByTimeAsync(50)
  expect(await Promise.all(opened)).toEqual([false, true])
  expect(core.made.filter(({ name }) => name === 'project.open')).toMatchObject([
    { input: { folder: '/second' } },
  ])
})

it('a folder that can not be opened leaves the window on what the core has open', async () => {
  const core = createMemoryCore(3)
  const { session } = await createTestSession(core)
  const other = { ...project, file: '/other/p', folder: '/other' }
  core.answers['project.open'] = () => {
    core.answers['project.current'] = () => ({ project: other })
    core.emit('project.changed', { project: other })
    return Promise.reject(new Error('There is no such folder.'))
  }
  await expect(session.openFolder('/gone')).rejects.toThrow('There is no such folder.')
  await vi.advanceTimersByTimeAsync(50)
  expect(session.store.getState()).toMatchObject({ project: other, opening: null })
})

it('a folder that can not be opened from the welcome page leaves it there', async () => {
  const core = createMemoryCore(3)
  core.answers['project.current'] = () => ({ project: null })
  const { session } = await createTestSession(core)
  core.answers['project.open'] = () => Promise.reject(new Error('There is no such folder.'))
  const before = core.made.length
  await expect(session.openFolder('/gone')).rejects.toThrow('There is no such folder.')
  await vi.advanceTimersByTimeAsync(50)
  // The page says which of the recent folders are gone.
  const asked = core.made.slice(before).map(({ name }) => name)
  expect(asked.sort()).toEqual(['project.current', 'project.open', 'project.recent'])
  expect(session.store.getState()).toMatchObject({ project: null, opening: null })
})

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

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardLeaving, type LeavePorts } from '../../../renderer/state/leave.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const create = (desktop: boolean) => {
  const target = new EventTarget()
  const noWait: () => void = () => undefined
  const page = { unstored: 0, closed: 0, told: 0, leaveNow: noWait }
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true })
    target.dispatchEvent(event)
    return event.defaultPrevented ? 'stays' : 'leaves'
  }
  const window = Object.assign(target, {
    close: () => {
      if (leave() === 'leaves') page.closed += 1
    },
  }) as unknown as LeavePorts['window']
  const workbench = { getState: () => ({ unstored: () => page.unstored }) } as LeavePorts['workbench']
  const tell = (goOn: () => void) => {
    page.told += 1
    page.leaveNow = goOn
    return () => {
      page.told -= 1
    }
  }
  const stop = guardLeaving({ window, workbench, tell, closesItself: () => desktop })
  return { page, leave, stop }
}

describe('leaving', () => {
  it('is let go when all is stored', () => {
    expect(create(true).leave()).toBe('leaves')
  })

  it('waits on the desktop until all is stored, then closes the window by itself', () => {
    const { page, leave } = create(true)
    page.unstored = 1
    expect(leave()).toBe('stays')
    expect(leave()).toBe('stays')
    vi.advanceTimersByTime(15_000)
    expect(page).toMatchObject({ closed: 0, told: 1 })
    page.unstored = 0
    vi.advanceTimersByTime(100)
    expect(page).toMatchObject({ closed: 1, told: 0 })
  })

  it('says nothing of what is stored at once', () => {
    const { page, leave } = create(true)
    page.unstored = 1
    leave()
    vi.advanceTimersByTime(200)
    page.unstored = 0
    expect(page.told).toBe(0)
  })

  it('leaves at once when the user waits no longer', () => {
    const { page, leave } = create(true)
    page.unstored = 1
    leave()
    vi.advanceTimersByTime(1000)
    page.leaveNow()
    expect(page).toMatchObject({ closed: 1, told: 0 })
    vi.advanceTimersByTime(60_000)
    expect(page.closed).toBe(1)
  })

  it('does not wait for ever', () => {
    const { page, leave } = create(true)
    page.unstored = 1
    leave()
    vi.advanceTimersByTime(19_900)
    expect(page.closed).toBe(0)
    vi.advanceTimersByTime(200)
    expect(page.closed).toBe(1)
  })

  it('leaves it to the user in a browser', () => {
    const { page, leave } = create(false)
    page.unstored = 1
    expect(leave()).toBe('stays')
    page.unstored = 0
    vi.advanceTimersByTime(5000)
    expect(page.closed).toBe(0)
    expect(leave()).toBe('leaves')
  })
})

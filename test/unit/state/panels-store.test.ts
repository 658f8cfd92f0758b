/** What the hand does reaches the panels a frame later; what it did is never read too late. */
import { expect, test } from 'vitest'
import { createStore } from 'zustand'
import { createPanelsStore } from '../../../renderer/state/panels-store.ts'
import type { Workbench } from '../../../renderer/workbench/store.ts'

const create = () => {
  const workbench = createStore(() => ({ selected: '', hovered: '', annotations: 0 }))
  const frames: (() => void)[] = []
  const panels = createPanelsStore(
    workbench as unknown as Workbench,
    () => new Promise((resolve) => frames.push(resolve)),
  )
  const heard: unknown[] = []
  const stop = panels.subscribe((now, before) => heard.push([before.selected, now.selected]))
  const paint = async () => {
    for (const frame of frames.splice(0)) frame()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { workbench, panels, heard, paint, stop, frames }
}

test('a selection is told once its frame is painted, several in a frame as one, and read at once', async () => {
  const { workbench, panels, heard, paint, frames } = create()
  workbench.setState({ hovered: 'b' })
  workbench.setState({ selected: 'b' })
  expect(heard).toEqual([])
  expect(panels.getState().selected).toBe('b')
  expect(frames).toHaveLength(1)
  await paint()
  expect(heard).toEqual([['', 'b']])
  workbench.setState({ selected: 'c' })
  await paint()
  expect(heard).toEqual([
    ['', 'b'],
    ['b', 'c'],
  ])
})

test('any other change is told at once, with what the hand did before it', async () => {
  const { workbench, heard, paint } = create()
  workbench.setState({ selected: 'b' })
  workbench.setState({ annotations: 1 })
  expect(heard).toEqual([['', 'b']])
  await paint()
  expect(heard).toEqual([['', 'b']])
})

test('who has stopped listening hears nothing', async () => {
  const { workbench, heard, paint, stop } = create()
  workbench.setState({ selected: 'b' })
  stop()
  await paint()
  expect(heard).toEqual([])
})

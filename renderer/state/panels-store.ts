/**
 * The workbench as the panels hear of it. What the hand alone does (hover, select, drag) is on the stage in the next
 * frame, and in the panels in the one after it: without a GPU their part of a click would take longer than the stage's.
 * Whoever reads the state always reads the newest, so a key or a click on a button acts on what is, not on what is shown.
 */
import type { StoreApi } from 'zustand'
import { afterPaint } from '../segmentation/after-paint.ts'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'

/** What may be told a frame later; every other change tells of these too, at once. */
const ofTheHand: ReadonlySet<string> = new Set<keyof WorkbenchStore>([
  'tools',
  'selection',
  'selected',
  'hovered',
  'inGesture',
  'takesArrows',
  'pointer',
])

const isOfTheHand = (now: WorkbenchStore, before: WorkbenchStore): boolean =>
  Object.entries(now).every(
    ([key, value]) => ofTheHand.has(key) || value === before[key as keyof WorkbenchStore],
  )

export type PanelsStore = Pick<StoreApi<WorkbenchStore>, 'getState' | 'getInitialState' | 'subscribe'>

/** @param painted resolves when the next frame is painted */
export const createPanelsStore = (workbench: Workbench, painted = afterPaint): PanelsStore => {
  const listeners = new Set<(now: WorkbenchStore, before: WorkbenchStore) => void>()
  let told = workbench.getState()
  let isLate = false

  const tell = () => {
    const [now, before] = [workbench.getState(), told]
    if (now === before) return
    told = now
    for (const listener of [...listeners]) listener(now, before)
  }
  const tellLate = async () => {
    if (isLate) return
    isLate = true
    await painted()
    isLate = false
    tell()
  }
  workbench.subscribe((now, before) => {
    if (isOfTheHand(now, before)) void tellLate()
    else tell()
  })

  return {
    getState: workbench.getState,
    getInitialState: workbench.getInitialState,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

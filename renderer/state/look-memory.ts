/** Keeps how objects are shown over restarts. */
import { lookOf } from '../tools/stage-look.ts'
import type { Workbench } from '../workbench/store.ts'

const KEY = 'maskwright.look'

/** Sets what was remembered, and remembers what is set from then on; returns a function that stops it. */
export const rememberLook = (
  workbench: Workbench,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): (() => void) => {
  try {
    workbench.getState().setLook(lookOf(JSON.parse(memory.getItem(KEY) ?? '{}')))
  } catch {
    // Nothing that was written by us: what is usual stays.
  }
  return workbench.subscribe(({ look }, before) => {
    if (look !== before.look) memory.setItem(KEY, JSON.stringify(look))
  })
}

/** Keeps which classes and objects of a project are hidden over restarts. */
import { z } from 'zod'
import type { Workbench, WorkbenchStore } from '../workbench/store.ts'
import type { Memory } from './kept-memory.ts'

/** By project file. */
const keyOf = (file: string) => `maskwright.hidden.${file}`
/** Of the objects hidden last. */
const MOST_OBJECTS = 2000

const id = z.string().max(64)
const hiddenSchema = z.object({ labels: z.array(id), objects: z.array(id) })

type Hidden = Pick<WorkbenchStore, 'hiddenLabels' | 'hiddenObjects'>

const recalled = (memory: Memory, file: string): Hidden => {
  try {
    const { labels, objects } = hiddenSchema.parse(JSON.parse(memory.getItem(keyOf(file)) ?? ''))
    return { hiddenLabels: new Set(labels), hiddenObjects: new Set(objects) }
  } catch {
    return { hiddenLabels: new Set(), hiddenObjects: new Set() }
  }
}

interface HiddenMemory {
  /** Another project is open: hides what was hidden in it. */
  readonly recall: (file: string) => void
  readonly stop: () => void
}

/** @param openFile the project file that is open; null when none is */
export const rememberHidden = (
  workbench: Workbench,
  memory: Memory,
  openFile: () => string | null,
): HiddenMemory => {
  let isRecalling = false
  const stop = workbench.subscribe((now, before) => {
    const file = openFile()
    // Without an image the project is being left: all is shown again then.
    if (file === null || now.image === null || isRecalling) return
    if (now.hiddenLabels === before.hiddenLabels && now.hiddenObjects === before.hiddenObjects) return
    const [labels, objects] = [[...now.hiddenLabels], [...now.hiddenObjects].slice(-MOST_OBJECTS)]
    memory.setItem(keyOf(file), JSON.stringify({ labels, objects }))
  })
  return {
    recall(file) {
      isRecalling = true
      workbench.getState().hideOnly(recalled(memory, file))
      isRecalling = false
    },
    stop,
  }
}

/**
 * The one contract between a shell's core and whoever calls it: every call with its input and output, every event.
 * Each domain has its file in `contract/`; a new call touches that file, one handler and one caller. Types are
 * inferred, never written twice.
 */
import type { z } from 'zod'
import { appCalls, appEvents } from './contract/app.ts'
import { boxesCalls } from './contract/boxes.ts'
import { classListCalls } from './contract/class-lists.ts'
import { damagedCalls } from './contract/damaged.ts'
import { detectCalls } from './contract/detect.ts'
import { editCalls, editEvents } from './contract/edits.ts'
import { filmCalls } from './contract/film.ts'
import { folderCalls } from './contract/folders.ts'
import { galleryCalls } from './contract/gallery.ts'
import { imageCalls, imageEvents } from './contract/images.ts'
import { importCalls } from './contract/import.ts'
import { inferenceCalls, inferenceEvents } from './contract/inference.ts'
import { maskCalls } from './contract/masks.ts'
import { memoryCalls } from './contract/memory.ts'
import { mirrorCalls, mirrorEvents } from './contract/mirror.ts'
import { modelsCalls, modelsEvents } from './contract/models.ts'
import { projectCalls, projectEvents } from './contract/project.ts'
import { providersCalls } from './contract/providers.ts'
import { serverCalls } from './contract/server.ts'
import { settingsCalls, settingsEvents } from './contract/settings.ts'
import { statisticsCalls } from './contract/statistics.ts'
import { taskCalls } from './contract/tasks.ts'
import { workCalls, workEvents } from './contract/work.ts'

export const calls = {
  ...appCalls,
  ...settingsCalls,
  ...memoryCalls,
  ...folderCalls,
  ...filmCalls,
  ...projectCalls,
  ...imageCalls,
  ...galleryCalls,
  ...editCalls,
  ...classListCalls,
  ...damagedCalls,
  ...maskCalls,
  ...inferenceCalls,
  ...workCalls,
  ...boxesCalls,
  ...detectCalls,
  ...importCalls,
  ...mirrorCalls,
  ...modelsCalls,
  ...serverCalls,
  ...providersCalls,
  ...statisticsCalls,
  ...taskCalls,
} as const

export const events = {
  ...appEvents,
  ...settingsEvents,
  ...projectEvents,
  ...imageEvents,
  ...editEvents,
  ...inferenceEvents,
  ...workEvents,
  ...mirrorEvents,
  ...modelsEvents,
} as const

type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<N extends CallName> = z.infer<Calls[N]['input']>
export type CallOutput<N extends CallName> = z.infer<Calls[N]['output']>

type Events = typeof events
export type EventName = keyof Events
export type EventPayload<N extends EventName> = z.infer<Events[N]>
/** An event as it crosses a transport. */
export type AppEvent = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName]

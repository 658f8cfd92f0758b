/** The program itself: what runs, and what it has to say unasked. */
import { z } from 'zod'
import { modelInfoSchema } from '../model-info.ts'
import { call, nothing } from './call.ts'

export const appCalls = {
  'app.info': call(
    nothing,
    z.object({
      version: z.string(),
      shell: z.enum(['electron', 'web', 'cli', 'test']),
      /** The shell has dialogs of its own for folders and files; without them the renderer lists folders. */
      nativeDialog: z.boolean(),
      dataFolder: z.string(),
      /** There are sample photos to try: `project.sample`. */
      sample: z.boolean(),
      models: z.array(modelInfoSchema),
      providers: z.array(z.string()),
    }),
  ),
  /**
   * Asks the network for the newest release, the only call that does so for the app itself: never unasked. `unknown`:
   * this build has no address to ask. Refused with `offline`, `download-failed`.
   */
  'app.updates': call(
    nothing,
    z.discriminatedUnion('state', [
      z.object({ state: z.literal('unknown'), version: z.string() }),
      z.object({ state: z.literal('newest'), version: z.string() }),
      z.object({ state: z.literal('newer'), version: z.string(), newest: z.string(), page: z.string() }),
    ]),
  ),
} as const

export const appEvents = {
  /** Something the user should know and did not ask for. */
  notice: z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
} as const

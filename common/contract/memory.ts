/**
 * What a page remembers over restarts: how things are shown. A browser that serves the web shell keeps it by the port,
 * which is another one at each start.
 */
import { z } from 'zod'
import { limits } from '../limits.ts'
import { call, nothing } from './call.ts'

/** As names and values of a browser's `localStorage`; the value is the page's to understand. */
const entrySchema = z.object({
  key: z
    .string()
    .min(1)
    .max(limits.pathBytes + 100),
  value: z.string().max(200_000),
})

export const memoryCalls = {
  /** What was kept, what was kept last at the end. */
  'memory.recall': call(nothing, z.object({ entries: z.array(entrySchema) })),
  'memory.keep': call(z.object({ entries: z.array(entrySchema).max(100) }), nothing),
} as const

export type MemoryEntry = z.infer<typeof entrySchema>

/** Who has a project open on another computer: part of the error, shown by window and terminal alike. */
import { z } from 'zod'

export const heldSchema = z.object({
  /** The folder of images. */
  folder: z.string(),
  user: z.string(),
  /** The name of the computer. */
  host: z.string(),
  /** Since when, ms since 1970, by the clock of that computer. */
  since: z.number(),
  /** For so many seconds nothing was heard of it. */
  silentFor: z.number(),
})
export type Held = z.infer<typeof heldSchema>

/** What the file of the window's place may hold: the data folder is open to other programs too. */
import { z } from 'zod'
import { readSmallTextSync } from '../core/files/small-file.ts'

const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400),
  height: z.int().min(300),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

/** The place in the file; null when there is none, or it is damaged. */
export const readWindowFile = (file: string): WindowState | null => {
  try {
    return windowStateSchema.parse(JSON.parse(readSmallTextSync(file, { limit: 1e6 })))
  } catch {
    return null
  }
}

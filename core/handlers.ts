/** One handler a call of the contract: looks up what is asked, leaves the work to the part that owns it. */
import type { Handlers } from '../common/rpc.ts'
import { appHandlers } from './handlers/app.ts'
import { editHandlers } from './handlers/edits.ts'
import { folderHandlers } from './handlers/folders.ts'
import { imageHandlers } from './handlers/images.ts'
import { inferenceHandlers } from './handlers/inference.ts'
import { modelHandlers } from './handlers/models.ts'
import type { Parts } from './handlers/parts.ts'
import { workHandlers } from './handlers/work.ts'

export const createHandlers = (parts: Parts): Handlers => ({
  ...appHandlers(parts),
  ...folderHandlers(parts),
  ...imageHandlers(parts),
  ...editHandlers(parts),
  ...inferenceHandlers(parts),
  ...modelHandlers(parts),
  ...workHandlers(parts),
})

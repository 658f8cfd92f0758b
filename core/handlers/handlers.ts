/** One handler a call of the contract: looks up what is asked, leaves the work to the part that owns it. */
import type { Handlers } from '../../common/rpc.ts'
import { appHandlers } from './app.ts'
import { detectHandlers } from './detect.ts'
import { editHandlers } from './edits.ts'
import { filmHandlers } from './film.ts'
import { folderHandlers } from './folders.ts'
import { galleryHandlers } from './gallery.ts'
import { imageHandlers } from './images.ts'
import { inferenceHandlers } from './inference.ts'
import { maskHandlers } from './masks.ts'
import { mirrorHandlers } from './mirror.ts'
import { modelHandlers } from './models.ts'
import { encodingHandlers } from './encoding.ts'
import type { Parts } from './parts.ts'
import { statisticsHandlers } from './statistics.ts'
import { taskHandlers } from './tasks.ts'
import { workHandlers } from './work.ts'

export const createHandlers = (parts: Parts): Handlers => ({
  ...appHandlers(parts),
  ...folderHandlers(parts),
  ...filmHandlers(parts),
  ...imageHandlers(parts),
  ...galleryHandlers(parts),
  ...editHandlers(parts),
  ...inferenceHandlers(parts),
  ...detectHandlers(parts),
  ...maskHandlers(parts),
  ...mirrorHandlers(parts),
  ...modelHandlers(parts),
  ...encodingHandlers(parts),
  ...workHandlers(parts),
  ...statisticsHandlers(parts),
  ...taskHandlers(parts),
})

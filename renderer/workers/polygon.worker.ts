/** The Web Worker that turns logits into polygons, off the main thread. Owns the memory that they are made in, which is used again for each. */
import { createScratch } from '../../common/geometry/scratch.ts'
import { runPolygonJob, type PolygonJob } from './polygon-messages.ts'

const scratch = createScratch()

self.addEventListener('message', (event: MessageEvent<PolygonJob>) => {
  self.postMessage(runPolygonJob(event.data, scratch))
})

/** The Web Worker that turns logits into polygons, off the main thread. Owns no state. */
import { runPolygonJob, type PolygonJob } from './polygon-messages.ts'

self.addEventListener('message', (event: MessageEvent<PolygonJob>) => {
  self.postMessage(runPolygonJob(event.data))
})

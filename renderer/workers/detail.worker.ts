/** The Web Worker that gives outlines another detail, off the main thread and beside the clicks' own worker. */
import { createDetailRunner, type DetailJob } from './detail-messages.ts'

const run = createDetailRunner()

self.addEventListener('message', (event: MessageEvent<DetailJob>) => {
  self.postMessage(run(event.data))
})

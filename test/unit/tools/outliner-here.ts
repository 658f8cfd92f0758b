/** The outliner over a worker that runs its jobs here, in their own turn, copying as postMessage does. */
import { createOutliner, type DetailWorker, type Outliner } from '../../../renderer/segmentation/outliner.ts'
import {
  createDetailRunner,
  type DetailJob,
  type DetailResult,
} from '../../../renderer/workers/detail-messages.ts'

/** @param jobs is told each job */
export const outlinerHere = (jobs: DetailJob[] = []): Outliner =>
  createOutliner(() => {
    const run = createDetailRunner()
    let isOver = false
    const worker: DetailWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => void (isOver = true),
      postMessage(job) {
        const copy = structuredClone(job)
        jobs.push(copy)
        setTimeout(
          () =>
            !isOver && worker.onmessage?.({ data: structuredClone(run(copy)) } as MessageEvent<DetailResult>),
          0,
        )
      },
    }
    return worker
  })

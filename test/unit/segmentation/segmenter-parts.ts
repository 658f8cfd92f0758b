/** A fake Web Worker that really runs the job, a fake core that answers when the test says so, and a segmenter over both. */
import type { CallInput } from '../../../common/contract.ts'
import type { Candidate, MaskQuestion, SegmentAnswer } from '../../../common/segmentation.ts'
import type { CodedError } from '../../../common/errors.ts'
import type { Client } from '../../../common/rpc.ts'
import { createPolygonizer, type PolygonWorker } from '../../../renderer/segmentation/polygonizer.ts'
import { createSegmenter } from '../../../renderer/segmentation/segmenter.ts'
import {
  runPolygonJob,
  type PolygonJob,
  type PolygonResult,
} from '../../../renderer/workers/polygon-messages.ts'

export const options = { tolerance: 0.5, minArea: 16, minShare: 0 }
export const crop = { x: 0, y: 0, width: 256, height: 256 }
export const frame = { imageWidth: 256, imageHeight: 256, crop }

/** Logits of a disc in the middle, a new buffer each time. */
export const discLogits = (radius: number) =>
  Float32Array.from(
    { length: 65536 },
    (_, i) => radius - Math.hypot((i % 256) - 127.5, Math.floor(i / 256) - 127.5),
  )

/** A worker that answers in its own turn, copying as postMessage does; 'crash' dies at the next job instead. */
export const createFakeWorkers = () => {
  const started: { mode: 'run' | 'crash'; terminated: boolean; jobs: PolygonJob[] }[] = []
  const start = (): PolygonWorker => {
    const state: (typeof started)[number] = { mode: 'run', terminated: false, jobs: [] }
    started.push(state)
    const worker: PolygonWorker = {
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      terminate: () => {
        state.terminated = true
      },
      postMessage: (job) => {
        const copy = structuredClone(job)
        state.jobs.push(copy)
        queueMicrotask(() => {
          if (state.terminated) return
          if (state.mode === 'crash') worker.onerror?.({ message: 'out of memory' } as ErrorEvent)
          else
            worker.onmessage?.({ data: structuredClone(runPolygonJob(copy)) } as MessageEvent<PolygonResult>)
        })
      },
    }
    return worker
  }
  return { started, start }
}

export const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )

type SegmentInput = CallInput<'inference.segment'>

/** A core that answers each `inference.segment` when the test says so; what follows the first mask at once. */
const createFakeCore = () => {
  const alternatives: unknown[] = []
  let following: Candidate[] = []
  const asked: {
    request: SegmentInput
    answer(change?: Partial<SegmentAnswer>): void
    /** Answers with the first of these and offers the others. */
    offer(candidates: readonly Candidate[]): void
    fail(reason: CodedError): void
  }[] = []
  const client = {
    call: (name: string, request: SegmentInput) =>
      new Promise((resolve, reject) => {
        if (name === 'inference.alternatives') {
          alternatives.push(request)
          return resolve({ candidates: following })
        }
        asked.push({
          request,
          offer([first, ...others]) {
            following = others
            this.answer({ candidates: [first!], more: others.length })
          },
          answer: (change) =>
            resolve({
              id: `answer ${request.revision}`,
              imageId: request.imageId,
              revision: request.revision,
              modelId: 'mobile-sam',
              width: 256,
              height: 256,
              crop,
              candidates: [{ index: 0, score: 0.9, logits: discLogits(30) }],
              canBeBetter: false,
              more: 0,
              timings: { wait: 0, encode: 0, decode: 1 },
              ...change,
            }),
          fail: reject,
        })
      }),
    on: () => () => undefined,
  } as unknown as Client
  return { asked, alternatives, client }
}

export const question = (revision: number, change: Partial<MaskQuestion> = {}): MaskQuestion => ({
  imageId: 7,
  revision,
  prompts: [{ type: 'point', x: 128, y: 128, positive: true }],
  maskInput: null,
  crop: null,
  zoom: false,
  purpose: 'prompt',
  quality: 'fast',
  ...change,
})

export const createParts = () => {
  const core = createFakeCore()
  const segmenter = createSegmenter({
    client: core.client,
    polygonizer: createPolygonizer(createFakeWorkers().start),
    options: () => options,
    painted: () => Promise.resolve(),
  })
  return { ...core, segmenter }
}

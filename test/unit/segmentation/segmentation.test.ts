/**
 * The polygonizer over a fake Web Worker that really runs the job, and the segmenter over a fake core: what is sent,
 * what is dropped, what a crash does.
 */
import { expect, test, vi } from 'vitest'
import type { CallInput } from '../../../common/contract.ts'
import type { Candidate, MaskQuestion, SegmentAnswer } from '../../../common/segmentation.ts'
import { CodedError, hasCode } from '../../../common/errors.ts'
import { areaOf } from '../../../common/geometry/measure.ts'
import type { Client } from '../../../common/rpc.ts'
import { createPolygonizer, type PolygonWorker } from '../../../renderer/segmentation/polygonizer.ts'
import { createSegmenter, type SegmentTimings } from '../../../renderer/segmentation/segmenter.ts'
import {
  runPolygonJob,
  type PolygonJob,
  type PolygonResult,
} from '../../../renderer/workers/polygon-messages.ts'

const options = { tolerance: 0.5, minArea: 16, minShare: 0 }
const crop = { x: 0, y: 0, width: 256, height: 256 }
const frame = { imageWidth: 256, imageHeight: 256, crop }

/** Logits of a disc in the middle, a new buffer each time. */
const discLogits = (radius: number) =>
  Float32Array.from(
    { length: 65536 },
    (_, i) => radius - Math.hypot((i % 256) - 127.5, Math.floor(i / 256) - 127.5),
  )

/** A worker that answers in its own turn, copying as postMessage does; 'crash' dies at the next job instead. */
const createFakeWorkers = () => {
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

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )

test('polygons come back in order, and the logits stay with the caller', async () => {
  const { start } = createFakeWorkers()
  const polygonizer = createPolygonizer(start)
  const candidates = [20, 40, 60].map((radius, i) => ({
    index: i,
    score: 0.9 - i / 10,
    logits: discLogits(radius),
  }))
  const { polygons } = await polygonizer.polygonise(
    [...candidates, { index: 3, score: 0.1, logits: discLogits(-1) }],
    frame,
    options,
    [],
  )
  const areas = polygons.map((polygon) => polygon && Math.round(areaOf(polygon) / 100))
  expect(areas).toEqual([13, 50, 113, null])
  expect(candidates[0]!.logits).toHaveLength(65536)
})

test('the stages that each mask needs are timed', async () => {
  const { start } = createFakeWorkers()
  const polygonizer = createPolygonizer(start)
  const timesOf = async (radius: number) => {
    const candidates = [{ index: 0, score: 1, logits: discLogits(radius) }]
    return (await polygonizer.polygonise(candidates, frame, options, [])).times
  }
  for (const time of Object.values(await timesOf(100))) expect(time).toBeGreaterThan(0)
  expect(await timesOf(-1)).toMatchObject({ contour: 0, simplify: 0 })
})

test('a crash rejects what waits and the next job gets a new worker', async () => {
  const { started, start } = createFakeWorkers()
  const polygonizer = createPolygonizer(start)
  const candidates = [{ index: 0, score: 1, logits: discLogits(30) }]
  started[0]!.mode = 'crash'
  const lost = await Promise.all(
    [1, 2].map(() => rejection(polygonizer.polygonise(candidates, frame, options, []))),
  )
  for (const thrown of lost) {
    expect(hasCode(thrown, 'internal')).toBe(true)
    expect((thrown as CodedError).message).toContain('out of memory')
  }
  expect(started[0]!.terminated).toBe(true)
  const { polygons } = await polygonizer.polygonise(candidates, frame, options, [])
  expect(polygons[0]).not.toBeNull()
  expect(started).toHaveLength(2)
})

test('a job that fails is rejected and the worker lives on', async () => {
  const { started, start } = createFakeWorkers()
  const polygonizer = createPolygonizer(start)
  const broken = { ...frame, crop: null as unknown as typeof crop }
  const candidates = [{ index: 0, score: 1, logits: discLogits(30) }]
  expect(hasCode(await rejection(polygonizer.polygonise(candidates, broken, options, [])), 'internal')).toBe(
    true,
  )
  await polygonizer.polygonise(candidates, frame, options, [])
  expect(started).toHaveLength(1)
})

test('closing rejects what waits and what comes after', async () => {
  const { started, start } = createFakeWorkers()
  const polygonizer = createPolygonizer(start)
  const candidates = [{ index: 0, score: 1, logits: discLogits(30) }]
  const waiting = rejection(polygonizer.polygonise(candidates, frame, options, []))
  polygonizer.close()
  expect(hasCode(await waiting, 'cancelled')).toBe(true)
  expect(hasCode(await rejection(polygonizer.polygonise(candidates, frame, options, [])), 'cancelled')).toBe(
    true,
  )
  expect(started[0]!.terminated).toBe(true)
})

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

const question = (revision: number, change: Partial<MaskQuestion> = {}): MaskQuestion => ({
  imageId: 7,
  revision,
  prompts: [{ type: 'point', x: 128, y: 128, positive: true }],
  maskInput: null,
  crop: null,
  zoom: false,
  purpose: 'prompt',
  ...change,
})

const createParts = () => {
  const core = createFakeCore()
  const segmenter = createSegmenter({
    client: core.client,
    polygonizer: createPolygonizer(createFakeWorkers().start),
    options: () => options,
    painted: () => Promise.resolve(),
  })
  return { ...core, segmenter }
}

test('each answer leaves a measure with the time of every stage', async () => {
  const { asked, segmenter } = createParts()
  const details: SegmentTimings[] = []
  const measured = new Promise<void>((done) => {
    const observer = new PerformanceObserver((list) => {
      for (const { detail } of list.getEntriesByName('maskwright:segment') as PerformanceMeasure[])
        details.push(detail as SegmentTimings)
      observer.disconnect()
      done()
    })
    observer.observe({ entryTypes: ['measure'] })
  })
  const segmented = segmenter.segment(question(1))
  asked[0]!.answer()
  await segmented
  await measured
  expect(details).toHaveLength(1)
  const timings = details[0]!
  expect(Object.keys(timings).sort()).toEqual([
    'call',
    'contour',
    'decode',
    'encode',
    'polygon',
    'simplify',
    'upsample',
    'wait',
  ])
  const { upsample, contour, simplify, polygon } = timings
  expect(upsample + contour + simplify).toBeLessThanOrEqual(polygon)
})

test('a first prompt is sent without a mask, a follow-up with the name and the crop of the one shown', async () => {
  const { asked, segmenter } = createParts()
  const first = segmenter.segment(question(1))
  expect(asked[0]!.request).toMatchObject({
    imageId: 7,
    revision: 1,
    maskInput: null,
    crop: null,
    zoom: false,
  })
  asked[0]!.answer()
  const { candidates, crop: answered, modelId } = await first
  expect(modelId).toBe('mobile-sam')
  expect(Math.round(areaOf(candidates[0]!.polygon!))).toBeCloseTo(Math.PI * 900, -2)

  const shown = { maskInput: candidates[0]!.logits, crop: answered }
  const second = segmenter.segment(question(2, shown))
  expect(asked[1]!.request.crop).toEqual(crop)
  expect(asked[1]!.request.maskInput).toEqual({ answer: 'answer 1', index: 0 })
  asked[1]!.answer()
  await second

  const drawn = { maskInput: discLogits(20), crop: answered }
  const third = segmenter.segment(question(3, drawn))
  expect(asked[2]!.request.maskInput).toBe(drawn.maskInput)
  asked[2]!.answer()
  await third
})

test('a mask that the core has forgotten is sent with its logits', async () => {
  const { asked, segmenter } = createParts()
  const first = segmenter.segment(question(1))
  asked[0]!.answer()
  const { candidates, crop } = await first
  const shown = { maskInput: candidates[0]!.logits, crop }
  const second = segmenter.segment(question(2, shown))
  asked[1]!.fail(new CodedError('not-found', 'Forgotten.'))
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]!.request).toEqual({ ...asked[1]!.request, maskInput: shown.maskInput })
  asked[2]!.answer({ modelId: 'the second' })
  expect((await second).modelId).toBe('the second')
  // It need not be asked for by its name again.
  const again = segmenter.segment(question(3, shown))
  expect(asked[3]!.request.maskInput).toBe(shown.maskInput)
  asked[3]!.answer()
  await again

  // What is not found with its logits is not found.
  const third = segmenter.segment(question(4))
  asked[4]!.fail(new CodedError('not-found', 'Gone.'))
  expect(hasCode(await rejection(third), 'not-found')).toBe(true)
  expect(asked).toHaveLength(5)
})

const fourMasks = [30, 40, 50, -1].map((radius, index) => ({
  index,
  score: 0.9 - index / 10,
  logits: discLogits(radius),
}))

test('the first of several masks is given out before the others are fetched and traced', async () => {
  const { asked, alternatives, segmenter } = createParts()
  const firsts: (readonly number[])[] = []
  const all = segmenter.segment(question(1), ({ candidates }) => {
    expect(alternatives).toEqual([])
    firsts.push(candidates.map(({ index }) => index))
  })
  asked[0]!.offer(fourMasks)
  const { candidates } = await all
  expect(firsts).toEqual([[0]])
  expect(alternatives).toEqual([{ imageId: 7, revision: 1, purpose: 'prompt' }])
  const radii = candidates.map(({ polygon }) => polygon && Math.round(Math.sqrt(areaOf(polygon) / Math.PI)))
  expect(radii).toEqual([30, 40, 50, null])
  expect(candidates).toMatchObject(fourMasks.map(({ index, score }) => ({ index, score })))
  for (const [i, { logits }] of candidates.entries()) expect(logits).toBe(fourMasks[i]!.logits)
})

test('an empty first mask is not shown alone, nor is a lone one given out twice', async () => {
  for (const candidates of [[...fourMasks].reverse(), fourMasks.slice(0, 1)]) {
    const { asked, segmenter } = createParts()
    let given = 0
    const all = segmenter.segment(question(1), () => void (given += 1))
    asked[0]!.offer(candidates)
    expect((await all).candidates).toHaveLength(candidates.length)
    expect(given).toBe(0)
  }
})

test('masks that follow the first are dropped when the question was overtaken meanwhile', async () => {
  const { asked, segmenter } = createParts()
  const old = rejection(segmenter.segment(question(1), () => void segmenter.segment(question(2))))
  asked[0]!.offer(fourMasks)
  expect(hasCode(await old, 'superseded')).toBe(true)
  expect(asked).toHaveLength(2)
})

test('an answer that was overtaken is dropped as superseded, whichever comes first', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const { asked, segmenter } = createParts()
    const old = rejection(segmenter.segment(question(1)))
    const fresh = segmenter.segment(question(2))
    for (const i of order) asked[i]!.answer({ modelId: `answer ${i}` })
    expect(hasCode(await old, 'superseded')).toBe(true)
    expect((await fresh).modelId).toBe('answer 1')
  }
})

test('a hover question does not overtake a prompt', async () => {
  const { asked, segmenter } = createParts()
  const prompt = segmenter.segment(question(1))
  const hover = segmenter.segment(question(2, { purpose: 'hover' }))
  for (const ask of asked) ask.answer({ modelId: ask.request.purpose })
  expect((await prompt).modelId).toBe('prompt')
  expect((await hover).modelId).toBe('hover')
})

test('an answer to another question fails loudly, an error of the core is passed on', async () => {
  const { asked, segmenter } = createParts()
  const wrong = rejection(segmenter.segment(question(1)))
  asked[0]!.answer({ revision: 99 })
  expect(hasCode(await wrong, 'internal')).toBe(true)
  const failed = rejection(segmenter.segment(question(2)))
  asked[1]!.fail(new CodedError('image-unreadable', 'The file is damaged.'))
  expect(hasCode(await failed, 'image-unreadable')).toBe(true)
})

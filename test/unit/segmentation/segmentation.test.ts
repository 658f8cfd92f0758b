/** The segmenter over a fake core: what is sent, what is given out, what is dropped. */
import { expect, test, vi } from 'vitest'
import { CodedError, hasCode } from '../../../common/errors.ts'
import { areaOf } from '../../../common/geometry/measure.ts'
import type { SegmentTimings } from '../../../renderer/segmentation/segmenter.ts'
import type { MaskAnswer } from '../../../renderer/segmentation/question.ts'
import { createParts, crop, discLogits, question, rejection } from './segmenter-parts.ts'

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

test('a mask that can be better is given out, then looked at again with what it found', async () => {
  const { asked, segmenter } = createParts()
  const firsts: MaskAnswer[] = []
  const whole = segmenter.segment(question(1), (first) => void firsts.push(first))
  asked[0]!.answer({ canBeBetter: true })
  await expect.poll(() => asked).toHaveLength(2)
  expect(firsts).toHaveLength(1)
  const { request } = asked[1]!
  expect(request).toMatchObject({ revision: 1, quality: 'good', maskInput: { answer: 'answer 1', index: 0 } })
  asked[1]!.answer({ candidates: [{ index: 0, score: 0.8, logits: discLogits(50) }] })
  const [{ polygon } = { polygon: null }] = (await whole).candidates
  expect(Math.round(Math.sqrt(areaOf(polygon!) / Math.PI))).toBe(50)
})

test('where the second look finds nothing or fails, the first mask stays', async () => {
  for (const end of ['nothing', 'failure'] as const) {
    const { asked, segmenter } = createParts()
    const whole = segmenter.segment(question(1))
    asked[0]!.answer({ canBeBetter: true })
    await expect.poll(() => asked).toHaveLength(2)
    if (end === 'failure') asked[1]!.fail(new CodedError('inference-failed', 'Out of memory.'))
    else asked[1]!.answer({ candidates: [{ index: 0, score: 0.1, logits: discLogits(-1) }] })
    const [{ polygon } = { polygon: null }] = (await whole).candidates
    expect(Math.round(Math.sqrt(areaOf(polygon!) / Math.PI))).toBe(30)
  }
})

test('a second look that was overtaken is dropped', async () => {
  const { asked, segmenter } = createParts()
  const old = rejection(segmenter.segment(question(1)))
  asked[0]!.answer({ canBeBetter: true })
  await expect.poll(() => asked).toHaveLength(2)
  const next = segmenter.segment(question(2))
  asked[1]!.fail(new CodedError('superseded', 'A later prompt took the place of this one.'))
  expect(hasCode(await old, 'superseded')).toBe(true)
  asked[2]!.answer()
  expect((await next).candidates).toHaveLength(1)
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

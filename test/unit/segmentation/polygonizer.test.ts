/** The polygonizer over a fake Web Worker that really runs the job: what comes back, what a crash does. */
import { expect, test } from 'vitest'
import { type CodedError, hasCode } from '../../../common/errors.ts'
import { areaOf } from '../../../common/geometry/measure.ts'
import { createPolygonizer } from '../../../renderer/segmentation/polygonizer.ts'
import { createFakeWorkers, type crop, discLogits, frame, options, rejection } from './segmenter-parts.ts'

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

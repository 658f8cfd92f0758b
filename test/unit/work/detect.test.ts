/** A detector over a folder through the whole core: generated detectors, the real runtime, the real model for masks. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { DetectRequest } from '../../../common/contract/detect.ts'
import { diffOf } from '../../../common/diff.ts'
import { areaOf, bboxOf } from '../../../common/geometry/measure.ts'
import type { Annotation } from '../../../common/model.ts'
import type { Client } from '../../../common/rpc.ts'
import { runWork } from '../../../common/work-client.ts'
import type { Core } from '../../../core/core.ts'
import { coinDetector } from '../../support/coin-detector.ts'
import { tinyDetector } from '../../support/tiny-detectors.ts'
import { agreementWithKept } from '../../support/kept-masks.ts'
import { writeTinyWords } from '../../support/tiny-words.ts'
import { twoFields, writeTwoFields } from '../../support/two-fields.ts'
import { openCore, withModels } from '../../support/open-core.ts'

vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../../..')
const top = mkdtempSync(join(tmpdir(), 'maskwright-detect-'))
const folder = join(top, 'photos')
const coins = join(top, 'coins.onnx')
let core: Core
let client: Client

beforeAll(async () => {
  mkdirSync(folder)
  for (const name of ['cat.jpg', 'coins.png'])
    copyFileSync(join(root, 'projects/sample', name), join(folder, name))
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  writeFileSync(coins, coinDetector())
  ;({ core, client } = openCore(join(top, 'data'), withModels))
  await client.call('project.open', { folder })
})
afterAll(async () => {
  await core.close()
  rmSync(top, { recursive: true })
})

const asked = (part: Partial<DetectRequest> = {}): DetectRequest => ({
  detector: { path: coins },
  scope: { kind: 'project' },
  minScore: 0.25,
  classes: [],
  as: 'boxes',
  proposed: false,
  ...part,
})
const detect = (part: Partial<DetectRequest> = {}) => runWork(client, 'detect', asked(part))

const idOf = async (name: string) => {
  const { items } = await client.call('images.list', {
    offset: 0,
    limit: 9,
    filter: { text: name, show: 'all' },
  })
  return items[0]!.id
}
const annotationsOf = async (name: string): Promise<Annotation[]> =>
  (await client.call('images.open', { imageId: await idOf(name) })).annotations
const undoRun = (run: string) => client.call('edit.undoRun', { run })

let runs: string[] = []
beforeEach(async () => {
  for (const run of runs.toReversed()) await undoRun(run)
  runs = []
})

test('what a file is, and what it finds on an image, is told without storing anything', async () => {
  const look = await client.call('detect.look', { detector: { path: coins } })
  expect(look).toMatchObject({ name: 'coins', kinds: [{ id: 'grid-boxes', classes: ['coin'], width: 320 }] })
  const imageId = await idOf('coins')
  const seen = await client.call('detect.try', { detector: { path: coins }, imageId, minScore: 0.25 })
  expect(seen).toMatchObject({ width: 384, height: 303 })
  expect(seen.found).toHaveLength(24)
  expect(await annotationsOf('coins')).toEqual([])
  await expect(
    client.call('detect.look', { detector: { path: join(folder, 'cat.jpg') } }),
  ).rejects.toMatchObject({ code: 'bad-input' })
})

test('boxes with the scores of the detector; broken images are left out; one undo takes all back', async () => {
  const end = await detect({ proposed: true })
  runs = [end.id]
  expect(end).toMatchObject({ state: 'done', done: 3, leftOutCount: 1 })
  const made = await annotationsOf('coins')
  expect(made).toHaveLength(24)
  for (const { shape, score, source, modelId, proposed } of made) {
    expect(shape.type).toBe('rectangle')
    expect([source, modelId, proposed]).toEqual(['model', 'coins', true])
    expect(score).toBeGreaterThan(0.25)
  }
  // Begun again, it finds all of them there.
  const again = await detect({ proposed: true })
  expect(again.detail).toMatchObject({ objects: 0 })
  expect(again.skipped).toBeGreaterThanOrEqual(1)
  await undoRun(end.id)
  runs = []
  expect(await annotationsOf('coins')).toEqual([])
})

test('classes are mapped, left out, and have limits of their own; what is there already stays alone', async () => {
  const none = await detect({ classes: [{ from: 'coin', to: null }] })
  expect(none.detail).toMatchObject({ objects: 0 })
  const sure = await detect({ classes: [{ from: 'coin', to: 'money', minScore: 0.95 }] })
  const [first, ...rest] = await annotationsOf('coins')
  expect(rest.length + 1).toBe(22)
  const { labels } = await client.call('labels.list', {})
  expect(labels.find(({ id }) => id === first!.labelId)?.name).toBe('money')
  const others = await detect({ classes: [{ from: 'coin', to: 'money' }] })
  runs = [sure.id, others.id]
  // Two weaker finds were missing; on the cat there may be some too.
  expect(others.detail?.already).toBeGreaterThanOrEqual(22)
  expect(await annotationsOf('coins')).toHaveLength(24)
})

test('an object of another class in the same place is not doubled, one that overlaps a little is no reason', async () => {
  const imageId = await idOf('coins')
  const run = await detect({ scope: { kind: 'image', imageId } })
  const [one, other] = await annotationsOf('coins')
  const moved = bboxOf(other!.shape)
  await client.call('edit.commit', { diff: diffOf({ annotations: { removed: [one!, other!] } }) })
  const beside: Annotation = {
    ...other!,
    shape: { type: 'rectangle', ...moved, x: moved.x + 0.8 * moved.width },
    updatedAt: Date.now(),
  }
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: [beside] } }) })
  const second = await detect({ scope: { kind: 'image', imageId }, minScore: 0.2 })
  runs = [run.id, second.id]
  expect(second.detail).toMatchObject({ objects: 2 })
  await client.call('edit.commit', {
    diff: diffOf({ annotations: { removed: await annotationsOf('coins') } }),
  })
  runs = []
})

test('masks are made of the boxes, with the scores of the detector', async () => {
  const imageId = await idOf('coins')
  const end = await detect({ as: 'masks', quality: 'fast', scope: { kind: 'image', imageId }, minScore: 0.9 })
  runs = [end.id]
  const made = await annotationsOf('coins')
  expect(made.length).toBeGreaterThan(20)
  for (const { shape, score, prompts } of made) {
    expect(shape.type).toBe('polygon')
    expect(score).toBeGreaterThan(0.9)
    expect(prompts).toMatchObject([{ type: 'box' }])
    const box = bboxOf(shape)
    // A coin fills some pi / 4 of its box.
    expect(areaOf(shape) / (box.width * box.height)).toBeGreaterThan(0.6)
  }
})

test('outlines only of a detector that gives them; a choice that the file can not be is refused', async () => {
  await expect(detect({ as: 'outlines' })).rejects.toMatchObject({ code: 'bad-input' })
  await expect(detect({ detector: { path: coins, readAs: 'detr' } })).rejects.toMatchObject({
    code: 'bad-input',
  })
  const masks = join(top, 'masks.onnx')
  writeFileSync(masks, tinyDetector('segment'))
  const end = await detect({ detector: { path: masks }, as: 'outlines' })
  runs = [end.id]
  expect(end.state).toBe('done')
})

test('an outline of a detector keeps its mask', async () => {
  const fields = join(top, 'fields')
  mkdirSync(fields)
  const [width, height] = [320, 240]
  const rgba = Buffer.alloc(4 * width * height, Buffer.from([40, 40, 40, 255]))
  for (let y = 60; y < 150; y++)
    rgba.fill(Buffer.from([255, 0, 0, 255]), 4 * (y * width + 80), 4 * (y * width + 200))
  writeFileSync(join(fields, 'red.png'), Transformer.fromRgbaPixels(rgba, width, height).pngSync())
  const file = join(top, 'fields.onnx')
  writeFileSync(file, tinyDetector('segment', { width: 320, height: 320 }))
  await client.call('project.open', { folder: fields })
  await detect({ detector: { path: file }, as: 'outlines' })
  const [made] = await annotationsOf('red')
  const { masks } = await client.call('masks.get', { ids: [made!.mask!.id] })
  expect(agreementWithKept([made!], masks)[0]).toBeGreaterThan(0.97)
})

test('words: what a detector is asked for becomes masks, and without words it is not run', async () => {
  const words = writeTinyWords(join(top, 'words'), 'grounding-dino')
  writeTwoFields(join(folder, 'fields.png'))
  await client.call('project.open', { folder })
  await vi.waitFor(async () => expect(await idOf('fields')).toBeGreaterThan(0))
  const detector = { path: words, words: 'Green. Blue.' }
  const look = await client.call('detect.look', { detector })
  expect(look.kinds).toMatchObject([{ byWords: true, classes: ['green', 'blue'] }])
  const scope = { kind: 'image', imageId: await idOf('fields') } as const
  const end = await detect({ detector, as: 'masks', scope, proposed: true })
  runs = [end.id]
  const made = await annotationsOf('fields')
  expect(made).toHaveLength(1)
  expect(made[0]).toMatchObject({ proposed: true, shape: { type: 'polygon' } })
  const box = bboxOf(made[0]!.shape)
  const [x0, y0, x1, y1] = twoFields.blue
  expect(Math.abs(box.x - x0) + Math.abs(box.y - y0)).toBeLessThan(8)
  expect(Math.abs(areaOf(made[0]!.shape) / ((x1 - x0) * (y1 - y0)) - 1)).toBeLessThan(0.1)
  await expect(detect({ detector: { path: words }, scope })).rejects.toMatchObject({ code: 'bad-input' })
})

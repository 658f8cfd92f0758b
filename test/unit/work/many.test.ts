/** Prepare folder, boxes to masks and everything mode through the whole core, with the real model. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { BoxesRequest } from '../../../common/contract/boxes.ts'
import { agreementWithKept } from '../../support/kept-masks.ts'
import type { Proposal } from '../../../common/contract/everything.ts'
import { diffOf } from '../../../common/diff.ts'
import { areaOf, bboxOf } from '../../../common/geometry/measure.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import type { Client } from '../../../common/rpc.ts'
import { runWork, startWork } from '../../../common/work-client.ts'
import type { WorkOf } from '../../../common/work-kinds.ts'
import type { Core } from '../../../core/core.ts'
import { openCore, withModels } from '../../support/open-core.ts'

// Each test encodes several photos: seconds alone, minutes on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../../..')
const top = mkdtempSync(join(tmpdir(), 'maskwright-many-'))
const folder = join(top, 'photos')
const all = { text: '', show: 'all' } as const
let core: Core
let client: Client

beforeAll(async () => {
  mkdirSync(folder)
  for (const name of ['astronaut.jpg', 'coffee.jpg', 'coins.png'])
    copyFileSync(join(root, 'projects/sample', name), join(folder, name))
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  ;({ core, client } = openCore(join(top, 'data'), withModels))
  await client.call('project.open', { folder })
})
afterAll(async () => {
  await core.close()
  rmSync(top, { recursive: true })
})

const idOf = async (name: string) => {
  const { items } = await client.call('images.list', { offset: 0, limit: 9, filter: { ...all, text: name } })
  return items[0]!.id
}

const prepare = () => runWork(client, 'prepare', {})
const takeBoxes = (request: BoxesRequest) => runWork(client, 'boxes', request)

test('prepare: bad images are passed over, pause holds, a second run makes nothing again', async () => {
  const embeddings = () =>
    readdirSync(join(top, 'data', 'embeddings')).filter((name) => name.endsWith('.emb'))
  const states: string[] = []
  const first = await runWork(
    client,
    'prepare',
    {},
    ({ state }) => states.push(state),
    async (id) => {
      await client.call('work.pause', { id })
      expect((await client.call('work.list', {})).works).toMatchObject([{ id, state: 'paused', done: 0 }])
      // A second start goes on with it.
      expect(await startWork(client, 'prepare', {})).toBe(id)
    },
  )
  expect(first).toMatchObject({
    state: 'done',
    done: 4,
    total: 4,
    skipped: 1,
    leftOutCount: 1,
    message: '3 images ready: the first click on each is answered at once.',
  })
  expect(first.leftOut).toMatchObject([{ image: 'broken.jpg' }])
  expect(first.perSecond).toBeGreaterThan(0)
  expect(states).toContain('paused')
  const made = embeddings()
  expect(made).toHaveLength(3)

  const second = await prepare()
  expect(second).toMatchObject({ state: 'done', done: 4, skipped: 4, perSecond: null })
  expect(embeddings()).toEqual(made)
})

test('prepare says when the budget holds nothing', async () => {
  const { embeddingBytes } = await client.call('settings.get', {})
  await client.call('settings.set', { embeddingBytes: 0 })
  const end = await prepare()
  expect(end).toMatchObject({
    state: 'failed',
    failure: { code: 'not-writable', message: expect.stringContaining('budget') as string },
  })
  await client.call('settings.set', { embeddingBytes })
})

test('boxes become masks; what was taken is skipped; undo takes one image back', async () => {
  const boxes = join(top, 'boxes')
  mkdirSync(boxes)
  writeFileSync(join(boxes, 'classes.txt'), 'cup\nface\n')
  writeFileSync(join(boxes, 'astronaut.txt'), '1 0.43 0.2 0.22 0.3 0.9\n1 nonsense\n')
  writeFileSync(join(boxes, 'coffee.txt'), '0 0.5 0.5 0.5 0.7 0.8\n1 0.1 0.1 0.1 0.1 0.05\n')
  const run = () => takeBoxes({ source: { path: boxes, minScore: 0.5 }, scope: { kind: 'project' } })
  const first = await run()
  expect(first).toMatchObject({ state: 'done', done: 2, total: 2, skipped: 0, leftOutCount: 2 })
  expect(first).toMatchObject({ detail: { objects: 2 }, message: '2 objects made.' })
  const astronaut = await idOf('astronaut')
  const opened = await client.call('images.open', { imageId: astronaut })
  const { labels } = await client.call('labels.list', {})
  const face = labels.find(({ name }) => name === 'face')
  const [annotation] = opened.annotations
  expect(annotation).toMatchObject({
    source: 'model',
    labelId: face?.id,
    candidate: 0,
    modelId: 'mobile-sam',
  })
  const [prompt] = annotation!.prompts
  if (prompt?.type !== 'box') throw new Error('The box is not among the prompts.')
  const around = bboxOf(annotation!.shape)
  const inBox = {
    type: 'rectangle',
    x: prompt.x0,
    y: prompt.y0,
    width: prompt.x1 - prompt.x0,
    height: prompt.y1 - prompt.y0,
  } as const
  expect(iou({ type: 'rectangle', ...around }, inBox)).toBeGreaterThan(0.5)

  expect(await run()).toMatchObject({ done: 2, skipped: 2, detail: { objects: 0 } })

  await client.call('edit.undo', { imageId: astronaut })
  expect((await client.call('images.open', { imageId: astronaut })).annotations).toEqual([])
  const coffee = await client.call('images.open', { imageId: await idOf('coffee') })
  expect(coffee.annotations).toHaveLength(1)
  const again = { source: { path: boxes }, scope: { kind: 'image', imageId: astronaut } } as const
  expect(await takeBoxes(again)).toMatchObject({ done: 1, total: 1, detail: { objects: 1 } })
})

test('a run that is cut off in the middle of an image keeps what it has made', async () => {
  const boxes = join(top, 'many')
  mkdirSync(boxes)
  const rows = Array.from({ length: 400 }, (_, i) => `0 ${0.2 + (i % 20) * 0.03} ${0.2 + i * 0.001} 0.15 0.2`)
  writeFileSync(join(boxes, 'classes.txt'), 'part\n')
  writeFileSync(join(boxes, 'coffee.txt'), rows.join('\n'))
  const imageId = await idOf('coffee')
  const before = (await client.call('images.open', { imageId })).annotations.length
  const { id } = await client.call('work.start', {
    kind: 'boxes',
    request: { source: { path: boxes }, scope: { kind: 'project' }, quality: 'fast' },
  })
  const now = async () => (await client.call('work.list', {})).works.find((work) => work.id === id)!
  const objectsNow = async () => (await client.call('images.open', { imageId })).annotations.length - before
  await expect.poll(objectsNow, { timeout: 120_000 }).toBeGreaterThan(0)
  expect(await now()).toMatchObject({ state: 'running', total: 400, unit: 'box' })
  await client.call('work.cancel', { id })
  await expect.poll(async () => (await now()).state, { timeout: 60_000 }).toBe('cancelled')
  const kept = await objectsNow()
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(400)
})

test('a box is taken once, whatever became of its object: other class name, refined prompts', async () => {
  const boxes = join(top, 'twice')
  mkdirSync(boxes)
  writeFileSync(join(boxes, 'classes.txt'), 'bowl\nplate\n')
  // Two classes in one place are two objects.
  writeFileSync(join(boxes, 'coffee.txt'), '0 0.5 0.5 0.5 0.7\n1 0.5 0.5 0.5 0.7\n')
  const run = () => takeBoxes({ source: { path: boxes }, scope: { kind: 'project' } })
  expect(await run()).toMatchObject({ detail: { objects: 2 } })
  const imageId = await idOf('coffee')
  const objectsOf = async () => (await client.call('images.open', { imageId })).annotations
  const named = async (name: string) =>
    (await client.call('labels.list', {})).labels.find((label) => label.name === name)
  const bowl = (await named('bowl'))!
  const made = (await objectsOf()).find(({ labelId }) => labelId === bowl.id)!
  const refined = { ...made, prompts: [{ type: 'point' as const, x: 300, y: 200, positive: true }] }
  const diff = diffOf({
    labels: { updated: [[bowl, { ...bowl, name: 'dish' }]] },
    annotations: { updated: [[made, refined]] },
  })
  await client.call('edit.commit', { diff })
  const before = await objectsOf()
  expect(await run()).toMatchObject({ skipped: 2, detail: { objects: 0 } })
  expect(await objectsOf()).toEqual(before)
  expect(await named('bowl')).toBeUndefined()
})

test('boxes to masks refuses what holds no boxes, and can be tried again', async () => {
  const start = (path: string) =>
    startWork(client, 'boxes', { source: { path }, scope: { kind: 'filter', filter: all } })
  await expect(start(join(top, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
  await expect(start(join(top, 'data'))).rejects.toMatchObject({ code: 'bad-input' })
})

const everything = async (
  imageId: number,
  pointsPerSide: number,
  budgetMs: number,
  onStart?: (id: string) => unknown,
) => {
  const found: Proposal[] = []
  const hear = ({ detail }: WorkOf<'everything'>) => {
    if (detail?.imageId === imageId) found.push(...detail.added)
  }
  const request = { imageId, pointsPerSide, budgetMs }
  return { end: await runWork(client, 'everything', request, hear, onStart), found }
}

test('everything finds the coins, each once, and stores nothing', async () => {
  const imageId = await idOf('coins')
  const { end, found } = await everything(imageId, 12, 1e6)
  expect(end).toMatchObject({ state: 'done', done: 144, total: 144, message: null })
  const coins = found.filter(({ bbox, polygon }) => {
    const sides = [bbox.width, bbox.height]
    const round = areaOf(polygon) / (bbox.width * bbox.height)
    return sides.every((side) => side > 25 && side < 80) && Math.abs(round - Math.PI / 4) < 0.08
  })
  // Not the table, nor two coins as one.
  expect(coins.length).toBe(found.length)
  expect(coins.length).toBeGreaterThanOrEqual(23)
  expect(coins.length).toBeLessThanOrEqual(24)
  for (const [index, a] of found.entries())
    for (const b of found.slice(index + 1)) expect(iou(a.polygon, b.polygon)).toBeLessThan(0.75)
  const made = found.map(({ polygon, ...rest }) => ({ ...rest, shape: polygon }))
  const masks = found.flatMap(({ kept }) => kept)
  expect(Math.min(...agreementWithKept(made, masks))).toBeGreaterThan(0.97)
  expect((await client.call('images.open', { imageId })).annotations).toEqual([])
})

test('everything ends when its time is up, and when it is cancelled', async () => {
  const imageId = await idOf('coins')
  const { end } = await everything(imageId, 32, 1)
  expect(end).toMatchObject({
    state: 'done',
    message: expect.stringMatching(/Stopped after 0.001 s/) as string,
  })
  expect(end.done).toBeLessThan(1024)
  const stopped = await everything(imageId, 32, 1e6, (id) => client.call('work.cancel', { id }))
  expect(stopped.end).toMatchObject({ state: 'cancelled' })
})

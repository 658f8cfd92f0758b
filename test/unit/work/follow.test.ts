/** Objects followed through a folder by the whole core: generated frames, the real model, real SQLite. */
import { agreementWithKept } from '../../support/kept-masks.ts'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { diffOf, type RecordsDiff } from '../../../common/diff.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import type { Annotation, ImageId } from '../../../common/model.ts'
import { newObject } from '../../../common/new-records.ts'
import type { Client } from '../../../common/rpc.ts'
import { runWork } from '../../../common/work-client.ts'
import type { Core } from '../../../core/core.ts'
import { freeTracks, isLaterBetter } from '../../../core/work/follow/track.ts'
import { circle, coinAt, writeCoinFilm } from '../../support/coin-film.ts'
import { openCore, withModels } from '../../support/open-core.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const FRAMES = 6
const filter = { text: '', show: 'all' } as const
const root = join(import.meta.dirname, '../../..')
const top = mkdtempSync(join(tmpdir(), 'maskwright-follow-'))
const folder = join(top, 'frames')
let core: Core
let client: Client
let ids: ImageId[]
let labelId: string

beforeAll(async () => {
  mkdirSync(folder)
  // The first in the order of names, so that it is no image that is followed into.
  copyFileSync(join(root, 'projects/sample/coins.png'), join(folder, 'coins.png'))
  await writeCoinFilm(folder, FRAMES)
  ;({ core, client } = openCore(join(top, 'data'), withModels))
  await client.call('project.open', { folder })
  await vi.waitFor(async () => {
    const { items } = await client.call('images.list', { offset: 0, limit: 9, filter })
    expect(items).toHaveLength(FRAMES + 1)
    ids = items.slice(1).map(({ id }) => id)
  })
  labelId = (await client.call('labels.list', {})).labels[0]!.id
})
afterAll(async () => {
  await core.close()
  rmSync(top, { recursive: true })
})

const objectsOf = async (frame: number): Promise<Annotation[]> =>
  (await client.call('images.open', { imageId: ids[frame]! })).annotations
const commit = (change: Partial<RecordsDiff<Annotation>>) =>
  client.call('edit.commit', { diff: diffOf({ annotations: change }) })
const follow = (frame: number, kind: 'follow' | 'follow-next' = 'follow') =>
  runWork(client, kind, { imageId: ids[frame]!, objects: null, filter })

const coin = (frame: number, part: Partial<Annotation> = {}): Annotation => ({
  ...newObject,
  id: `coin-${frame}`,
  imageId: ids[frame]!,
  labelId,
  shape: coinAt(frame, FRAMES),
  source: 'hand',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
  createdAt: 1,
  updatedAt: 1,
  ...part,
})

test('what can not be followed is refused in words', async () => {
  await expect(follow(0)).rejects.toMatchObject({ code: 'bad-input', message: /no object to follow/ })
  await commit({ added: [coin(0, { shape: { type: 'point', x: 9, y: 9 } })] })
  await expect(follow(0)).rejects.toMatchObject({ code: 'bad-input', message: /Points and lines/ })
  await client.call('edit.undo', { imageId: ids[0]! })
  await expect(follow(FRAMES - 1)).rejects.toMatchObject({ code: 'bad-input', message: /last image/ })
})

test('to the next image, then through all: proposals of one track, not made twice, undone together', async () => {
  await commit({ added: [coin(0, { attributes: { metal: 'silver' } })] })
  const next = await follow(0, 'follow-next')
  expect(next).toMatchObject({ state: 'done', done: 1, total: 1, leftOutCount: 0 })
  expect(next.detail).toEqual({ objects: 1, doubtful: 0 })
  const [first] = await objectsOf(1)
  expect(first).toMatchObject({ proposed: true, labelId, trackId: 1, source: 'model', modelId: 'mobile-sam' })
  expect(first!.attributes).toEqual({ metal: 'silver' })
  expect((await objectsOf(0))[0]!.trackId).toBe(1)
  expect(await objectsOf(2)).toEqual([])

  const all = await follow(0)
  expect(all).toMatchObject({ state: 'done', done: 5, skipped: 1, leftOutCount: 0 })
  expect(all.detail).toEqual({ objects: 4, doubtful: 0 })
  expect(await objectsOf(1)).toEqual([first])
  for (let frame = 1; frame < FRAMES; frame++) {
    const [object, ...others] = await objectsOf(frame)
    expect(others).toEqual([])
    expect(iou(object!.shape, coinAt(frame, FRAMES))).toBeGreaterThan(0.9)
    expect(object!.score).toBeGreaterThan(0.7)
  }
  await client.call('edit.undoRun', { run: all.id })
  expect(await objectsOf(2)).toEqual([])
  expect(await objectsOf(1)).toEqual([first])
  await client.call('edit.undo', { imageId: ids[1]! })
  expect(await objectsOf(1)).toEqual([])
  expect((await objectsOf(0))[0]!.trackId).toBeNull()
})

test('what a person has mended is followed from there, and asked for from both sides', async () => {
  await follow(0)
  const before = await objectsOf(2)
  const [mended] = await objectsOf(3)
  await commit({
    updated: [
      [mended!, { ...mended!, shape: coinAt(3, FRAMES), proposed: false, updatedAt: Date.now() + 1000 }],
    ],
  })
  const end = await follow(0)
  // The images behind it are made anew; of the two before it the nearer is as good from the later keyframe.
  expect(end.leftOutCount).toBe(0)
  expect(await objectsOf(3)).toMatchObject([{ id: mended!.id, proposed: false }])
  for (const frame of [1, 2, 4, 5]) {
    const objects = await objectsOf(frame)
    expect(objects).toMatchObject([{ proposed: true, trackId: 1 }])
    expect(iou(objects[0]!.shape, coinAt(frame, FRAMES))).toBeGreaterThan(0.9)
  }
  expect((await objectsOf(2))[0]!.id).not.toBe(before[0]!.id)
  await client.call('edit.undoRun', { run: end.id })
  expect(await objectsOf(2)).toEqual(before)
})

test('an object under the limit is left for a look, and is followed no further', async () => {
  await client.call('settings.set', { followStop: 0.999 })
  for (let frame = 1; frame < FRAMES; frame++) await commit({ removed: await objectsOf(frame) })
  const end = await follow(0)
  expect(end).toMatchObject({ state: 'done', leftOutCount: 1 })
  expect(end.leftOut[0]).toMatchObject({ image: 'frame-1.png', message: /only \d+ % sure/ })
  expect(await objectsOf(1)).toHaveLength(1)
  expect(await objectsOf(2)).toEqual([])
  await client.call('settings.set', { followStop: 0.5 })
})

test('an object of the class that is there already is not proposed again', async () => {
  await commit({ removed: await objectsOf(1), added: [coin(1)] })
  const end = await follow(0, 'follow-next')
  expect(end.detail).toEqual({ objects: 0, doubtful: 0 })
  expect(await objectsOf(1)).toHaveLength(1)
})

test('the other coins of a photo are found from one, as proposals that one undo takes back', async () => {
  const photo = (await client.call('images.list', { offset: 0, limit: 9, filter })).items.find(
    ({ path }) => path === 'coins.png',
  )!
  const one = coin(0, { id: 'one', imageId: photo.id, shape: circle(167.5, 260.5, 24.5) })
  await commit({ added: [one] })
  const more = () =>
    runWork(client, 'alike', { objectId: 'one', scope: { kind: 'image', imageId: photo.id } })
  const end = await more()
  expect(end).toMatchObject({ state: 'done', leftOutCount: 0, detail: { objects: 23 } })
  const { annotations } = await client.call('images.open', { imageId: photo.id })
  const found = annotations.filter(({ proposed }) => proposed)
  expect(found).toHaveLength(23)
  const { masks } = await client.call('masks.get', { ids: found.flatMap(({ mask }) => mask?.id ?? []) })
  expect(Math.min(...agreementWithKept(found, masks))).toBeGreaterThan(0.97)
  expect((await more()).detail).toEqual({ objects: 0 })
  await client.call('edit.undoRun', { run: end.id })
  expect((await client.call('images.open', { imageId: photo.id })).annotations).toMatchObject([{ id: 'one' }])
})

test('numbers of tracks, and which of two keyframes counts', () => {
  expect(freeTracks([2, 7, 1], 3)).toEqual([3, 4, 5])
  expect(isLaterBetter(0.8, 0.8, 0.5)).toBe(false)
  expect(isLaterBetter(0.8, 0.8, 0.75)).toBe(true)
  expect(isLaterBetter(0.9, 0.4, 0.9)).toBe(false)
  expect(isLaterBetter(0.4, 0.9, 0.25)).toBe(true)
})

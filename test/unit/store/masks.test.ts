/** Masks that stay with objects: kept to a sixteenth of a logit, stored with the edit, there after undo, and no trap. */
import SqliteDatabase from 'better-sqlite3'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { keptMaskOf, logitsOfKept, maskRefOf, type KeptMask } from '../../../common/kept-mask.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { salvage } from '../../../core/store/salvage.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const SIDE = 256
const frame = { imageWidth: 640, imageHeight: 480, crop: { x: 0, y: 0, width: 640, height: 480 } }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

/** A disc of the decoder: the distance to its edge, in cells. */
const discOf = (x: number, y: number, radius: number): Float32Array =>
  Float32Array.from(
    { length: SIDE * SIDE },
    (_, i) => 3.3 * (radius - Math.hypot((i % SIDE) - x, Math.floor(i / SIDE) - y)),
  )

const maskOf = (id: string, radius = 30): KeptMask =>
  keptMaskOf(id, discOf(90.3, 80.6, radius), frame, options)

const withMask = (id: string, mask: KeptMask) => ({
  ...annotationOf(id),
  mask: maskRefOf(mask, options.tolerance, annotationOf(id).shape),
})

test('the logits come back: their signs exactly, near the edge to a sixteenth', () => {
  const logits = discOf(90.3, 80.6, 30)
  const kept = logitsOfKept(keptMaskOf('m', logits, frame, options))
  logits.forEach((logit, i) => {
    expect(kept[i]! > 0).toBe(logit > 0)
    // Two cells on both sides, at 3.3 a cell.
    if (Math.abs(logit) < 6.6) expect(Math.abs(kept[i]! - logit)).toBeLessThanOrEqual(1 / 16)
  })
})

test.each([
  ['of nothing', new Float32Array(SIDE * SIDE).fill(-1)],
  ['of everything', new Float32Array(SIDE * SIDE).fill(0.001)],
  ['of a cell in the corner', new Float32Array(SIDE * SIDE).fill(-20).with(SIDE * SIDE - 1, 1e30)],
])('a mask %s comes back from the file', (_, logits) => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const mask = keptMaskOf('m', logits, frame, options)
  store.transact(() => store.masks.insert(mask))
  expect(store.masks.get('m')).toEqual(mask)
  const kept = logitsOfKept(mask)
  expect(kept.map((logit) => Number(logit > 0))).toEqual(logits.map((logit) => Number(logit > 0)))
})

test('it is stored with the edit that names it, stays when that is undone, and is there for the redo', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const mask = maskOf('m')
  const object = withMask('a', mask)
  editing.commit(diffOf({ annotations: { added: [object] } }), undefined, [mask])
  editing.undo(1)
  expect(store.annotations.ofImage(1)).toEqual([])
  editing.redo(1)
  store.close()
  const again = openStore(file)
  expect(again.annotations.ofImage(1)).toEqual([object])
  expect(again.masks.get('m')).toEqual(mask)
  const { masks, bytes } = again.masks.size()
  expect(masks).toBe(1)
  // A disc packs well; what is stored is far less than its 64 x 64 cells.
  expect(bytes).toBeLessThan(4096)
})

test('an edit that is refused stores no mask', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const editing = createEditing(store, () => undefined)
  const mask = maskOf('m')
  const added = [{ ...withMask('a', mask), labelId: 'nobody' }]
  expect(() => editing.commit(diffOf({ annotations: { added } }), undefined, [mask])).toThrow(/class/)
  expect(store.masks.size()).toEqual({ masks: 0, bytes: 0 })
})

test('a mask is never changed: another one of its name is not taken', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  store.transact(() => {
    store.masks.insert(maskOf('m', 30))
    store.masks.insert(maskOf('m', 10))
  })
  expect(store.masks.get('m')).toEqual(maskOf('m', 30))
})

test('what is no mask is as good as not there, however large it would unpack', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const good = maskOf('good')
  store.transact(() => store.masks.insert(good))
  const raw = new SqliteDatabase(file)
  const { facts, cells } = raw
    .prepare<[], { facts: string; cells: Buffer }>("SELECT facts, cells FROM masks WHERE id = 'good'")
    .get()!
  const wide = JSON.stringify({
    ...good,
    cells: undefined,
    id: undefined,
    box: { x: 250, y: 0, width: 90, height: 2 },
  })
  const bad: readonly [string, Buffer][] = [
    ['', cells],
    ['{"box":', cells],
    ['{}', cells],
    [facts.replace('"width":640', '"width":-640'), cells],
    [`${facts.slice(0, -1)},"more":"${'x'.repeat(20_000)}"}`, cells],
    [wide, cells],
    [facts, Buffer.alloc(0)],
    [facts, Buffer.from('noise')],
    [facts, cells.subarray(0, cells.length - 9)],
    [facts, deflateRawSync(Buffer.alloc(50_000_000))],
    [facts, Buffer.alloc(2_000_000)],
  ]
  const insert = raw.prepare('INSERT INTO masks (id, facts, cells) VALUES (?, ?, ?)')
  bad.forEach(([text, bytes], index) => insert.run(`bad-${index}`, text, bytes))
  raw.close()
  bad.forEach((_, index) => expect(store.masks.get(`bad-${index}`)).toBeNull())
  expect(store.masks.get('good')).toEqual(good)
  expect(store.masks.get('nobody')).toBeNull()
})

test('what an object says of its mask and can not be read costs it that alone', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const object = annotationOf('a')
  store.transact(() => store.annotations.insert([object]))
  const raw = new SqliteDatabase(file)
  for (const text of [
    '',
    '{',
    '[]',
    '{"id":5}',
    '{"id":"m","detail":1e9}',
    '{"id":"m","detail":1,"before":{}}',
  ]) {
    raw.prepare('UPDATE annotations SET mask = ?').run(text)
    expect(store.annotations.ofImage(1)).toEqual([object])
    // It can still be changed.
    expect(store.annotations.isStored(object)).toBe(true)
  }
  raw.close()
})

test('masks are saved with what can be saved of a damaged file', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'project.sqlite')
  const store = storeOf(file)
  const mask = maskOf('m')
  const object = withMask('a', mask)
  createEditing(store, () => undefined).commit(diffOf({ annotations: { added: [object] } }), undefined, [
    mask,
  ])
  store.close()
  expect(salvage(file, join(folder, 'saved.sqlite'))).toMatchObject({ objects: 1, gaps: 0, leftOut: 0 })
  const saved = openStore(join(folder, 'saved.sqlite'))
  expect(saved.masks.get('m')).toEqual(mask)
  expect(saved.annotations.ofImage(1)).toEqual([object])
})

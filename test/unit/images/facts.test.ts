import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ImageItem } from '../../../common/model.ts'
import { createFactsReader } from '../../../core/images/facts.ts'
import { createRefusals } from '../../../core/images/refusals.ts'
import { hashFile } from '../../../core/files/hash.ts'
import { scanLibrary } from '../../../core/library/scan.ts'
import { openStore } from '../../../core/store/store.ts'
import { temporaryFolder } from '../store/records.ts'
import { HEIGHT, jpegOf, tiffOf, WIDTH } from './pictures.ts'

const setUp = async () => {
  const folder = temporaryFolder()
  const projectFile = join(temporaryFolder(), 'project.sqlite')
  writeFileSync(join(folder, 'a.jpg'), await jpegOf(6))
  writeFileSync(join(folder, 'b.png'), 'no image')
  const store = openStore(projectFile)
  onTestFinished(() => store.close())
  await scanLibrary(store, folder)
  const [a, b] = store.images.ids() as [number, number]
  const stored: ImageItem[] = []
  const dataFolder = temporaryFolder()
  const open = () =>
    createFactsReader(folder, store, createRefusals(dataFolder), (images) => stored.push(...images))
  return { folder, store, a, b, stored, facts: open(), open, file: join(folder, 'a.jpg') }
}

test('size and orientation of the upright frame are read, told and stored', async () => {
  const { store, a, facts, stored } = await setUp()
  const item = await facts.refresh(a)
  expect(item).toMatchObject({ width: HEIGHT, height: WIDTH, orientation: 6, problem: null })
  facts.close()
  expect(store.images.get(a)).toEqual(item)
  expect(stored).toEqual([item])
})

test('a file that is no image has a problem and no size, and is well when it is mended', async () => {
  const { folder, b, facts } = await setUp()
  const broken = await facts.refresh(b)
  expect(broken).toMatchObject({ width: null, height: null })
  expect(broken.problem).toMatch(/not an image/)
  writeFileSync(join(folder, 'b.png'), tiffOf(8))
  expect(await facts.refresh(b)).toMatchObject({
    width: HEIGHT,
    height: WIDTH,
    orientation: 8,
    problem: null,
  })
})

test('a file that changed since is read again; one that did not is not', async () => {
  const { a, facts, open, file, store } = await setUp()
  await facts.refresh(a)
  facts.close()
  const later = open()
  expect(await later.refresh(a)).toEqual(store.images.get(a))
  writeFileSync(file, tiffOf(1))
  expect(await later.refresh(a)).toMatchObject({
    width: WIDTH,
    height: HEIGHT,
    orientation: 1,
    bytes: tiffOf(1).length,
  })
})

test('a file that is gone keeps its size and says so until it is back', async () => {
  const { a, facts, file, folder, store, open } = await setUp()
  await facts.refresh(a)
  renameSync(file, join(folder, 'away'))
  const gone = await facts.refresh(a)
  expect(gone).toMatchObject({ width: HEIGHT })
  expect(gone.problem).toMatch(/gone/)
  facts.close()
  expect(store.images.get(a)?.problem).toMatch(/gone/)
  expect((await scanLibrary(store, folder)).gone).toBe(0)
  renameSync(join(folder, 'away'), file)
  const later = open()
  expect(await later.refresh(a)).toMatchObject({ problem: null, width: HEIGHT })
  later.close()
  rmSync(file)
  expect((await scanLibrary(store, folder)).gone).toBe(1)
})

test('the hash is stored after the facts and told', async () => {
  const { a, b, facts, store, stored, file } = await setUp()
  await facts.refresh(a)
  facts.hashLater(b)
  facts.hashLater(a)
  await expect
    .poll(() => stored.find(({ id }) => id === a)?.contentHash, { timeout: 5000 })
    .toBe(await hashFile(file))
  expect(store.images.get(a)?.contentHash).toBe(await hashFile(file))
  facts.close()
})

test('unknown ids and closed projects are refused with a code', async () => {
  const { a, facts } = await setUp()
  await expect(facts.refresh(999)).rejects.toMatchObject({ code: 'not-found' })
  facts.close()
  await expect(facts.refresh(a)).rejects.toMatchObject({ code: 'cancelled' })
})

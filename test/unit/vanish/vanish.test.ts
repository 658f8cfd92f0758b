/** A project that vanishes under a process that commits: every acknowledged commit is found by the next opening. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ProjectLost } from '../../../common/model.ts'
import {
  makePlaces,
  mayMount,
  mountSmall,
  openedIds,
  startWorker,
  unmount,
  ways,
  type Worker,
} from './vanish.ts'

const isWindows = process.platform === 'win32'
const onWindows = isWindows ? ' (skipped: Windows keeps open files where they are)' : ''

const storeSome = async (worker: Worker) => {
  for (let index = 0; index < 5; index += 1) await worker.next('stored')
}
const missingFrom = (found: ReadonlySet<string>, worker: Worker) =>
  worker.stored().filter((id) => !found.has(id))
const lostOf = async (worker: Worker) => JSON.parse(await worker.next('lost')) as ProjectLost

for (const [name, vanish] of Object.entries(ways)) {
  test.skipIf(isWindows)(
    `${name}: refused, copied, and not even a kill loses a commit${onWindows}`,
    async () => {
      const places = makePlaces()
      const worker = startWorker(places)
      await storeSome(worker)
      await vanish(places)
      await worker.next('refused')
      const lost = await lostOf(worker)
      expect(lost).toMatchObject({ movedTo: null, canWriteBack: true, copyProblem: null })
      expect(lost.copy?.startsWith(places.dataFolder)).toBe(true)
      await worker.kill()
      // An opening refuses links; the user takes them away.
      for (const path of [places.file, places.ours])
        if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path)
      expect(missingFrom(await openedIds(places), worker)).toEqual([])
    },
  )

  test.skipIf(isWindows)(
    `${name}: written back, work goes on and nothing is missing${onWindows}`,
    async () => {
      const places = makePlaces()
      const worker = startWorker(places)
      await storeSome(worker)
      await vanish(places)
      await lostOf(worker)
      const before = worker.stored().length
      worker.send('back')
      expect(await worker.next('rescued')).toBe(places.file)
      await worker.next('again')
      while (worker.stored().length < before + 5) await worker.next('stored')
      await worker.kill()
      expect(lstatSync(places.file).isFile()).toBe(true)
      expect(missingFrom(await openedIds(places), worker)).toEqual([])
      // What was in the way is kept; the copy is needed no more.
      if (name.includes('replaced by a link'))
        expect(readdirSync(name.includes('folder') ? places.folder : places.ours).join()).toContain('.other')
      const copies = join(places.dataFolder, 'projects')
      for (const folder of existsSync(copies) ? readdirSync(copies) : [])
        expect(readdirSync(join(copies, folder))).toEqual([])
    },
  )
}

test.skipIf(isWindows)(`a link is never followed: what it leads to stays as it is${onWindows}`, async () => {
  const places = makePlaces()
  const worker = startWorker(places)
  await storeSome(worker)
  await ways['the main file replaced by a link']!(places)
  await lostOf(worker)
  worker.send('back')
  await worker.next('rescued')
  await worker.next('again')
  expect(readFileSync(join(places.base, 'precious.txt'), 'utf8')).toBe('not ours')
})

test.skipIf(isWindows)(
  `closed while its file is gone: the next opening finds everything${onWindows}`,
  async () => {
    const places = makePlaces()
    const worker = startWorker(places)
    await storeSome(worker)
    rmSync(places.ours, { recursive: true })
    worker.send('close')
    await worker.ended()
    expect(missingFrom(await openedIds(places), worker)).toEqual([])
  },
)

test.skipIf(isWindows)(`work goes on in the data folder, and is found there${onWindows}`, async () => {
  const places = makePlaces()
  const worker = startWorker(places)
  await storeSome(worker)
  rmSync(places.ours, { recursive: true })
  const { copy } = await lostOf(worker)
  worker.send('data')
  expect(await worker.next('rescued')).toBe(copy)
  await worker.next('again')
  await storeSome(worker)
  await worker.kill()
  expect(missingFrom(await openedIds(places), worker)).toEqual([])
})

test.skipIf(isWindows)(`the folder is removed and comes back without its project${onWindows}`, async () => {
  const places = makePlaces()
  const worker = startWorker(places)
  await storeSome(worker)
  rmSync(places.folder, { recursive: true })
  expect(await lostOf(worker)).toMatchObject({ why: 'missing', canWriteBack: false })
  worker.send('back')
  expect(await worker.next('failed')).toContain('is gone')
  await worker.kill()
  mkdirSync(places.folder)
  writeFileSync(join(places.folder, 'a.jpg'), 'a')
  expect(missingFrom(await openedIds(places), worker)).toEqual([])
})

const isLinux = process.platform === 'linux'
const notLinux = isLinux ? '' : ' (skipped: only Linux tells where an open file went)'

test.skipIf(!isLinux)(
  `the folder is renamed: its new place is told, and holds everything${notLinux}`,
  async () => {
    const places = makePlaces()
    const worker = startWorker(places)
    await storeSome(worker)
    const moved = join(places.base, 'renamed')
    renameSync(places.folder, moved)
    expect(await lostOf(worker)).toMatchObject({ movedTo: moved, canWriteBack: false, copy: null })
    worker.send('close')
    await worker.ended()
    expect(missingFrom(await openedIds({ ...places, folder: moved }), worker)).toEqual([])
    expect(existsSync(join(places.dataFolder, 'projects'))).toBe(false)
  },
)

test.skipIf(isWindows)(`renamed and renamed back: work goes on by itself${onWindows}`, async () => {
  const places = makePlaces()
  const worker = startWorker(places)
  await storeSome(worker)
  renameSync(places.ours, `${places.ours}-old`)
  const { copy } = await lostOf(worker)
  renameSync(`${places.ours}-old`, places.ours)
  await worker.next('again')
  await expect.poll(() => existsSync(copy!), { timeout: 10_000 }).toBe(false)
  await worker.kill()
  expect(missingFrom(await openedIds(places), worker)).toEqual([])
})

const canMount = mayMount()
const noMount = canMount ? '' : ' (skipped: mounting is not permitted here)'

test.skipIf(!canMount)(
  `a drive is unmounted: every commit is in the copy and on the drive${noMount}`,
  async () => {
    const places = makePlaces()
    onTestFinished(() => {
      if (!existsSync(join(places.base, 'unmounted'))) unmount(places.folder)
    })
    expect(mountSmall(places.folder)).toBe(true)
    writeFileSync(join(places.folder, 'a.jpg'), 'a')
    const worker = startWorker(places)
    await storeSome(worker)
    unmount(places.folder)
    writeFileSync(join(places.base, 'unmounted'), '')
    expect(await lostOf(worker)).toMatchObject({ why: 'missing', movedTo: null })
    await worker.next('refused')
    await worker.kill()
    writeFileSync(join(places.folder, 'a.jpg'), 'a')
    expect(missingFrom(await openedIds(places), worker)).toEqual([])
  },
)

test.skipIf(isWindows)(
  `two processes on one project that vanishes: both are refused, and both are whole${onWindows}`,
  async () => {
    const places = makePlaces()
    const first = startWorker(places)
    await storeSome(first)
    const second = startWorker(places)
    await storeSome(second)
    rmSync(places.ours, { recursive: true })
    await Promise.all([first.next('refused'), second.next('refused'), lostOf(first), lostOf(second)])
    first.send('back')
    await first.next('again')
    await second.kill()
    await storeSome(first)
    await first.kill()
    const found = await openedIds(places)
    expect([...missingFrom(found, first), ...missingFrom(found, second)]).toEqual([])
  },
)

import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { newImage } from '../../../common/new-records.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { hashFile } from '../../../core/files/hash.ts'
import { scanLibrary } from '../../../core/library/scan.ts'
import { sortNaturally } from '../../../core/library/natural-order.ts'
import { walkFolder } from '../../../core/library/walk.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, asPlainUser, labelOf, temporaryFolder } from '../store/records.ts'

const put = (folder: string, path: string, text = 'bytes'): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const all = { text: '', show: 'all' } as const

const setUp = () => {
  const folder = temporaryFolder()
  const store = openStore(join(temporaryFolder(), 'project.sqlite'))
  const scan = () => scanLibrary(store, folder)
  const items = () => store.images.page(all, 0, 1000)
  const paths = () => items().map(({ path }) => path)
  return { folder, store, scan, items, paths }
}

/** Gives an image an annotation, as a user would. */
const annotate = (store: ReturnType<typeof openStore>, path: string, id = 'a') => {
  const image = store.images.page({ ...all, text: path }, 0, 1)[0]!
  if (store.labels.get('cat') === null) store.transact(() => store.labels.insert(labelOf('cat')))
  createEditing(store, () => undefined).commit(
    diffOf({ annotations: { added: [annotationOf(id, image.id)] } }),
  )
  return image.id
}

test('natural order: numbers by value, folder by folder, every path once', () => {
  const sorted = [
    '1.jpg',
    '01.jpg',
    '2.jpg',
    '10.jpg',
    'a/2/x.jpg',
    'a/10/b.jpg',
    'a b/c.jpg',
    'img2.jpg',
    'img10.jpg',
    'Img11.jpg',
    'z.jpg',
    'Ä.jpg',
  ]
  const result = sortNaturally([...sorted].reverse())
  expect([...result].sort()).toEqual([...sorted].sort())
  const before = (a: string, b: string) =>
    expect(result.indexOf(a), `${a} < ${b}`).toBeLessThan(result.indexOf(b))
  before('2.jpg', '10.jpg')
  before('a/2/x.jpg', 'a/10/b.jpg')
  before('img2.jpg', 'img10.jpg')
  before('img10.jpg', 'Img11.jpg')
  before('Ä.jpg', 'img2.jpg')
  expect(sortNaturally(sorted)).toEqual(result)
  // A folder's images stand together, whatever sorts between its name and the slash.
  expect(sortNaturally(['a/1.jpg', 'a-b.jpg', 'a/2.jpg']).join()).toContain('a/1.jpg,a/2.jpg')
})

test('finds every kind of image, in subfolders, whatever its name, and nothing else', async () => {
  const { folder, scan, paths } = setUp()
  const wanted = [
    'a.jpg',
    'b.JPEG',
    'c.png',
    'd.webp',
    'e.bmp',
    'f.gif',
    'g.avif',
    'h.tif',
    'i.TIFF',
    'sub/deep/er/x.jpg',
    "it's 100 %, #1 [a] & (b); ümläut 日本語 🐈.jpg",
    'two\nlines.png',
    'back\\slash.png',
    ' leading and trailing .jpg',
    'a.folder.jpg/inner.jpg',
    '-rf.jpg',
    'e\u0301.jpg',
  ]
  for (const path of wanted) put(folder, path)
  const unwanted = [
    '.hidden.jpg',
    '.hidden/x.jpg',
    '.maskwright/x.jpg',
    '._a.jpg',
    'a.txt',
    'jpg',
    'sub/a.jpg.part',
  ]
  for (const path of [...unwanted, '__MACOSX/a.jpg', '@eaDir/a.jpg']) put(folder, path)
  put(folder, 'export/.maskwright-export', '{}')
  put(folder, 'export/images/x.jpg')
  const report = await scan()
  expect([...paths()].sort()).toEqual([...wanted].sort())
  expect(report).toMatchObject({ added: wanted.length, notices: [] })
})

test('a subfolder with a project of its own is told of, an empty .maskwright and the own one are not', async () => {
  const { folder, scan, paths } = setUp()
  for (const path of [
    '.maskwright/project.sqlite',
    'a/x.jpg',
    'a/.maskwright/project.sqlite',
    'b/.maskwright/empty',
  ])
    put(folder, path)
  const { notices } = await scan()
  expect(paths()).toEqual(['a/x.jpg'])
  expect(notices).toEqual([expect.stringMatching(/^a has a project of its own: .* Open that folder itself/)])
})

test('an export folder that is opened itself is listed', async () => {
  const { folder, scan, paths } = setUp()
  put(folder, '.maskwright-export', '{}')
  put(folder, 'x.jpg')
  await scan()
  expect(paths()).toEqual(['x.jpg'])
})

test('links: those to files inside count, those that lead out are told of and not followed, loops end', async () => {
  const { folder, scan, paths } = setUp()
  const outside = temporaryFolder()
  put(outside, 'far/y.jpg')
  put(folder, 'sub/x.jpg')
  symlinkSync(folder, join(folder, 'sub', 'loop'))
  symlinkSync('..', join(folder, 'sub', 'up'))
  symlinkSync(outside, join(folder, 'linked'))
  symlinkSync(folder, join(outside, 'back'))
  symlinkSync(outside, join(outside, 'far', 'self'))
  symlinkSync(join(outside, 'far', 'y.jpg'), join(folder, 'link.jpg'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.jpg'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'))
  symlinkSync('sub/x.jpg', join(folder, 'near.jpg'))
  const { notices } = await scan()
  expect([...paths()].sort()).toEqual(['near.jpg', 'sub/x.jpg'])
  expect(notices).toEqual([
    expect.stringMatching(/leads out of the folder: link.jpg, linked\. Copy/),
    expect.stringContaining('broken.jpg'),
  ])
})

test('known images that lead out of the folder keep their work and say so', async () => {
  const { folder, store, scan, items } = setUp()
  const outside = temporaryFolder()
  put(outside, 'y.jpg')
  put(folder, 'sub/x.jpg')
  put(folder, 'a.jpg')
  await scan()
  annotate(store, 'sub/x.jpg')
  rmSync(join(folder, 'sub'), { recursive: true })
  symlinkSync(outside, join(folder, 'sub'))
  put(outside, 'x.jpg')
  store.transact(() => store.scan.add({ path: `../${outside}/y.jpg`, bytes: 5, modifiedAt: 0 }, 2, null))
  await scan()
  expect(items().map(({ path, problem }) => [path.slice(-5), problem?.slice(0, 23) ?? null])).toEqual([
    ['a.jpg', null],
    ['x.jpg', 'It lies outside the fol'],
    ['y.jpg', 'It lies outside the fol'],
  ])
  expect(items()[1]!.annotationCount).toBe(1)
})

test('a subfolder that can’t be read is told of and the rest goes on; what was in it is not gone', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows has no permission bits')
  const { folder, store, scan, paths, items } = setUp()
  put(folder, 'a.jpg')
  put(folder, 'locked/b.jpg')
  await scan()
  // The project itself must stay in reach: a file that can't be reached takes no commits.
  for (const path of [folder, dirname(store.file)]) chmodSync(path, 0o755)
  chmodSync(join(folder, 'locked'), 0)
  try {
    const { notices, gone } = await asPlainUser(scan)
    expect(notices[0]).toContain('locked')
    expect(gone).toBe(0)
    expect(paths()).toEqual(['a.jpg', 'locked/b.jpg'])
    expect(items().map(({ problem }) => problem)).toEqual([null, null])
  } finally {
    chmodSync(join(folder, 'locked'), 0o755)
  }
})

test('a folder that is not there is an error, not an empty list', async () => {
  const { store } = setUp()
  await expect(scanLibrary(store, '/no/such/folder')).rejects.toThrow()
  await expect(walkFolder('/no/such/folder')).rejects.toThrow()
})

test('a stopped scan writes nothing', async () => {
  const { folder, store } = setUp()
  put(folder, 'a.jpg')
  await expect(scanLibrary(store, folder, AbortSignal.abort())).rejects.toThrow()
  expect(store.images.count()).toBe(0)
})

test('new files take their place; ids stay', async () => {
  const { folder, scan, items } = setUp()
  for (const name of ['img1.jpg', 'img3.jpg', 'img20.jpg']) put(folder, name)
  await scan()
  const ids = new Map(items().map(({ path, id }) => [path, id]))
  put(folder, 'img2.jpg')
  put(folder, 'empty.jpg', '')
  expect(await scan()).toMatchObject({ added: 2, changed: 0, gone: 0 })
  expect(items().map(({ path }) => path)).toEqual([
    'empty.jpg',
    'img1.jpg',
    'img2.jpg',
    'img3.jpg',
    'img20.jpg',
  ])
  for (const { path, id } of items()) if (ids.has(path)) expect(id).toBe(ids.get(path))
  expect(items()[0]?.problem).toContain('empty')
})

test('a changed file forgets what was read from it and keeps its annotations', async () => {
  const { folder, store, scan, items } = setUp()
  put(folder, 'a.jpg')
  await scan()
  const id = annotate(store, 'a.jpg')
  const { bytes, modifiedAt } = items()[0]!
  const facts = {
    bytes,
    modifiedAt,
    contentHash: 'x',
    width: 3,
    height: 4,
    orientation: 1,
    bands: 0,
    problem: null,
  }
  store.transact(() => store.images.setFacts(id, facts))
  await scan()
  expect(items()[0]).toMatchObject({ width: 3, contentHash: 'x' })
  put(folder, 'a.jpg', 'other bytes')
  expect(await scan()).toMatchObject({ changed: 1 })
  expect(items()[0]).toMatchObject({
    id,
    bytes: 11,
    width: null,
    height: null,
    contentHash: null,
    annotationCount: 1,
  })
})

test('a file that is gone keeps row, annotations and undo, and is well again when it is back', async () => {
  const { folder, store, scan, items } = setUp()
  put(folder, 'a.jpg')
  put(folder, 'b.jpg')
  await scan()
  annotate(store, 'a.jpg')
  const stats = statSync(join(folder, 'a.jpg'))
  rmSync(join(folder, 'a.jpg'))
  expect(await scan()).toMatchObject({ gone: 1 })
  expect(items()[0]).toMatchObject({
    path: 'a.jpg',
    annotationCount: 1,
    problem: expect.stringContaining('gone') as string,
  })
  expect(await scan()).toMatchObject({ gone: 0 })
  put(folder, 'a.jpg')
  utimesSync(join(folder, 'a.jpg'), stats.atime, stats.mtime)
  await scan()
  expect(items()[0]).toMatchObject({ problem: null, annotationCount: 1 })
})

test('files that were moved to another folder take their annotations along', async () => {
  const { folder, store, scan, items } = setUp()
  put(folder, 'a.jpg')
  put(folder, 'b.jpg')
  await scan()
  const id = annotate(store, 'a.jpg')
  mkdirSync(join(folder, 'moved'))
  renameSync(join(folder, 'a.jpg'), join(folder, 'moved', 'a.jpg'))
  expect(await scan()).toMatchObject({ moved: 1, gone: 0, added: 0 })
  expect(items().find(({ path }) => path === 'moved/a.jpg')).toMatchObject({
    id,
    annotationCount: 1,
    problem: null,
  })
  expect(items()).toHaveLength(2)
})

test('a renamed file is the same when its bytes are, and only then', async () => {
  const { folder, store, scan, items } = setUp()
  put(folder, 'a.jpg', 'one  ')
  put(folder, 'b.jpg', 'two  ')
  const time = new Date(1_700_000_000_000)
  for (const name of ['a.jpg', 'b.jpg']) utimesSync(join(folder, name), time, time)
  await scan()
  const ids = { a: annotate(store, 'a.jpg', 'a'), b: annotate(store, 'b.jpg', 'b') }
  for (const { id, path, bytes, modifiedAt } of items()) {
    const hash = await hashFile(join(folder, path))
    store.transact(() => store.images.setContentHash(id, hash, { bytes, modifiedAt }))
  }
  rmSync(join(folder, 'b.jpg'))
  renameSync(join(folder, 'a.jpg'), join(folder, 'renamed.jpg'))
  put(folder, 'stranger.jpg', 'three')
  utimesSync(join(folder, 'stranger.jpg'), time, time)
  expect(await scan()).toMatchObject({ moved: 1, gone: 1, added: 1 })
  expect(items()).toEqual([
    expect.objectContaining({ id: ids.b, path: 'b.jpg', annotationCount: 1 }),
    expect.objectContaining({ id: ids.a, path: 'renamed.jpg', annotationCount: 1 }),
    expect.objectContaining({ path: 'stranger.jpg', annotationCount: 0 }),
  ])
})

test('10,000 files: every one is listed, once, and pages are where they belong', async () => {
  const { folder, store, scan } = setUp()
  for (let index = 0; index < 10_000; index += 1) put(folder, `set ${index % 7}/img_${index}.jpg`, '.')
  await scan()
  expect(store.images.total(all)).toBe(10_000)
  const seen: string[] = []
  for (let offset = 0; offset < 10_000; offset += 1000)
    seen.push(...store.images.page(all, offset, 1000).map(({ path }) => path))
  expect(seen).toEqual(sortNaturally([...seen].reverse()))
  expect(new Set(seen).size).toBe(10_000)
  const someone = store.images.page(all, 7654, 1)[0]!
  expect(store.images.locate(someone.id, all)).toBe(7654)
  const filter = { text: 'SET 3/', show: 'unlabelled' } as const
  const page = store.images.page(filter, 100, 1)[0]!
  expect(page.path).toMatch(/^set 3\//)
  expect(store.images.locate(page.id, filter)).toBe(100)
  expect(store.images.locate(page.id, { ...filter, text: 'set 4/' })).toBeNull()
  expect(store.images.before(page.id, { ...filter, text: 'set 2/' })).toBe(
    store.images.total({ ...filter, text: 'set 2/' }),
  )
  expect(existsSync(join(folder, '.maskwright'))).toBe(false)
})

test.each([[[0, 1, 2 ** 40]], [[0, 0, 1]], [[-1, 0, 1]]])(
  'positions %j of a stranger are numbered anew',
  async (positions) => {
    const { folder, store, scan, paths } = setUp()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) put(folder, name)
    await scan()
    const ids = store.images.ids()
    store.transact(() => ids.forEach((id, index) => store.scan.setPosition(id, positions[index]!)))
    await scan()
    expect(paths()).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  },
)

test('filters: text in any case and composition, status, labelled, problem', async () => {
  const { folder, store, scan } = setUp()
  for (const name of ['Ärger.jpg', 'b_1%.jpg', 'c.jpg']) put(folder, name)
  put(folder, 'd.jpg', '')
  await scan()
  const id = annotate(store, 'c.jpg')
  store.transact(() => store.imageRecords.update({ ...newImage(), id, status: 'done' }))
  const names = (text: string, show: Parameters<typeof store.images.total>[0]['show']) => {
    const paths = store.images.page({ text, show }, 0, 10).map(({ path }) => path)
    expect(store.images.total({ text, show })).toBe(paths.length)
    return paths
  }
  expect(names('A\u0308RG', 'all')).toEqual(['Ärger.jpg'])
  expect(names('_1%', 'all')).toEqual(['b_1%.jpg'])
  expect(names('', 'done')).toEqual(['c.jpg'])
  expect(names('', 'labelled')).toEqual(['c.jpg'])
  expect(names('', 'todo')).toHaveLength(3)
  expect(names('', 'unlabelled')).toHaveLength(3)
  expect(names('', 'problem')).toEqual(['d.jpg'])
})

test('other endings of JPEG are images; pictures of kinds that are not read are counted and named', async () => {
  const { folder, scan, paths } = setUp()
  for (const name of ['a.jfif', 'b.jpe', 'c.JIF', 'd.heic', 'e/f.HEIC', 'g.jxl', 'k.dng', 'h.txt', 'i.jp2'])
    put(folder, name)
  const { notices } = await scan()
  expect(paths()).toEqual(['a.jfif', 'b.jpe', 'c.JIF', 'd.heic', 'e/f.HEIC', 'i.jp2'])
  expect(notices).toEqual([
    'Left out, because Maskwright does not read them: 1 JPEG XL file, 1 raw file. Save them as JPEG or PNG.',
  ])
})

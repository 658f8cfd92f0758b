import { execFileSync, fork } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import { palette } from '../../../common/palette.ts'
import { openProject } from '../../../core/project/project.ts'
import { openRecentFolders } from '../../../core/project/recent.ts'
import { openStore } from '../../../core/store/store.ts'
import { createWorkspace } from '../../../core/project/workspace.ts'
import { annotationOf, asPlainUser, temporaryFolder } from './records.ts'

const setUp = () => {
  const folder = temporaryFolder()
  const dataFolder = temporaryFolder()
  const events: AppEvent[] = []
  writeFileSync(join(folder, 'a.jpg'), 'a')
  const open = async () => {
    const project = await openProject({
      folder,
      dataFolder,
      version: '1',
      emit: (event) => events.push(event),
    })
    onTestFinished(() => project.close())
    return project
  }
  return { folder, dataFolder, events, open }
}
type Opened = Awaited<ReturnType<ReturnType<typeof setUp>['open']>>
const annotate = ({ store, editing }: Opened, id: string) => {
  const labelId = store.labels.list()[0]!.id
  editing.commit(diffOf({ annotations: { added: [annotationOf(id, store.images.ids()[0], labelId)] } }))
}

test('the project file lies in the folder; one class to start with', async () => {
  const { folder, open, events } = setUp()
  const project = await open()
  expect(project.info()).toEqual({
    folder,
    name: basename(folder),
    file: join(folder, '.maskwright', 'project.sqlite'),
    notice: null,
    imageCount: 1,
    lost: null,
    task: null,
  })
  expect(project.store.labels.list()).toMatchObject([{ name: 'object', color: palette[0], position: 0 }])
  expect(readdirSync(join(folder, '.maskwright'))).not.toContain('.write-test')
  expect(events).toEqual([])
})

test('classes.txt gives the classes, once, and not again when the user changed them', async () => {
  const { folder, open } = setUp()
  writeFileSync(join(folder, 'classes.txt'), '\uFEFFcat\r\n  dog \nÄpfel & Birnen\r\n\r')
  const project = await open()
  const labels = project.store.labels.list()
  expect(labels.map(({ name }) => name)).toEqual(['cat', 'dog', 'Äpfel & Birnen'])
  expect(labels.map(({ color, position }) => [color, position])).toEqual(
    [0, 1, 2].map((n) => [palette[n], n]),
  )
  project.editing.deleteLabel(labels[0]!.id)
  await project.close()
  expect((await open()).store.labels.list().map(({ name }) => name)).toEqual(['dog', 'Äpfel & Birnen'])
})

test('classes.txt: blank lines keep their number, names are cleaned, and it is told', async () => {
  const { folder, open, events } = setUp()
  const text = `cat\r\n\r\n  dog \r\ncat\r\n${'x'.repeat(5000)}\r\n\r\n`
  writeFileSync(join(folder, 'classes.txt'), Buffer.from(`\ufeff${text}`, 'utf16le'))
  const { store } = await open()
  const names = ['cat', 'class 1', 'dog', 'cat (class 3)', 'x'.repeat(200)]
  expect(store.labels.list().map(({ name }) => name)).toEqual(names)
  const notices = events.filter((event) => event.name === 'notice').map(({ payload }) => payload.message)
  expect(notices).toEqual([
    expect.stringMatching(/^classes.txt: Names of classes were cleaned: .*, and 1 more\.$/),
  ])
})

test('a classes.txt that is no UTF-8, a pipe, or too large is told of and not read', async () => {
  const fill: ((file: string) => void)[] = [
    (file) => writeFileSync(file, Buffer.from([0xb9, 0xb7, 0x0a])),
    (file) => writeFileSync(file, Buffer.alloc(9e6, 'x')),
  ]
  if (process.platform !== 'win32') fill.push((file) => void execFileSync('mkfifo', [file]))
  for (const make of fill) {
    const { folder, open, events } = setUp()
    make(join(folder, 'classes.txt'))
    const { store } = await open()
    expect(store.labels.list().map(({ name }) => name)).toEqual(['object'])
    expect(events).toContainEqual({
      name: 'notice',
      payload: { level: 'warning', message: expect.stringContaining('The classes were not read') as string },
    })
  }
})

test('a project starts with 10,000 classes', async () => {
  const { folder, open } = setUp()
  writeFileSync(
    join(folder, 'classes.txt'),
    Array.from({ length: 10_000 }, (_, index) => `thing ${index}`).join('\n'),
  )
  const { store } = await open()
  expect(store.labels.list()[9999]).toMatchObject({ name: 'thing 9999', position: 9999 })
})

test('a folder that can’t be written to: the project is kept in the data folder, says so, and is found again', async () => {
  const { folder, dataFolder, open } = setUp()
  // What stands in the way of the project's folder is a file: as unwritable as a read-only disk, for root too.
  writeFileSync(join(folder, '.maskwright'), '')
  const project = await open()
  const { file, notice } = project.info()
  expect(file.startsWith(join(dataFolder, 'projects', `${basename(folder)}-`))).toBe(true)
  expect(notice).toContain(file)
  annotate(project, 'kept')
  await project.close()
  expect((await open()).store.annotations.count()).toBe(1)
  rmSync(join(folder, '.maskwright'))
  // Writable now: the work that was done stays at hand.
  const again = await open()
  expect(again.store.annotations.count()).toBe(1)
  expect(again.info()).toMatchObject({ file, notice: expect.stringContaining(file) as string })
})

/** A folder whose project has one annotation, and locks on it as on a read-only drive. */
const setUpLocked = async () => {
  const all = setUp()
  const { folder, dataFolder, open } = all
  const file = join(folder, '.maskwright', 'project.sqlite')
  const work = async (id: string, opened: Promise<Opened>) => {
    const project = await opened
    annotate(project, id)
    const info = project.info()
    await project.close()
    return info
  }
  await work('first', open())
  chmodSync(dataFolder, 0o777)
  const paths = [folder, join(folder, '.maskwright')]
  const lock = () => {
    for (const path of paths) chmodSync(path, 0o555)
    chmodSync(file, 0o444)
  }
  const unlock = () => {
    for (const path of paths) chmodSync(path, 0o755)
    chmodSync(file, 0o644)
  }
  onTestFinished(unlock)
  const idsOf = ({ store }: Opened) => store.annotations.ofImage(store.images.ids()[0]!).map(({ id }) => id)
  return { ...all, file, work, lock, unlock, idsOf }
}
const isWindows = process.platform === 'win32'
const onWindows = isWindows ? ' (skipped: Windows has no permission bits)' : ''

test.skipIf(isWindows)(
  `a read-only folder with a project in it: work goes on in a copy, the original stays as it is${onWindows}`,
  async () => {
    const { open, file, work, lock } = await setUpLocked()
    const before = readFileSync(file)
    lock()
    const copy = await asPlainUser(open)
    expect(copy.info().file).not.toBe(file)
    expect(copy.info().notice).toContain('copy')
    expect(copy.store.annotations.count()).toBe(1)
    await work('second', Promise.resolve(copy))
    expect(readFileSync(file).equals(before)).toBe(true)
    const again = await asPlainUser(open)
    expect(again.store.annotations.count()).toBe(2)
    expect(readdirSync(dirname(again.info().file)).filter((name) => name.endsWith('.sqlite'))).toHaveLength(1)
  },
)

test.skipIf(isWindows)(
  `writable again, the file with the newest edit goes on, whichever it is, and the other one is named${onWindows}`,
  async () => {
    const { folder, open, file, work, lock, unlock, idsOf } = await setUpLocked()
    lock()
    const copy = await work('second', asPlainUser(open))
    unlock()
    const later = await open()
    expect(idsOf(later)).toEqual(['first', 'second'])
    expect(later.info().file).toBe(copy.file)
    for (const path of [file, copy.file]) expect(later.info().notice).toContain(path)
    await later.close()

    // Meanwhile another machine works on the folder, which has no copy of its own.
    const elsewhere = { folder, dataFolder: temporaryFolder(), version: '1', emit: () => undefined }
    await work('third', openProject(elsewhere))
    const newest = await open()
    expect(idsOf(newest)).toEqual(['first', 'third'])
    const kept = `${copy.file}.older`
    for (const path of [file, kept]) expect(newest.info().notice).toContain(path)
    expect(existsSync(kept)).toBe(true)
    await newest.close()
    expect((await open()).info()).toMatchObject({ file, notice: null })
  },
)

test.skipIf(isWindows)(
  `a status set in the copy is found again; a copy without work gives way without a word${onWindows}`,
  async () => {
    const { open, file, lock, unlock } = await setUpLocked()
    lock()
    await (await asPlainUser(open)).close()
    unlock()
    const same = await open()
    expect(same.info()).toMatchObject({ file, notice: null })
    await same.close()
    lock()
    const copy = await asPlainUser(open)
    const [id] = copy.store.images.ids()
    copy.editing.commit(statusDiff({ id: id!, status: 'todo' }, 'done'))
    await copy.close()
    unlock()
    expect((await open()).store.images.get(id!)?.status).toBe('done')
  },
)

test.skipIf(isWindows)(
  `read-only again, a copy is made anew from a folder with newer edits, and what it held is kept${onWindows}`,
  async () => {
    const { folder, open, file, work, lock, unlock, idsOf } = await setUpLocked()
    lock()
    const copy = await work('second', asPlainUser(open))
    unlock()
    await work(
      'third',
      openProject({ folder, dataFolder: temporaryFolder(), version: '1', emit: () => undefined }),
    )
    lock()
    const renewed = await asPlainUser(open)
    expect(renewed.info().file).toBe(copy.file)
    expect(idsOf(renewed)).toEqual(['first', 'third'])
    const kept = `${copy.file}.older`
    for (const path of [file, kept]) expect(renewed.info().notice).toContain(path)
    const old = openStore(kept)
    expect(old.annotations.count()).toBe(2)
    old.close()
    await work('fourth', Promise.resolve(renewed))
    expect(idsOf(await asPlainUser(open))).toEqual(['first', 'third', 'fourth'])
  },
)

test('neither place can be written: a coded error', async () => {
  const { folder, dataFolder, open } = setUp()
  writeFileSync(join(folder, '.maskwright'), '')
  writeFileSync(join(dataFolder, 'projects'), '')
  await expect(open()).rejects.toMatchObject({ code: 'not-writable' })
})

test('folders of one name in two places have two projects', async () => {
  const dataFolder = temporaryFolder()
  const files = new Set<string>()
  for (const parent of [temporaryFolder(), temporaryFolder()]) {
    const folder = join(parent, 'photos ☀')
    mkdirSync(folder)
    writeFileSync(join(folder, '.maskwright'), '')
    const project = await openProject({ folder, dataFolder, version: '1', emit: () => undefined })
    files.add(project.info().file)
    await project.close()
  }
  expect(files.size).toBe(2)
})

test('no folder, a file, a damaged project: coded errors, and what is open stays open', async () => {
  const { folder, dataFolder } = setUp()
  const events: AppEvent[] = []
  const workspace = createWorkspace({ dataFolder, version: '1', emit: (event) => events.push(event) })
  onTestFinished(() => workspace.close())
  expect(() => workspace.project()).toThrow(expect.objectContaining({ code: 'no-project' }))
  await workspace.open(folder)
  expect(events.map(({ name }) => name)).toEqual(['project.changed'])
  const damaged = temporaryFolder()
  mkdirSync(join(damaged, '.maskwright'))
  writeFileSync(join(damaged, '.maskwright', 'project.sqlite'), 'not a database '.repeat(100))
  await expect(workspace.open(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
  await expect(workspace.open(join(folder, 'a.jpg'))).rejects.toMatchObject({ code: 'not-found' })
  await expect(workspace.open(damaged)).rejects.toMatchObject({ code: 'damaged-project' })
  expect(workspace.info()?.folder).toBe(folder)
  expect(workspace.project().store.images.count()).toBe(1)
})

test('the same folder again: its images are counted anew', async () => {
  const { folder, dataFolder } = setUp()
  const workspace = createWorkspace({ dataFolder, version: '1', emit: () => undefined })
  onTestFinished(() => workspace.close())
  await workspace.open(folder)
  writeFileSync(join(folder, 'b.jpg'), 'b')
  const [one, two] = await Promise.all([workspace.open(folder), workspace.open(`${folder}/`)])
  expect([one.imageCount, two.imageCount]).toEqual([2, 2])
  expect(two.folder).toBe(folder)
  expect(workspace.recent()).toEqual([{ folder, name: basename(folder), isThere: true }])
})

test('a folder that could not be opened is told until one was', async () => {
  const { folder, dataFolder } = setUp()
  const workspace = createWorkspace({ dataFolder, version: '1', emit: () => undefined })
  onTestFinished(() => workspace.close())
  const gone = join(folder, 'gone')
  await expect(workspace.open(gone)).rejects.toMatchObject({ code: 'not-found' })
  expect(workspace.notOpened()).toMatchObject({ folder: gone })
  expect(workspace.notOpened()?.message).toContain('There is no folder')
  await workspace.open(folder)
  expect(workspace.notOpened()).toBeNull()
})

test('recent folders: newest first, each once, 20 at most, and whether they are there', () => {
  const dataFolder = temporaryFolder()
  const parent = temporaryFolder()
  const recent = openRecentFolders(dataFolder)
  for (let index = 0; index < 25; index += 1) {
    mkdirSync(join(parent, `f${index}`))
    recent.add(join(parent, `f${index}`))
  }
  recent.add(join(parent, 'f10'))
  const names = () => recent.list().map(({ name }) => name)
  expect(names().slice(0, 3)).toEqual(['f10', 'f24', 'f23'])
  expect(names()).toHaveLength(20)
  renameSync(join(parent, 'f24'), join(parent, 'away'))
  expect(recent.list().slice(0, 3)).toMatchObject([{ isThere: true }, { isThere: false }, { isThere: true }])
  renameSync(join(parent, 'away'), join(parent, 'f24'))
  expect(recent.list()[1]).toMatchObject({ name: 'f24', isThere: true })
  writeFileSync(join(dataFolder, 'recent.json'), '{')
  expect(names()).toEqual([])
  recent.add(parent)
  expect(names()).toEqual([basename(parent)])
})

test('a second process on the same project: every commit of both is there, and the file is whole', async () => {
  const { folder, dataFolder, open } = setUp()
  const project = await open()
  const child = fork(join(import.meta.dirname, 'second-process.ts'), [folder, dataFolder])
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  await new Promise((resolve) => child.once('message', resolve))
  for (let index = 0; index < 100; index += 1) {
    annotate(project, `parent-${index}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await ended).toBe(0)
  const ids = project.store.annotations.ofImage(project.store.images.ids()[0]!).map(({ id }) => id)
  expect(ids.filter((id) => id.startsWith('parent-'))).toHaveLength(100)
  expect(ids.filter((id) => id.startsWith('child-'))).toHaveLength(100)
  expect(project.store.images.count()).toBe(1)
  expect(project.store.labels.list()).toHaveLength(1)
  expect(existsSync(project.info().file)).toBe(true)
  const again = await open()
  expect(again.store.annotations.count()).toBe(200)
})

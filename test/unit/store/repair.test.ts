/** Repair of damaged project files: from a backup, from what can be read, or anew; the damaged one is kept. */
import SqliteDatabase from 'better-sqlite3'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { diffOf } from '../../../common/diff.ts'
import type { CodedError } from '../../../common/errors.ts'
import { describeDamage, repairFile } from '../../../core/project/repair.ts'
import { createBackups, listBackups } from '../../../core/store/backups.ts'
import { migrate } from '../../../core/store/migrations.ts'
import { finishReplacing } from '../../../core/store/put-aside.ts'
import { createStore, openStore } from '../../../core/store/store.ts'
import { createWorkspace } from '../../../core/project/workspace.ts'
import { closedProject, cutTo, hashesOf, killedProject, overwrite, tamper } from './damage.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from './records.ts'

const PAGE = 4096
const objectsIn = (file: string): number => {
  const store = openStore(file)
  try {
    return store.annotations.count()
  } finally {
    store.close()
  }
}
const backUp = async (file: string, day: string, objects?: number) => {
  const store = storeOf(file)
  const backups = createBackups({
    store,
    isEmpty: () => false,
    warn: (message) => expect.unreachable(message),
    delay: 0,
    now: () => new Date(`${day}T18:02:00`),
  })
  if (objects !== undefined)
    store.transact(() => {
      for (let index = 0; index < objects; index += 1)
        store.annotations.insert([annotationOf(`${day}-${index}`)])
    })
  backups.touch()
  await vi.waitUntil(() => listBackups(file).some((name) => name.includes(day)))
  await backups.stop()
  store.close()
}

test('a backup a day, the last seven, whole, with what was stored when it was made', async () => {
  const file = closedProject(10)
  for (let day = 1; day <= 9; day += 1) await backUp(file, `2026-11-0${day}`, 1)
  const names = readdirSync(join(dirname(file), 'backups')).sort()
  expect(names).toEqual([3, 4, 5, 6, 7, 8, 9].map((day) => `project-2026-11-0${day}.sqlite`))
  const [newest, before] = listBackups(file)
  expect([objectsIn(newest!), objectsIn(before!)]).toEqual([19, 18])
  const db = new SqliteDatabase(newest)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

test('the day’s backup is made anew when it is an hour old, and stopping leaves nothing half', async () => {
  const file = closedProject(10)
  await backUp(file, '2026-11-01')
  const [backup] = listBackups(file)
  const at = (time: string) => new Date(`2026-11-01T${time}:00`)
  utimesSync(backup!, at('18:02'), at('18:02'))
  const store = storeOf(file)
  store.transact(() => store.annotations.insert([annotationOf('later')]))
  let now = at('18:30')
  const backups = createBackups({
    store,
    isEmpty: () => false,
    warn: () => undefined,
    delay: 0,
    now: () => now,
  })
  backups.touch()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(objectsIn(backup!)).toBe(10)
  now = at('19:10')
  backups.touch()
  await vi.waitUntil(() => objectsIn(backup!) === 11)
  await backups.stop()
  now = at('21:00')
  backups.touch()
  store.close()
  expect(readdirSync(dirname(backup!))).toEqual(['project-2026-11-01.sqlite'])
})

test('a backup folder that is a link is not written to', async () => {
  const file = closedProject(1)
  const away = temporaryFolder()
  symlinkSync(away, join(dirname(file), 'backups'))
  const store = storeOf(file)
  const warnings: string[] = []
  const backups = createBackups({
    store,
    isEmpty: () => false,
    warn: (text) => warnings.push(text),
    delay: 0,
  })
  backups.touch()
  await vi.waitUntil(() => warnings.length > 0)
  await backups.stop()
  store.close()
  expect(readdirSync(away)).toEqual([])
  expect(listBackups(file)).toEqual([])
})

test('from the newest whole backup: a damaged or foreign one is passed over', () => {
  const file = killedProject()
  cutTo(file, 0.5)
  const damaged = hashesOf(file)
  const good = closedProject(30)
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder)
  copyFileSync(good, join(folder, 'project-2026-11-01.sqlite'))
  copyFileSync(good, join(folder, 'project-2026-11-02.sqlite'))
  cutTo(join(folder, 'project-2026-11-02.sqlite'), 0.5)
  copyFileSync(good, join(folder, 'project-2026-11-03.sqlite'))
  tamper(join(folder, 'project-2026-11-03.sqlite'), (db) => db.exec('CREATE VIEW theirs AS SELECT 1'))
  const { backups } = describeDamage('/photos', file, 'why')
  expect(backups).toMatchObject([{ objects: 30, labelledImages: 30 }])
  const repaired = repairFile(file, 'backup')
  expect(repaired).toMatchObject({ from: 'backup', file, objects: 30, images: 50, kept: `${file}.damaged` })
  expect(objectsIn(file)).toBe(30)
  expect(hashesOf(repaired.kept)).toEqual(damaged)
  expect(() => repairFile(file, 'backup')).toThrow(expect.objectContaining({ code: 'conflict' }))
})

test.each([
  ['half of the file is cut off', (file: string) => cutTo(file, 0.5), 10],
  [
    'pages in the middle are noise',
    (file: string) => overwrite(file, 12 * PAGE, Buffer.alloc(6 * PAGE, 0xa5)),
    60,
  ],
  [
    'a view lies in it',
    (file: string) => tamper(file, (db) => db.exec('CREATE VIEW theirs AS SELECT 1')),
    400,
  ],
  [
    'a trigger lies in it',
    (file: string) =>
      tamper(file, (db) => db.exec('CREATE TRIGGER t AFTER INSERT ON labels BEGIN DELETE FROM images; END')),
    400,
  ],
])('what can be read is saved when %s', (_name, damage, least) => {
  const file = closedProject(800)
  damage(file)
  const before = hashesOf(file)
  expect(describeDamage('/photos', file, 'why').canSalvage).toBe(true)
  const repaired = repairFile(file, 'salvage')
  expect(hashesOf(repaired.kept)).toEqual(before)
  expect(repaired.objects).toBeGreaterThanOrEqual(least)
  const store = openStore(file)
  onTestFinished(() => store.close())
  expect(store.annotations.count()).toBe(repaired.objects)
  const labels = store.labels.list().map(({ id }) => id)
  const items = store.images.page({ text: '', show: 'all' }, 0, 100)
  expect(items).toHaveLength(store.images.count())
  for (const { id } of items)
    // What is noise counts as a damaged object; it is kept too.
    for (const { labelId, shape } of store.annotations.ofImage(id)) {
      expect(labels).toContain(labelId)
      expect(shape).toEqual(annotationOf('a').shape)
    }
})

test('of a log that has everything, everything is saved without its file', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const db = new SqliteDatabase(file)
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 0')
  migrate(db)
  const store = createStore({ db, copy: null })
  store.labels.insert(labelOf('cat'))
  store.scan.add({ path: 'a.jpg', bytes: 1, modifiedAt: 1 }, 0, null)
  store.annotations.insert([annotationOf('a')])
  const alone = join(temporaryFolder(), 'project.sqlite')
  copyFileSync(`${file}-wal`, `${alone}-wal`)
  store.close()
  expect(() => openStore(alone)).toThrow(/only its log/)
  expect(repairFile(alone, 'salvage')).toMatchObject({ objects: 1, images: 1 })
  expect(objectsIn(alone)).toBe(1)
  expect(existsSync(`${alone}.damaged-wal`)).toBe(true)
})

test('nothing can be read: an empty project, with the damaged file kept', () => {
  const file = closedProject()
  writeFileSync(file, '')
  expect(describeDamage('/photos', file, 'why')).toMatchObject({ backups: [], canSalvage: false })
  expect(() => repairFile(file, 'salvage')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => repairFile(file, 'backup')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(repairFile(file, 'new')).toMatchObject({ kept: `${file}.damaged`, objects: 0 })
  expect(objectsIn(file)).toBe(0)
  expect(existsSync(`${file}.damaged`)).toBe(true)
})

test('classes that are lost have names, and objects keep them', () => {
  const file = closedProject(20)
  tamper(file, (db) => db.exec("DELETE FROM labels WHERE id = 'cat'; CREATE TABLE theirs (id TEXT)"))
  expect(repairFile(file, 'salvage').notes.join(' ')).toContain('lost class 1')
  const store = openStore(file)
  onTestFinished(() => store.close())
  expect(store.labels.list()).toMatchObject([
    { id: 'dog', position: 0 },
    { id: 'cat', name: 'lost class 1', position: 1 },
  ])
  expect(store.annotations.count()).toBe(20)
})

test('killed between taking the damaged file away and putting the whole one in place: the next opening ends it', () => {
  const file = closedProject(5)
  renameSync(file, `${file}.repaired`)
  expect(objectsIn(file)).toBe(5)
  writeFileSync(`${file}.repaired`, 'another')
  finishReplacing(file)
  expect(objectsIn(file)).toBe(5)
  rmSync(`${file}.repaired`)
})

test('opening a damaged project tells what can be done, once it is repaired it opens', async () => {
  const folder = temporaryFolder()
  const events: AppEvent[] = []
  const workspace = createWorkspace({
    dataFolder: temporaryFolder(),
    version: '1',
    emit: (event) => events.push(event),
  })
  onTestFinished(() => workspace.close())
  writeFileSync(join(folder, 'a.jpg'), 'a')
  await workspace.open(folder)
  const { store, editing } = workspace.project()
  const [labelId, imageId] = [store.labels.list()[0]!.id, store.images.ids()[0]!]
  editing.commit(diffOf({ annotations: { added: [annotationOf('mine', imageId, labelId)] } }))
  const { file } = workspace.project().info()
  await workspace.close()
  tamper(file, (db) => db.exec('CREATE TABLE theirs (id TEXT)'))
  const thrown = (await workspace.open(folder).catch((error: unknown) => error)) as CodedError
  expect(thrown.code).toBe('damaged-project')
  expect(thrown.damage).toMatchObject({ folder, file, backups: [], canSalvage: true })
  expect(events.at(-1)).toEqual({ name: 'project.refused', payload: { damage: thrown.damage } })
  expect(workspace.refused()?.folder).toBe(folder)
  const repaired = await workspace.repair({ folder, from: 'salvage' })
  expect(repaired).toMatchObject({ objects: 1, images: 1 })
  await workspace.open(folder)
  expect(workspace.project().store.annotations.ofImage(imageId)).toMatchObject([{ id: 'mine' }])
  await expect(workspace.repair({ folder, from: 'new' })).rejects.toMatchObject({ code: 'conflict' })
})

// As fuzzing found it: SQLite lists the table and says that there is none.
test.each(['rootpage = 1', 'rootpage = 99999', "sql = 'CREATE TABLE images (a)'", 'sql = NULL'])(
  'a schema with a line of the images that says %s: described in our words, and repaired from what is left',
  (set) => {
    const file = closedProject(10)
    tamper(file, (db) => {
      db.pragma('writable_schema = ON')
      db.exec(`UPDATE sqlite_schema SET ${set} WHERE name = 'images'`)
    })
    expect(() => storeOf(file)).toThrow(expect.objectContaining({ code: 'damaged-project' }) as Error)
    if (describeDamage('/photos', file, 'why').canSalvage)
      expect(repairFile(file, 'salvage').notes.length).toBeGreaterThan(0)
    else expect(() => repairFile(file, 'salvage')).toThrow(/Nothing in .* can be read/)
  },
)

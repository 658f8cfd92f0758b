/** The project file of somebody else, or of a broken drive: opened, worked on, exported, opened again, repaired. */
import { join } from 'node:path'
import { diffOf } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import type { ImageItem, Label } from '../../../common/model.ts'
import type { Client } from '../../../common/rpc.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import type { Core } from '../../../core/core.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateSql } from '../mutate/sql.ts'
import { openCore } from '../../support/open-core.ts'
import type { Entry, Place } from '../place.ts'
import { objectOf, pictures, projectFiles, tampered } from '../project-seed.ts'
import type { Random } from '../random.ts'
import type { Answers, Case, Target } from '../target.ts'

interface ProjectCase extends Case {
  readonly repair: 'salvage' | 'new'
  readonly format: string
}

const FOLDER = 'home/shared/.maskwright'

const withFiles = (about: string, files: Record<string, Entry>, random: Random | null): ProjectCase => ({
  about,
  files: new Map([...pictures, ...Object.entries(files)]),
  repair: random?.pick(['salvage', 'salvage', 'new'] as const) ?? 'salvage',
  format: random?.pick(['coco', 'yolo-det', 'yolo-seg'] as const) ?? 'coco',
})

const named = (files: Readonly<Record<string, Entry>>) =>
  Object.fromEntries(Object.entries(files).map(([end, entry]) => [`${FOLDER}/project.sqlite${end}`, entry]))

const makers: readonly ((random: Random) => ProjectCase)[] = [
  (random) => withFiles('SQL', named({ '': tampered((db) => mutateSql(db, random)) }), random),
  (random) => withFiles('SQL', named({ '': tampered((db) => mutateSql(db, random)) }), random),
  (random) => withFiles('SQL', named({ '': tampered((db) => mutateSql(db, random)) }), random),
  (random) => {
    const { bytes, about } = mutateBytes(projectFiles(true)['']!, random)
    return withFiles(`bytes: ${about}`, named({ '': bytes }), random)
  },
  (random) => {
    const files = projectFiles(false)
    const end = random.pick(Object.keys(files))
    const { bytes, about } = mutateBytes(files[end]!, random)
    return withFiles(`killed, ${end || 'file'}: ${about}`, named({ ...files, [end]: bytes }), random)
  },
  (random) => {
    const sql = tampered((db) => mutateSql(db, random))
    const { bytes, about } = mutateBytes(sql, random)
    return withFiles(`SQL and bytes: ${about}`, named({ '': bytes }), random)
  },
  (random) => {
    const size = random.pick([0, 1, 15, 16, 99, 100, 512, 4096, 5000])
    const files: Record<string, Entry> = { '': projectFiles(true)['']!.subarray(0, size) }
    if (random.chance(0.3)) files['-wal'] = projectFiles(false)['-wal'] ?? Buffer.alloc(9)
    if (random.chance(0.2)) files['-journal'] = random.bytes(600)
    return withFiles(`${size} bytes`, named(files), random)
  },
  (random) => {
    const link = {
      link: random.pick(['../private/secret.png', '../../private/secret.png', '/dev/zero', '..', '.']),
    }
    const where = random.pick([
      FOLDER,
      `${FOLDER}/project.sqlite`,
      `${FOLDER}/project.sqlite-wal`,
      `${FOLDER}/backups`,
    ])
    return withFiles(`${where} is a link`, { [where]: link }, random)
  },
]

const OBJECT_ID = 'from-the-fuzzer'

/** Stores one object and takes it back and forth; true when it was acknowledged last. */
const edit = async (
  client: Client,
  { id: imageId }: ImageItem,
  labels: readonly Label[],
  answers: Answers,
) => {
  const [label] = labels
  if (label === undefined) return false
  const added = objectOf(OBJECT_ID, imageId, label.id)
  const commit = () => client.call('edit.commit', { diff: diffOf({ annotations: { added: [added] } }) })
  if ((await answers.ask('commit', commit)) === null) return false
  const undone = await answers.ask('undo', () => client.call('edit.undo', { imageId }))
  const redone = await answers.ask('redo', () => client.call('edit.redo', { imageId }))
  if (undone?.done !== true || redone?.done !== true)
    answers.fault('what was just stored can be undone and redone')
  return redone?.done === true
}

const look = async ({ core, client }: { core: Core; client: Client }, answers: Answers) => {
  const filter = { text: '', show: 'all' } as const
  const all = await answers.ask('images', () =>
    client.call('images.list', { filter, offset: 0, limit: 1000 }),
  )
  const problem = { ...filter, show: 'problem' } as const
  await answers.ask('problems', () => client.call('images.list', { filter: problem, offset: 0, limit: 1000 }))
  for (const { id: imageId } of all?.items.slice(0, 8) ?? []) {
    await answers.ask('image', () => client.call('images.open', { imageId }))
    await answers.ask('damaged objects', () => client.call('damaged.list', { imageId }))
    await answers.ask('display', () => core.readDisplay(imageId))
    await answers.ask('history', () => client.call('edit.history', { imageId }))
  }
  return all?.items ?? []
}

const work = async (place: Place, given: ProjectCase, answers: Answers) => {
  const { core, client } = openCore(place.data)
  let stored: ImageItem | null = null
  try {
    const project = await answers.ask('open', () => client.call('project.open', { folder: place.shared }))
    if (project === null) return null
    const labels = (await answers.ask('classes', () => client.call('labels.list', {})))?.labels ?? []
    const images = await look({ core, client }, answers)
    const [image] = images.filter(({ problem }) => problem === null)
    if (image !== undefined && (await edit(client, image, labels, answers))) stored = image
    for (let times = 3; times > 0; times -= 1)
      await answers.ask('undo', () => client.call('edit.undo', { imageId: images.at(-1)?.id ?? null }))
    for (const { id: labelId } of labels.slice(0, 3))
      await answers.ask('usage', () => client.call('labels.usage', { labelId }))
    const last = labels.at(-1)
    if (last !== undefined && labels.length > 1 && images.at(-1)?.id !== image?.id)
      await answers.ask('delete a class', () => client.call('labels.delete', { labelId: last.id }))
    const out = join(place.shared, 'export')
    const request = { format: given.format, out, copyImages: true, validation: 0.2, seed: 1 }
    await answers.ask('export', async () => ensureDone(await runWork(client, 'export', request)))
  } finally {
    await core.close()
  }
  return stored
}

/** What was acknowledged is there. */
const reopen = async (place: Place, { id: imageId, path }: ImageItem, answers: Answers) => {
  const { core, client } = openCore(place.data)
  try {
    await answers.ask('open again', () => client.call('project.open', { folder: place.shared }))
    const image = await answers.ask('image again', () => client.call('images.open', { imageId }))
    if (image !== null && !image.annotations.some(({ id }) => id === OBJECT_ID))
      answers.fault(`an object that was stored on ${path} is gone`)
  } finally {
    await core.close()
  }
}

const repair = async (place: Place, from: ProjectCase['repair'], answers: Answers) => {
  const { core, client } = openCore(place.data)
  try {
    const request = { folder: place.shared, from }
    const repaired = await answers.ask(`repair by ${from}`, () => client.call('project.repair', request))
    if (repaired === null) return
    if ((await answers.ask('open', () => client.call('project.open', { folder: place.shared }))) === null)
      answers.fault(`a project that was repaired by ${from} does not open`)
    else await look({ core, client }, answers)
  } finally {
    await core.close()
  }
}

const ofProject = (place: Place) => place.listing((path) => !path.startsWith(`${FOLDER}/`))

const run = async (place: Place, given: ProjectCase, answers: Answers) => {
  const before = ofProject(place)
  const refusals: CodedError[] = []
  const noting: Answers = {
    ...answers,
    ask: (what, task) =>
      answers.ask(what, async () => {
        try {
          return await task()
        } catch (thrown) {
          if (what === 'open' && thrown instanceof CodedError) refusals.push(thrown)
          throw thrown
        }
      }),
  }
  const stored = await work(place, given, noting)
  if (stored !== null) await reopen(place, stored, answers)
  const [refused] = refusals
  if (refused === undefined) return
  if (JSON.stringify([...ofProject(place)]) !== JSON.stringify([...before]))
    answers.fault('a project file that was refused is not as it was')
  if (refused.damage !== undefined) await repair(place, given.repair, answers)
}

export const projects: Target<ProjectCase> = {
  name: 'projects',
  kept: {
    'an empty file': () => withFiles('0 bytes', named({ '': Buffer.alloc(0) }), null),
    'a format that SQLite does not know': () => {
      const bytes = Buffer.from(projectFiles(true)['']!)
      bytes[47] = 9
      return withFiles('format', named({ '': bytes }), null)
    },
    'a table that is listed and not there': () => {
      const bytes = tampered((db) => {
        db.pragma('writable_schema = ON')
        db.exec("UPDATE sqlite_schema SET rootpage = 99999 WHERE name IN ('images', 'project')")
      })
      return withFiles('schema', named({ '': bytes }), null)
    },
    'a schema that goes on in page 0': () => {
      const bytes = Buffer.from(projectFiles(true)['']!)
      bytes.fill(0, 108, 112)
      return withFiles('page 0', named({ '': bytes }), null)
    },
    'a log alone': () =>
      withFiles('log', named({ '-wal': projectFiles(false)['-wal'] ?? Buffer.alloc(32) }), null),
    'a link to a private file': () =>
      withFiles('link', named({ '': { link: '../../private/secret.txt' } }), null),
    'paths that lead out': () =>
      withFiles(
        'paths',
        named({
          '': tampered((db) =>
            db.exec("UPDATE images SET path = '../private/secret.png', status = 'done' WHERE id = 1"),
          ),
        }),
        null,
      ),
  },
  make: (random) => random.pick(makers)(random),
  mayChange: (path) =>
    path.startsWith('data/') ||
    path === 'data' ||
    path.startsWith(FOLDER) ||
    path.startsWith('home/shared/export'),
  start: (place) => ({ run: (given, answers) => run(place, given, answers), close: () => Promise.resolve() }),
}

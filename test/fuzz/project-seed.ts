/** A small project that somebody has worked on: three pictures, two classes, objects, an undo log. */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diffOf } from '../../common/diff.ts'
import { createEditing } from '../../core/editing/editing.ts'
import { openStore, type Store } from '../../core/store/store.ts'
import { pngOf } from '../support/hostile-pictures.ts'
import type { Annotation, Label } from '../../common/model.ts'
import { newLabel } from '../../common/new-label.ts'
import { newObject } from '../../common/new-records.ts'
import type { Entry } from './place.ts'

const [width, height] = [40, 30]
const picture = pngOf({ width, height, depth: 8, color: 2 }, Buffer.alloc(height * (1 + width * 3), 90))

export const picturePaths = ['a.png', 'sub/b.png', 'c.png'] as const

/** The pictures by their paths under the top of a place. */
export const pictures: readonly [string, Entry][] = picturePaths.map((path) => [
  `home/shared/${path}`,
  picture,
])

const labelOf = (id: string, position: number): Label =>
  newLabel({ id, name: `a ${id}`, color: '#56b4e9', position })

export const objectOf = (id: string, imageId: number, labelId: string): Annotation => ({
  id,
  imageId,
  labelId,
  shape: {
    type: 'polygon',
    parts: [
      {
        outer: [
          [0.5, 1.25],
          [20.1, 1 / 3],
          [17, 19.875],
        ],
        holes: [
          [
            [14, 4],
            [15, 4],
            [15, 5],
          ],
        ],
      },
    ],
  },
  source: 'model',
  modelId: 'mobile-sam',
  score: 0.9123,
  prompts: [{ type: 'point', x: 3.5, y: 2, positive: true }],
  candidate: 2,
  ...newObject,
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_000_001,
})

const work = (store: Store) => {
  store.transact(() => {
    store.project.set('created-at', '2026-01-01T00:00:00.000Z')
    picturePaths.forEach((path, index) => {
      store.scan.add({ path, bytes: picture.length, modifiedAt: 0 }, index, null)
    })
  })
  const editing = createEditing(store, () => undefined)
  editing.commit(diffOf({ labels: { added: [labelOf('cat', 0), labelOf('dog', 1)] } }))
  for (const [index, imageId] of [1, 1, 2, 3].entries())
    editing.commit(diffOf({ annotations: { added: [objectOf(`object-${index}`, imageId, 'cat')] } }))
  editing.undo(1)
}

/** Bytes of the project file and what lies beside it, by the ends of their names. */
export type ProjectFiles = Readonly<Record<string, Buffer>>

const make = (closed: boolean): ProjectFiles => {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-fuzz-seed-'))
  try {
    const store = openStore(join(folder, 'project.sqlite'))
    work(store)
    if (closed) store.close()
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(join(folder, `project.sqlite${end}`)))
        copyFileSync(join(folder, `project.sqlite${end}`), join(folder, `copy${end}`))
    const found = ['', '-wal', '-shm'].flatMap((end): [string, Buffer][] => {
      const file = join(folder, `copy${end}`)
      return existsSync(file) ? [[end, readFileSync(file)]] : []
    })
    if (!closed) store.close()
    return Object.fromEntries(found)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const made = new Map<boolean, ProjectFiles>()

/** @param closed left in order; else as a killed process leaves it, with its last changes in the log */
export const projectFiles = (closed: boolean): ProjectFiles => {
  const files = made.get(closed) ?? make(closed)
  made.set(closed, files)
  return files
}

/** Bytes 18 and 19 of the header: 2 with a write-ahead log, which a database in memory can't have. */
const setLog = (bytes: Buffer, mode: 1 | 2) => {
  bytes.set([mode, mode], 18)
  return bytes
}

/** The closed project after `change`, which writes as a stranger does: without our checks. Its errors are his. */
export const tampered = (change: (db: Database) => void): Buffer => {
  const db = new SqliteDatabase(setLog(Buffer.from(projectFiles(true)['']!), 1))
  try {
    db.unsafeMode()
    db.pragma('ignore_check_constraints = ON')
    db.pragma('foreign_keys = OFF')
    change(db)
    return setLog(db.serialize(), 2)
  } finally {
    db.close()
  }
}

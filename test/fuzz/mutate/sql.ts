/** Changes of a project file that SQL can make, as a stranger would: rows, numbers, texts, and the schema itself. */
import type { Database } from 'better-sqlite3'
import type { Random } from '../random.ts'
import { mutateJson } from './json.ts'
import { oddNumber, oddPath, oddText } from './odd.ts'

type Change = (db: Database, random: Random) => void

const idOfImage = (random: Random) => 1 + random.below(3)

/** A number that SQLite takes into an INTEGER column, mostly. */
const whole = (random: Random) => {
  const value = oddNumber(random)
  return Number.isFinite(value) && Math.abs(value) < 2 ** 62 ? BigInt(Math.trunc(value)) : 7n
}

const column = (table: string, name: string, value: unknown): Change => {
  return (db) => db.prepare(`UPDATE ${table} SET ${name} = ?`).run(value)
}

const jsonIn =
  (table: string, name: string): Change =>
  (db, random) => {
    const rows = db.prepare(`SELECT rowid AS row, ${name} AS text FROM ${table}`).all() as {
      row: number
      text: string
    }[]
    if (rows.length === 0) return
    const { row, text } = random.pick(rows)
    const { bytes } = mutateJson(JSON.parse(text), random)
    db.prepare(`UPDATE ${table} SET ${name} = ? WHERE rowid = ?`).run(bytes.toString('utf8'), row)
  }

const tables = ['project', 'images', 'labels', 'annotations', 'edits', 'edit_images'] as const

const rows: readonly Change[] = [
  (db, random) =>
    db.prepare('UPDATE OR IGNORE images SET path = ? WHERE id = ?').run(oddPath(random), idOfImage(random)),
  (db, random) => {
    const add = db.prepare(
      `INSERT OR IGNORE INTO images (path, folded_path, position, bytes, modified_at, width, height, orientation, status)
       VALUES (?, ?, ?, 90, 0, 40, 30, 1, 'done')`,
    )
    for (let count = 1 + random.below(20); count > 0; count -= 1) {
      const path = oddPath(random)
      add.run(path, path, 2 + count)
    }
  },
  (db, random) => {
    const name = random.pick([
      'width',
      'height',
      'bytes',
      'modified_at',
      'orientation',
      'position',
      'missing',
      'id',
    ])
    db.prepare(`UPDATE OR IGNORE images SET ${name} = ? WHERE id = ?`).run(whole(random), idOfImage(random))
  },
  (db, random) => {
    const name = random.pick(['status', 'problem', 'content_hash', 'folded_path'])
    column('images', name, oddText(random))(db, random)
  },
  (db, random) => {
    const name = random.pick(['name', 'color', 'id'])
    db.prepare(`UPDATE OR IGNORE labels SET ${name} = ? WHERE position = 0`).run(oddText(random))
  },
  (db, random) => column('labels', 'position', whole(random))(db, random),
  (db, random) => {
    const add = db.prepare("INSERT INTO labels (id, name, color, position) VALUES (?, ?, '#112233', ?)")
    for (let count = random.pick([10, 300, 20_010]); count > 0; count -= 1)
      add.run(`x${count}`, `x${count}`, count + 1)
  },
  jsonIn('annotations', 'shape'),
  jsonIn('annotations', 'shape'),
  jsonIn('annotations', 'prompts'),
  jsonIn('edits', 'diff'),
  (db, random) => {
    const name = random.pick(['id', 'label_id', 'source', 'model_id', 'shape', 'prompts'])
    db.prepare(`UPDATE OR IGNORE annotations SET ${name} = ? WHERE sequence = 1`).run(oddText(random))
  },
  (db, random) => {
    const name = random.pick(['image_id', 'candidate', 'created_at', 'updated_at', 'sequence'])
    db.prepare(`UPDATE OR IGNORE annotations SET ${name} = ? WHERE sequence = 2`).run(whole(random))
  },
  (db, random) => column('annotations', 'score', oddNumber(random))(db, random),
  (db, random) => {
    const name = random.pick(['sequence', 'undone', 'everywhere', 'created_at'])
    db.prepare(`UPDATE OR IGNORE edits SET ${name} = ? WHERE id = ?`).run(whole(random), 1 + random.below(4))
  },
  (db, random) => column('edits', random.pick(['kind', 'diff']), oddText(random))(db, random),
  (db, random) => void db.exec(`DELETE FROM ${random.pick(tables)}`),
  (db, random) =>
    db
      .prepare('INSERT OR REPLACE INTO project VALUES (?, ?)')
      .run(random.pick(['created-at', 'created-in', oddText(random)]), oddText(random)),
  (db, random) => {
    const points = Array.from({ length: random.pick([3, 5000, 300_000]) }, (_, n) => [n % 999, n % 7])
    const shape = JSON.stringify({ type: 'polygon', parts: [{ outer: points, holes: [] }] })
    db.prepare('UPDATE annotations SET shape = ? WHERE sequence = 1').run(shape)
  },
]

const schema: readonly Change[] = [
  (db) =>
    void db.exec('CREATE TRIGGER more AFTER INSERT ON edits BEGIN UPDATE images SET path = path || 1; END'),
  (db) =>
    void db.exec(
      'CREATE VIEW seen AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n',
    ),
  (db) =>
    void db.exec(
      'DROP TABLE labels; CREATE VIEW labels AS SELECT 1 AS id, 2 AS name, 3 AS color, 4 AS position',
    ),
  (db, random) => void db.exec(`CREATE TABLE "${oddText(random).replaceAll(/["\0]/g, '')}x" (a)`),
  (db) => void db.exec('CREATE VIRTUAL TABLE found USING fts5(a)'),
  (db, random) => void db.exec(`DROP TABLE ${random.pick(tables)}`),
  (db) => void db.exec('DROP INDEX images_by_position'),
  (db) =>
    void db.exec('ALTER TABLE images ADD COLUMN more GENERATED ALWAYS AS (randomblob(1000000)) VIRTUAL'),
  (db, random) => void db.pragma(`user_version = ${random.pick([0, 1, 2, 99, -1, 2147483647])}`),
  (db, random) => void db.pragma(`application_id = ${random.pick([0, 1, 2147483647])}`),
  (db, random) => {
    db.pragma('writable_schema = ON')
    const sets = [
      "sql = 'CREATE TABLE images (a)'",
      'rootpage = 1',
      'rootpage = 99999',
      "name = 'x'",
      'sql = NULL',
    ]
    db.exec(`UPDATE sqlite_schema SET ${random.pick(sets)} WHERE name = '${random.pick(tables)}'`)
  },
]

/** One to three changes; what SQLite refuses to do is not done. */
export const mutateSql = (db: Database, random: Random): void => {
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    try {
      random.pick(random.chance(0.8) ? rows : schema)(db, random)
    } catch {
      // A rule of the table, or of an earlier change.
    }
  }
}

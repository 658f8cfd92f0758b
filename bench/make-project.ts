/** A project file as large as a month of many people's work: images and objects of made-up numbers, always the same. */
import Database from 'better-sqlite3'
import { copyFileSync, linkSync, mkdirSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeEmpty } from '../core/store/create.ts'
import { migrations } from '../core/store/migrations.ts'

/** The next of a fixed sequence of numbers 0..1 (Lehmer). */
const createRandom = () => {
  let state = 20_261_127
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

const CLASSES = 40
/** Of ten images that follow each other. */
const sides = ['train', 'train', 'train', 'train', 'train', 'train', 'val', 'val', 'test', null]
const DAY = 86_400_000

/** The shape of an object: a polygon of 24 vertices, as a mask of 60 px has. */
const shapeAt = (x: number, y: number): string => {
  const ring = Array.from({ length: 24 }, (_, at) => {
    const angle = (at / 24) * 2 * Math.PI
    return [x + 30 * Math.cos(angle), y + 30 * Math.sin(angle)].map((value) => Math.round(value * 100) / 100)
  })
  return JSON.stringify({ type: 'polygon', parts: [{ outer: ring, holes: [] }] })
}

const CAMERAS = 7

/** Where the image of that number lies in its folder. */
const pathOf = (at: number): string => `camera-${at % CAMERAS}/photo-${String(at).padStart(6, '0')}.jpg`

/**
 * Writes `file`, which must not exist.
 * @param photo what the file of every image is, where there are files
 */
export const makeProject = (
  file: string,
  images: number,
  objects: number,
  photo: { readonly bytes: number; readonly modifiedAt: number } | null = null,
): void => {
  writeEmpty(file, migrations)
  const db = new Database(file)
  const random = createRandom()
  const now = Date.UTC(2026, 10, 1)
  db.pragma('synchronous = OFF')
  db.transaction(() => {
    const image = db.prepare(
      `INSERT INTO images
         (id, path, folded_path, position, bytes, modified_at, width, height, orientation, status, side)
       VALUES (?, ?, ?, ?, ?, ?, 4000, 3000, 1, ?, ?)`,
    )
    for (let at = 0; at < images; at++) {
      const path = pathOf(at)
      const madeAt = now - Math.round(random() * 90 * DAY)
      image.run(
        at + 1,
        path,
        path,
        at,
        photo?.bytes ?? 100_000,
        photo?.modifiedAt ?? madeAt,
        random() < 0.3 ? 'done' : 'todo',
        sides[at % 10] ?? null,
      )
    }
    const label = db.prepare('INSERT INTO labels (id, name, color, position, locked) VALUES (?, ?, ?, ?, 0)')
    for (let at = 0; at < CLASSES; at++) label.run(`label-${at}`, `class ${at}`, '#56b4e9', at)
    const annotation = db.prepare(
      `INSERT INTO annotations (id, image_id, label_id, source, score, created_at, updated_at, shape, prompts, locked)
       VALUES (?, ?, ?, 'model', ?, ?, ?, ?, '[]', 0)`,
    )
    const edit = db.prepare(
      `INSERT INTO edits (id, sequence, kind, everywhere, created_at, diff, format, uid, author)
       VALUES (?, ?, 'commit', 0, ?, ?, 1, ?, ?)`,
    )
    const editImage = db.prepare('INSERT INTO edit_images (image_id, edit_id) VALUES (?, ?)')
    for (let at = 0; at < objects; at++) {
      const imageId = 1 + Math.floor(random() * images)
      const when = now - Math.round(random() * 30 * DAY)
      const labelId = `label-${Math.floor(random() * random() * CLASSES)}`
      annotation.run(
        `object-${at}`,
        imageId,
        labelId,
        random(),
        when,
        when,
        shapeAt(random() * 4000, random() * 3000),
      )
      if (at % 10 !== 0) continue
      const id = at / 10 + 1
      const made = `{"annotations":{"added":[{"prompts":[{"type":"point"}]}]}}`
      edit.run(id, id, when, made, `edit-${id}`, random() < 0.6 ? 'anna' : 'ben')
      editImage.run(imageId, id)
    }
  })()
  db.close()
}

/**
 * Makes a folder of so many photos with that project: each photo of a camera is the same file under another name, so that
 * 100,000 of them take no more room than seven.
 */
export const makeProjectFolder = (folder: string, photo: string, images: number, objects: number): void => {
  const modified = Date.UTC(2026, 9, 1) / 1000
  for (let at = 0; at < images; at++) {
    const path = join(folder, pathOf(at))
    if (at >= CAMERAS) linkSync(join(folder, pathOf(at % CAMERAS)), path)
    else {
      mkdirSync(dirname(path), { recursive: true })
      copyFileSync(photo, path)
      utimesSync(path, modified, modified)
    }
  }
  mkdirSync(join(folder, '.maskwright'))
  const facts = { bytes: statSync(photo).size, modifiedAt: modified * 1000 }
  makeProject(join(folder, '.maskwright', 'project.sqlite'), images, objects, facts)
}

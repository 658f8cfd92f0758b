/**
 * Broken input, kind by kind and format by format: what is broken is a problem with its place, the rest goes on, and
 * nothing outside of the chosen folder is read. COCO's are in import.test.ts too, with what is stored of them.
 */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { messageOf } from '../../../common/errors.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { createImageFinder } from '../../../core/import/find-image.ts'
import { fitObject } from '../../../core/import/fit-object.ts'
import { openLabels } from '../../../core/import/read-labels.ts'
import { cases, type Files } from './broken-cases.ts'

/** The images that there are; sound records are of the second. */
const images = [
  { path: 'a.png', width: 100, height: 80 },
  { path: 'sub/b.png', width: 100, height: 80 },
]

interface Read {
  /** Shapes by the path of their image. */
  readonly objects: Record<string, string[]>
  /** Problems and changes, all of them. */
  readonly said: string[]
  /** What is said of the whole. */
  readonly notes: readonly string[]
}

const read = async (files: Files, path: string): Promise<Read> => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-broken-'))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = join(top, name)
    mkdirSync(dirname(file), { recursive: true })
    const isPlain = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(file, isPlain ? content : content.head, isPlain ? 'utf8' : 'latin1')
    if (!isPlain) truncateSync(file, content.sparse)
  }
  const objects: Record<string, string[]> = {}
  const said: string[] = []
  let notes: readonly string[] = []
  const find = createImageFinder(images)
  try {
    const set = await openLabels(allFormats, { path: join(top, path) })
    notes = set.notes
    said.push(...set.problems.map(({ message }) => message))
    for (const image of set.images) {
      const found = find(image.name, image.isNumber)
      if ('problem' in found) said.push(found.problem)
      const loaded = await image.load()
      said.push(...loaded.problems.map(({ message }) => message))
      if ('problem' in found) continue
      for (const object of loaded.objects) {
        const fitted = fitObject(object, found.image)
        if (object.lost !== undefined) said.push(object.lost)
        if ('problem' in fitted) said.push(`${object.where}: ${fitted.problem}`)
        else {
          said.push(...fitted.changes)
          ;(objects[found.image.path] ??= []).push(fitted.shape.type)
        }
      }
    }
    set.close()
  } catch (thrown) {
    said.push(`refused: ${messageOf(thrown)}`)
  }
  return { objects, said, notes }
}

test.each(cases.map(([kind, format, ...rest]) => [`${kind}: ${format}`, ...rest] as const))(
  '%s',
  async (_name, files, path, said, a = []) => {
    const found = await read(files, path)
    if (said === null) expect(found.said).toEqual([])
    else expect([...found.said, ...found.notes].join('\n')).toMatch(said)
    expect(found.objects['a.png'] ?? []).toEqual(a)
    // What is sound goes on, but in a table that is too large to be read at all.
    if (said?.source.startsWith('^refused') !== true) expect(found.objects['sub/b.png']).toHaveLength(1)
  },
)

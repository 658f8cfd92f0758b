/** What the mirror could not write is written when the disk takes it again, without a new commit. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { MirrorState } from '../../../common/contract/mirror.ts'
import { createMirror } from '../../../core/beside/mirror.ts'
import { labelme } from '../../../core/formats/labelme/labelme.ts'
import type { Format } from '../../../core/formats/format.ts'
import { createFolder, labelsOf } from './folder.ts'
import { disc } from './shapes.ts'

/** A disk that refuses every file with an error of the system, for as long as it has one. */
const onFaultyDisk = () => {
  const disk: { code: string | null; refused: number } = { code: null, refused: 0 }
  const format: Format = {
    ...labelme,
    write(run, images) {
      if (disk.code === null) return labelme.write!(run, images)
      disk.refused++
      return Promise.reject(Object.assign(new Error(`${disk.code}: no`), { code: disk.code }))
    },
  }
  return { disk, format }
}

test.each([
  ['ENOSPC', /full|room|space/i],
  ['EROFS', /written/i],
  ['EACCES', /written/i],
])('%s: it is said, tried again, and written when the disk is free', async (code, words) => {
  const project = createFolder(
    [
      { path: 'a.png', shapes: [disc] },
      { path: 'sub/b.png', shapes: [disc] },
    ],
    labelsOf('cat'),
  )
  onTestFinished(() => project.remove())
  const { disk, format } = onFaultyDisk()
  const notes = new Map<string, string>()
  let state: MirrorState | null = null
  const mirror = createMirror({
    source: project.source,
    formats: [format],
    version: '1.2.3',
    notes: { get: (key) => notes.get(key) ?? null, set: (key, value) => void notes.set(key, value) },
    permits: { has: () => true, give: () => undefined },
    onChange: (changed) => (state = changed),
    delay: 1,
    againAfter: 20,
  })
  onTestFinished(() => mirror.close())
  const files = ['a.json', 'sub/b.json'].map((name) => join(project.folder, name))
  const soon = (value: () => unknown) => expect.poll(value, { timeout: 15_000 })

  disk.code = code
  mirror.set(format.about.id)
  await soon(() => disk.refused).toBeGreaterThan(1)
  expect(state).toMatchObject({ waiting: 2, failure: expect.stringMatching(words) as string })
  expect(files.filter((file) => existsSync(file))).toEqual([])

  disk.code = null
  await soon(() => mirror.state().waiting).toBe(0)
  await soon(() => mirror.state().failure).toBeNull()
  await soon(() => files.filter((file) => existsSync(file))).toEqual(files)
  for (const file of files) expect(readFileSync(file, 'utf8')).toContain('"label": "cat"')
})

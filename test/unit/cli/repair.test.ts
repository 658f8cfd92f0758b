/** `maskwright repair`: says what can be done about a damaged project, and does it. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../../core/store/store.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
let photos: string
let file: string

beforeAll(() => {
  bench = createBench()
  photos = bench.photos()
  file = join(photos, '.maskwright', 'project.sqlite')
  const backups = join(dirname(file), 'backups')
  mkdirSync(backups, { recursive: true })
  openStore(file).close()
  copyFileSync(file, join(backups, 'project-2026-11-25.sqlite'))
})
afterAll(() => bench.remove())

test('other commands refuse a damaged project and name the one that helps; repair puts the backup in its place', async () => {
  expect(await bench.run(['repair', photos])).toMatchObject({ code: 0, out: `${file} is not damaged.\n` })
  writeFileSync(file, 'noise '.repeat(1000))
  const info = await bench.run(['info', photos])
  expect(info).toMatchObject({ code: 1, out: '' })
  expect(info.err).toMatch(/left as it is.*\n.*maskwright repair FOLDER/s)

  const { code, out } = await bench.run(['repair', photos])
  expect(code).toBe(0)
  expect(out).toContain(`maskwright repair "${photos}" --from backup`)
  expect(out).toContain('0 objects')
  expect(out).not.toContain('--from salvage')
  expect(readFileSync(file, 'utf8')).toContain('noise')

  expect(await bench.run(['repair', photos, '--from', 'magic'])).toMatchObject({ code: 2 })
  expect((await bench.run(['repair', photos, '--from', 'salvage'])).err).toContain('Nothing in')
  const repaired = await bench.run(['repair', photos, '--from', 'backup'])
  expect(repaired).toMatchObject({ code: 0 })
  expect(repaired.out).toContain(`The damaged file is kept as ${file}.damaged`)
  expect(await bench.run(['info', photos])).toMatchObject({ code: 0 })
}, 60_000)

/** `maskwright detect` as a process: what it says, and killed in the middle and run again. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { coinDetector } from '../../support/coin-detector.ts'
import { createBench, root, sample, type Bench } from './run-cli.ts'

vi.setConfig({ testTimeout: 300_000 })

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

const countOf = (file: string): Map<number, number> => {
  if (!existsSync(file)) return new Map()
  const db = new Database(file, { readonly: true })
  try {
    const rows = db
      .prepare<[], { image_id: number; n: number }>('SELECT image_id, count(*) n FROM annotations GROUP BY 1')
      .all()
    return new Map(rows.map(({ image_id, n }) => [image_id, n]))
  } catch {
    // Its tables are being made.
    return new Map()
  } finally {
    db.close()
  }
}

it('killed in the middle, a second run finds every coin once', async () => {
  const photos = join(bench.top, 'many')
  mkdirSync(photos)
  for (const name of ['a', 'b', 'c']) copyFileSync(join(sample, 'coins.png'), join(photos, `${name}.png`))
  const model = join(bench.top, 'coins.onnx')
  writeFileSync(model, coinDetector())
  const args = ['detect', model, photos, '--as', 'masks', '--quality', 'fast', '--json']
  const project = join(photos, '.maskwright', 'project.sqlite')
  const child = spawn(process.execPath, [join(root, 'cli/bin.js'), ...args], {
    env: { ...process.env, MASKWRIGHT_DATA: bench.data },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  while (countOf(project).size === 0 && child.exitCode === null) await setTimeout(5)
  child.kill('SIGKILL')
  await ended
  const before = countOf(project)
  expect(before.size).toBeGreaterThan(0)
  expect(before.size).toBeLessThan(3)
  // An image has all of its finds, or none.
  for (const count of before.values()) expect(count).toBe(24)

  const second = await bench.run(args)
  expect(second.code).toBe(0)
  expect(second.err).toContain('coins: YOLOv8, v9, 11 or 12, 320 x 320, 1 classes.')
  expect(JSON.parse(second.out)).toMatchObject({
    kind: 'grid-boxes',
    images: 3,
    skipped: before.size,
    objects: 24 * (3 - before.size),
  })
  expect([...countOf(project).values()]).toEqual([24, 24, 24])
})

it('a file that is no detector ends with 1 and the reason; wrong usage with 2', async () => {
  const photos = bench.photos()
  const text = join(bench.top, 'text.onnx')
  writeFileSync(text, 'hello')
  const refused = await bench.run(['detect', text, photos])
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('no ONNX model')
  expect(await bench.run(['detect', text])).toMatchObject({ code: 2 })
  expect(await bench.run(['detect', text, photos, '--as', 'points'])).toMatchObject({ code: 2 })
})

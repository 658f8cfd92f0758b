/** `maskwright autolabel` and `embed` as processes: killed in the middle and run again. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createBench, root, sample, type Bench } from './run-cli.ts'

// Each test encodes several photos: seconds alone, minutes on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000 })

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

interface Row {
  readonly image_id: number
  readonly prompts: string
}

const rowsOf = (file: string): Row[] => {
  if (!existsSync(file)) return []
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[], Row>('SELECT image_id, prompts FROM annotations').all()
  } catch {
    // Its tables are being made.
    return []
  } finally {
    db.close()
  }
}

it('killed in the middle, a second run takes every box once', async () => {
  const photos = bench.photos()
  const boxes = join(bench.top, 'boxes')
  mkdirSync(boxes)
  const names = ['astronaut', 'cat', 'coffee', 'coins', 'rocket']
  for (const name of names) writeFileSync(join(boxes, `${name}.txt`), '0 .5 .5 .4 .4\n1 .4 .4 .3 .5\n')
  writeFileSync(join(boxes, 'classes.txt'), 'cup\nmug\n')
  const args = ['autolabel', photos, '--boxes', boxes]
  const project = join(photos, '.maskwright', 'project.sqlite')
  const child = spawn(process.execPath, [join(root, 'cli/bin.js'), ...args], {
    env: { ...process.env, MASKWRIGHT_DATA: bench.data },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  // When its inference process has ended too, which has the same standard error.
  const ended = new Promise((resolve) => child.once('close', resolve))
  while (rowsOf(project).length === 0 && child.exitCode === null) await setTimeout(5)
  child.kill('SIGKILL')
  await ended
  expect(said).not.toContain('Error')
  const before = rowsOf(project).length
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(2 * names.length)

  const second = await bench.run(args)
  expect(second).toMatchObject({ code: 0, err: '' })
  expect(second.out).toBe(`Wrote ${10 - before} objects of 10 boxes; ${before} had nothing to do.\n`)
  const keys = rowsOf(project).map(({ image_id, prompts }) => `${image_id} ${prompts}`)
  expect(keys).toHaveLength(10)
  expect(new Set(keys).size).toBe(10)
})

it('embed prepares each image once, and says so', async () => {
  const two = join(bench.top, 'two')
  mkdirSync(two)
  for (const name of ['cat.jpg', 'coffee.jpg']) copyFileSync(join(sample, name), join(two, name))
  const env = { MASKWRIGHT_DATA: join(bench.top, 'data-of-embed') }
  const kept = () => readdirSync(join(env.MASKWRIGHT_DATA, 'embeddings'))
  const first = await bench.run(['embed', two], { env })
  expect(first).toEqual({
    code: 0,
    out: 'Prepared 2 images, 0 were prepared already, 0 left out.\n',
    err: '',
  })
  const made = kept()
  expect(made.filter((name) => name.endsWith('.emb'))).toHaveLength(2)
  const second = await bench.run(['embed', two], { env })
  expect(second).toMatchObject({
    code: 0,
    out: 'Prepared 0 images, 2 were prepared already, 0 left out.\n',
  })
  expect(kept()).toEqual(made)
  // For the best quality the mirrored photos are missing yet.
  const best = await bench.run(['embed', two, '--quality', 'best'], { env })
  expect(best.out).toBe('Prepared 2 images, 0 were prepared already, 0 left out.\n')
  expect(kept().filter((name) => name.endsWith('_m.emb'))).toHaveLength(2)
  const again = await bench.run(['embed', two, '--quality', 'best'], { env })
  expect(again.out).toBe('Prepared 0 images, 2 were prepared already, 0 left out.\n')
})

it('a folder that is not there, and boxes that are not there, end with 1', async () => {
  expect(await bench.run(['embed', join(bench.top, 'nowhere')])).toMatchObject({ code: 1, out: '' })
  const outcome = await bench.run(['autolabel', join(bench.top, 'photos'), '--boxes', 'nothing'])
  expect(outcome).toMatchObject({ code: 1, out: '' })
  expect(outcome.err).toContain('There is no file or folder')
})

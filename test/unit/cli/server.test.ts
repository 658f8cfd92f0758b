/** `--server` as a person types it: the real commands as processes, against a server on this machine that may lie or be gone. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startInferenceServer, type InferenceServer } from '../../support/inference-server.ts'
import { tinySam } from '../../support/tiny-sams.ts'
import { twoFields, writeTwoFields } from '../../support/two-fields.ts'
import { createBench, type Bench } from './run-cli.ts'

// Each test starts several processes that load the model.
vi.setConfig({ testTimeout: 300_000 })

/** Nothing listens there. */
const DEAD_URL = 'http://127.0.0.1:1'

/** It answers in some ms: how long a real one takes depends on the machine, and after 10 s nobody waits for it. */
const tiny = tinySam('samexporter')

let bench: Bench
let server: InferenceServer
beforeAll(() => void (bench = createBench()))
beforeEach(async () => {
  server = await startInferenceServer({ tiny: tiny.encoder, mine: tiny.encoder })
})
afterEach(() => server.close())
afterAll(() => bench.remove())

/** With a data folder of its own, whose model is the tiny one and where nothing is prepared yet. */
const run = (...args: string[]) => {
  const data = mkdtempSync(join(bench.top, 'data-'))
  const folder = join(data, 'models', 'tiny')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'encoder.onnx'), tiny.encoder)
  writeFileSync(join(folder, 'decoder.onnx'), tiny.decoder)
  const files = ['encoder', 'decoder'].map((role) => ({ name: `${role}.onnx`, role }))
  const variants = [{ id: 'tiny', name: 'tiny' }]
  const manifest = { name: 'tiny', contract: { kind: 'sam2' }, files, variants }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ modelId: 'tiny' }))
  return bench.run(args, { env: { MASKWRIGHT_DATA: data } })
}

const photosOf = (name: string, count: number): string => {
  const folder = join(bench.top, name)
  mkdirSync(folder)
  for (let at = 0; at < count; at++) writeTwoFields(join(folder, `${at}.png`), at)
  return folder
}

const [left, top, right, bottom] = twoFields.red
/** On the bright ground, which is what the tiny model finds. */
const click = ['--point', '120,100', '--json']

test('segment: the photo is encoded there, and the mask is this machine’s own', async () => {
  const photo = join(photosOf('one', 1), '0.png')
  const here = await run('segment', photo, ...click)
  expect(here).toMatchObject({ code: 0, err: '' })
  const there = await run('segment', photo, ...click, '--server', server.url)
  expect(there).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(there.out)).toMatchObject({ model: 'tiny', polygon: { type: 'polygon' } })
  expect(there.out).toBe(here.out)
  expect(new Set(server.inferred)).toEqual(new Set(['tiny']))
  const named = await run('segment', photo, ...click, '--server', server.url, '--server-model', 'mine')
  expect(named).toMatchObject({ code: 0, err: '' })
  expect(server.inferred).toContain('mine')
})

test('segment: a dead address and a server that lies are said, and the photo is encoded here', async () => {
  const photo = join(photosOf('two', 1), '0.png')
  const here = await run('segment', photo, ...click)
  const dead = await run('segment', photo, ...click, '--server', DEAD_URL)
  expect(dead.code).toBe(0)
  expect(dead.err).toMatch(/127\.0\.0\.1:1 not reachable: nothing listens there.*on this computer/s)
  expect(dead.out).toBe(here.out)
  for (const lie of ['wrong-shape', 'not-a-number', 'page'] as const) {
    const liar = await startInferenceServer({ tiny: tiny.encoder })
    liar.plan(...Array.from({ length: 9 }, () => lie))
    const lying = await run('segment', photo, ...click, '--server', liar.url)
    await liar.close()
    expect(lying.code).toBe(0)
    expect(lying.err, lie).toMatch(/on this computer/)
    expect(lying.out).toBe(here.out)
  }
})

test('embed: the folder is prepared there; without the server, here', async () => {
  const photos = photosOf('three', 3)
  const there = await run('embed', photos, '--server', server.url)
  expect(there).toMatchObject({ code: 0, err: '' })
  expect(there.out).toContain('Prepared 3 images, 0 were prepared already, 0 left out.')
  expect(server.inferred.length).toBeGreaterThanOrEqual(3)
  const before = server.inferred.length
  const none = await run('embed', photos, '--server', 'none')
  expect(none).toMatchObject({ code: 0, err: '' })
  expect(server.inferred.length).toBe(before)
  const dead = await run('embed', photos, '--server', DEAD_URL)
  expect(dead.code).toBe(0)
  expect(dead.err).toMatch(/not reachable/)
  expect(dead.out).toContain('Prepared 3 images')
})

test('autolabel: boxes become masks with the photos encoded there, or here when it lies', async () => {
  const boxes = join(bench.top, 'boxes')
  mkdirSync(boxes)
  const line = [0, (left + right) / 600, (top + bottom) / 320, (right - left) / 300, (bottom - top) / 160]
  for (const at of [0, 1]) writeFileSync(join(boxes, `${at}.txt`), `${line.join(' ')}\n`)
  writeFileSync(join(boxes, 'classes.txt'), 'field\n')
  const there = await run('autolabel', photosOf('four', 2), '--boxes', boxes, '--server', server.url)
  expect(there).toMatchObject({ code: 0, err: '' })
  expect(there.out).toContain('Wrote 2 objects of 2 boxes')
  expect(server.inferred.length).toBeGreaterThanOrEqual(2)
  server.plan(...Array.from({ length: 9 }, () => 'error' as const))
  const lying = await run('autolabel', photosOf('five', 2), '--boxes', boxes, '--server', server.url)
  expect(lying.code).toBe(0)
  expect(lying.err).toMatch(/refuses \(500\).*on this computer/s)
  expect(lying.out).toContain('Wrote 2 objects of 2 boxes')
})

test('what is no address, and a name without one, are refused before anything is loaded', async () => {
  for (const command of ['embed', 'segment']) {
    const asked = command === 'segment' ? click : []
    const bad = await run(command, bench.top, ...asked, '--server', 'file:///x')
    expect(bad.code, command).toBe(2)
    expect(bad.err).toContain('--server "file:///x"')
  }
  const named = await run('embed', bench.top, '--server-model', 'mine')
  expect(named).toMatchObject({ code: 2, err: expect.stringContaining('goes with --server') as string })
})

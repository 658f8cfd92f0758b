/** A server that encodes in place of this machine: its lies, breaks and silences cost one encode, never an answer. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { inspectDetector } from '../../../../core/detectors/inspect.ts'
import type { Detected } from '../../../../core/inference/detector.ts'
import { createEngine, type Engine } from '../../../../core/inference/host/engine.ts'
import type { ServerSight } from '../../../../core/inference/host/server/serving.ts'
import { manifestSchema, type ModelChoice } from '../../../../core/inference/manifest.ts'
import { startInferenceServer, type InferenceServer, type Lie } from '../../../support/inference-server.ts'
import { tinyDetector } from '../../../support/tiny-detectors.ts'
import { tinySam } from '../../../support/tiny-sams.ts'
import { writeTwoFields } from '../../../support/two-fields.ts'
import { imageOf, point, requestOf } from '../asked.ts'

const top = mkdtempSync(join(tmpdir(), 'serving-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const tiny = tinySam('samexporter')
const choice = ((): ModelChoice => {
  writeFileSync(join(top, 'encoder.onnx'), tiny.encoder)
  writeFileSync(join(top, 'decoder.onnx'), tiny.decoder)
  const manifest = manifestSchema.parse({
    name: 'tiny',
    contract: { kind: 'sam2' },
    files: [
      { name: 'encoder.onnx', role: 'encoder' },
      { name: 'decoder.onnx', role: 'decoder' },
    ],
    variants: [{ id: 'tiny', name: 'tiny' }],
  })
  return { folder: top, manifest, variant: manifest.variants[0]! }
})()

const photo = join(top, 'photo.png')
writeTwoFields(photo)
const image = imageOf(1, photo)
const click = requestOf({ prompts: [point(120, 100)] })

const opened: Engine[] = []
const servers: InferenceServer[] = []
afterEach(async () => {
  for (const engine of opened.splice(0)) {
    engine.leaveServer()
    await engine.settle()
  }
  for (const server of servers.splice(0)) await server.close()
})

const serve = async (models: Record<string, Uint8Array> = { tiny: tiny.encoder }) => {
  const server = await startInferenceServer(models)
  servers.push(server)
  return server
}

/** An engine with a server, when that has been asked for the first time. */
const open = async (
  url: string,
  { data = mkdtempSync(join(top, 'data-')), wholeMs = 5000, retryMs = 60_000 } = {},
) => {
  const sights: ServerSight[] = []
  let seen: () => void
  const asked = new Promise<void>((resolve) => (seen = resolve))
  const engine = await createEngine(
    {
      model: choice,
      provider: 'cpu',
      threads: 1,
      embeddingFolder: join(data, 'embeddings'),
      embeddingBytes: 1e9,
      memoryBytes: 1,
      server: { url, model: 'tiny', connectMs: 2000, wholeMs, leastMs: wholeMs, retryMs },
    },
    () => undefined,
    (sight) => {
      sights.push(sight)
      if (sight.state !== 'connecting') seen()
    },
  )
  opened.push(engine)
  await asked
  const keys = () => readdirSync(join(data, 'embeddings')).filter((name) => name.endsWith('.emb'))
  return { engine, sights, last: () => sights.at(-1)!, data, keys }
}

test('photos are encoded there and clicks are decoded here, with the masks that this machine makes', async () => {
  const server = await serve()
  const there = await open(server.url)
  expect(there.last()).toEqual({ state: 'on', message: null })
  const before = server.inferred.length
  const answer = await there.engine.segment(image, click, () => undefined)
  expect(server.inferred.length - before).toBe(1)
  await there.engine.segment(image, requestOf({ prompts: [point(130, 110)] }), () => undefined)
  expect(server.inferred.length - before, 'a second click asks nobody').toBe(1)
  const here = await open('http://127.0.0.1:1')
  expect(here.last().message).toMatch(/not reachable: nothing listens there/)
  const own = await here.engine.segment(image, click, () => undefined)
  expect(answer.answer.candidates[0]!.logits).toEqual(own.answer.candidates[0]!.logits)
})

test.each<[Lie, RegExp]>([
  ['error', /refuses \(500\): out of memory on device 0/],
  ['other-version', /version/],
])('after an answer that is %s the photo is encoded here, under its own name', async (lie, words) => {
  const server = await serve()
  const { engine, last, keys } = await open(server.url)
  server.plan(lie)
  const before = server.inferred.length
  const { answer, source } = await engine.segment(image, click, () => undefined)
  expect(answer.candidates[0]!.logits.some((value) => value > 0)).toBe(true)
  expect(source).toBe('encoder')
  expect(last().state).toBe('away')
  expect(last().message).toMatch(words)
  expect(last().message).toContain('on this computer')
  writeTwoFields(join(top, 'second.png'), 1)
  await engine.encode(imageOf(2, join(top, 'second.png')), () => undefined)
  expect(server.inferred.length - before, 'it is not asked again').toBe(1)
  await engine.settle()
  expect(keys()).toHaveLength(2)
  expect(keys().every((key) => !key.includes('server'))).toBe(true)
})

test('a server that stands still is left when its time is over', async () => {
  const server = await serve()
  const { engine, last } = await open(server.url, { wholeMs: 300 })
  server.plan('silent')
  await engine.segment(image, click, () => undefined)
  expect(last().message).toMatch(/not reachable: it did not answer within 0\.3 s/)
})

test('a server that comes back is used again, without an encode that waited for it', async () => {
  const server = await serve()
  await server.goAway()
  const { engine, last, sights } = await open(server.url, { retryMs: 50 })
  expect(last().state).toBe('away')
  await engine.encode(image, () => undefined)
  expect(server.seen).toEqual([])
  await server.comeBack()
  await vi.waitFor(() => expect(last()).toEqual({ state: 'on', message: null }), 10_000)
  expect(sights.filter(({ state }) => state === 'on')).toHaveLength(1)
})

describe('what is looked at before anything is asked', () => {
  test('an unknown name', async () => {
    const server = await serve({ other: tiny.encoder })
    const { last } = await open(server.url)
    expect(last().message).toMatch(/refuses \(404\): Request for unknown model: 'tiny'/)
    expect(server.inferred).toEqual([])
  })

  test('a graph with other tensors', async () => {
    const server = await serve({ tiny: tiny.decoder })
    const { last } = await open(server.url)
    expect(last().message).toMatch(/is not the encoder of the chosen model: it has no input “image”/)
    expect(server.inferred, 'no picture was sent').toEqual([])
  })
})

test('what another model makes under the same address has a name of its own', async () => {
  const server = await serve()
  const data = mkdtempSync(join(top, 'data-'))
  const first = await open(server.url, { data })
  await first.engine.prepare(image, false, () => undefined)
  const [key] = first.keys()
  expect(key).toMatch(/server_[0-9a-f]{12}/)
  const again = await open(server.url, { data })
  expect(await again.engine.prepare(image, false, () => undefined), 'the same model: it is there').toBe(false)

  await server.serve('tiny', tinySam('samexporter', 0.05).encoder)
  const other = await open(server.url, { data })
  expect(other.last().state).toBe('on')
  expect(await other.engine.prepare(image, false, () => undefined)).toBe(true)
  expect(new Set(other.keys()).size).toBe(2)

  await server.goAway()
  const away = await open(server.url, { data })
  expect(away.last().state).toBe('away')
  const { source } = await away.engine.segment(image, click, () => undefined)
  expect(source, 'what it made last is still good').toBe('disk')
  expect(readFileSync(join(data, 'servers.json'), 'utf8')).toContain(server.url)
})

describe('a detector', () => {
  const file = join(top, 'fields.onnx')
  const graph = tinyDetector('v8')
  writeFileSync(file, graph)

  const openDetector = async (url: string) => {
    const { engine, last } = await open(url)
    const { recipes, version, model } = await inspectDetector(
      { aside: (_, asked) => engine.aside(null, asked) },
      { path: file },
    )
    const question = {
      kind: 'detect',
      model,
      version,
      recipe: recipes[0],
      minScore: 0.25,
      outlines: null,
      keepsMasks: false,
    } as const
    const detect = async () => {
      const found = (await engine.aside(image, question)) as Detected
      return found.detections.map(({ classIndex }) => classIndex)
    }
    return { detect, last }
  }

  test('runs there under the name of its file once it has found there what it finds here', async () => {
    // No encoder is served: that is said, and hinders no detector.
    const server = await serve({ fields: graph })
    const { detect, last } = await openDetector(server.url)
    expect(last().message).toMatch(/unknown model: 'tiny'/)
    expect(await detect()).toEqual([0, 1])
    expect(await detect()).toEqual([0, 1])
    expect(server.inferred).toEqual(['fields', 'fields'])
    server.plan('wrong-type')
    expect(await detect(), 'it is run here').toEqual([0, 1])
    expect(await detect()).toEqual([0, 1])
    expect(server.inferred, 'a detector that lies is not asked again').toHaveLength(3)
  })

  test('is not believed by its name and shapes alone', async () => {
    const blind = tinyDetector('v8', { isBlind: true })
    const server = await serve({ fields: blind })
    const { detect } = await openDetector(server.url)
    expect(await detect()).toEqual([0, 1])
    expect(await detect()).toEqual([0, 1])
    expect(server.inferred).toEqual(['fields'])
  })
})

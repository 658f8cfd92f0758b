/** Installing models from a server that breaks off and lies: whole, right and runnable, or not at all. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import { createModels } from '../../../core/inference/client/models.ts'
import { tryModel } from '../../../core/inference/client/try-model.ts'
import { createModelInstall } from '../../../core/model-install/model-install.ts'
import { parseCatalogue } from '../../../core/model-install/catalogue.ts'
import { catalogueOf, startModelServer, type ModelServer } from '../../support/model-server.ts'
import { imageOf, point, requestOf } from '../inference/asked.ts'

const root = join(import.meta.dirname, '../../..')
const fixture = join(root, 'test/fixtures/models/hwc-4-sized')
const sizes = { encoder: readFileSync(join(fixture, 'encoder.onnx')).length }
const decoder = readFileSync(join(fixture, 'decoder.onnx'))

let base: string
let models: string
let server: ModelServer
let inUse: string | null
let said: string[]
let reached: { done: number; total: number }[]
let tried: number

type Install = ReturnType<typeof createInstall>

const createInstall = (change: { url?: string; try?: boolean; stallMs?: number } = {}) => {
  writeFileSync(join(base, 'offer/catalogue.json'), catalogueOf(fixture, change.url ?? server.url, 'tiny'))
  const stop = new AbortController()
  const inner = createModelInstall({
    catalogueFolders: [join(base, 'offer')],
    modelFolder: models,
    installed: async () =>
      (await createModels([join(root, 'models'), models]).list()).map(({ info }) => info),
    inUse: () => inUse,
    async tryModel(choice, signal) {
      tried++
      return change.try === true ? tryModel(() => forkInferenceProcess(), choice, base, signal) : null
    },
    onChange: () => undefined,
    warn: (message) => {
      throw new Error(message)
    },
    download: { stallMs: change.stallMs ?? 5000, waitsMs: [1, 1] },
  })
  return {
    ...inner,
    install(id: string) {
      return inner.install(id, {
        signal: stop.signal,
        say: (message) => said.push(message),
        reach: (done, total) => reached.push({ done, total }),
      })
    },
    cancel: () => stop.abort(),
  }
}

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'install-'))
  models = join(base, 'data/models')
  mkdirSync(join(base, 'offer'))
  server = await startModelServer(fixture)
  inUse = null
  said = []
  reached = []
  tried = 0
})
afterEach(async () => {
  await server.close()
  rmSync(base, { recursive: true })
})

const requests = (name: string) => server.seen.filter(({ file }) => file === `/${name}`)
const sentOf = (name: string) => requests(name).reduce((sum, { sent }) => sum + sent, 0)
const listed = async (install: Install) =>
  (await install.available()).installed.filter(({ origin }) => origin !== 'bundled')
const expectNothing = async (install: Install) => {
  expect(await listed(install)).toEqual([])
  expect(existsSync(join(models, 'tiny'))).toBe(false)
  expect((await install.available()).installable.map(({ id }) => id)).toEqual(['tiny'])
  // Another one may start: none is refused as the second.
  await expect(install.remove('nobody')).rejects.toMatchObject({ code: 'not-found' })
}
const expectWhole = async (install: Install) => {
  expect(await listed(install)).toMatchObject([{ id: 'tiny', problem: null, origin: join(models, 'tiny') }])
  for (const name of ['encoder.onnx', 'decoder.onnx'])
    expect(readFileSync(join(models, 'tiny', name)).equals(readFileSync(join(fixture, name)))).toBe(true)
  expect(readdirSync(join(models, 'tiny')).sort()).toEqual(['decoder.onnx', 'encoder.onnx', 'manifest.json'])
  expect(readdirSync(join(models, '.partial'))).toEqual([])
}

test('the catalogue that comes with Maskwright is valid and names what is needed', () => {
  const { entries, elsewhere } = parseCatalogue(readFileSync(join(root, 'models/catalogue.json'), 'utf8'))
  const [entry, tam, efficient] = entries
  expect(entry).toMatchObject({ id: 'mobile-sam-official', manifest: { licence: 'Apache-2.0' } })
  expect(entry!.manifest.files.map(({ url }) => new URL(url!).protocol)).toEqual(['https:', 'https:'])
  expect(tam).toMatchObject({ id: 'edge-tam', manifest: { contract: { kind: 'transformers' } } })
  expect(efficient).toMatchObject({ id: 'efficient-sam-ti', manifest: { contract: { kind: 'sam' } } })
  // Nothing that would bind whoever uses it is offered.
  for (const { licence } of [...elsewhere, ...entries.map(({ manifest }) => manifest)])
    expect(licence).toBe('Apache-2.0')
  expect(elsewhere.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['SAM 2.1 tiny', 'D-FINE nano', 'D-FINE small', 'RF-DETR nano']),
  )
})

test('after the install the model segments', { timeout: 60_000 }, async () => {
  const install = createInstall({ try: true })
  expect(await install.install('tiny')).toEqual({ id: 'tiny', name: 'Tiny tiny' })
  const { installed, installable } = await install.available()
  expect(installed.at(-1)).toMatchObject({ id: 'tiny', name: 'Tiny tiny', problem: null })
  expect(installable).toEqual([])
  expect(tried).toBe(1)
  await expectWhole(install)
  expect(said).toEqual(['Downloading encoder.onnx…', 'Downloading decoder.onnx…', 'Trying the model…'])
  const total = sizes.encoder + decoder.length
  expect(reached.at(-1)).toEqual({ done: total, total })

  const inference = createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders: [join(root, 'models'), models],
    dataFolder: join(base, 'data'),
    options: { modelId: 'tiny', provider: 'cpu', threads: 1, embeddingBytes: 0 },
  })
  const image = imageOf(1, join(root, 'projects/sample/cat.jpg'))
  const answer = await inference.segment(image, requestOf({ imageId: 1, prompts: [point(200, 100)] }))
  await inference.close()
  expect(answer.modelId).toBe('tiny')
  expect(answer.candidates[0]!.logits.some((value) => value > 0)).toBe(true)
})

describe('a connection that breaks off', () => {
  test('is gone on with: no byte is asked for twice', async () => {
    server.plan({ kind: 'break', after: 100 }, { kind: 'break', after: 50 })
    const install = createInstall()
    await install.install('tiny')
    await expectWhole(install)
    expect(requests('encoder.onnx').map(({ range }) => range)).toEqual([null, 'bytes=100-', 'bytes=150-'])
    expect(requests('encoder.onnx')[1]!.ifRange).toMatch(/^".+"$/)
    expect(sentOf('encoder.onnx')).toBe(sizes.encoder)
  })

  test('also when it ends as if it were the end', async () => {
    server.plan({ kind: 'break', after: 100, chunked: true })
    const install = createInstall()
    await install.install('tiny')
    await expectWhole(install)
    expect(sentOf('encoder.onnx')).toBe(sizes.encoder)
  })

  test('again and again without a byte: says so, keeps what came, and the next install goes on', async () => {
    const silent = { kind: 'break', after: 0 } as const
    server.plan({ kind: 'ignore-range' }, { kind: 'break', after: 1000 }, silent, silent, silent)
    const install = createInstall()
    await expect(install.install('tiny')).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringMatching(
        /127\.0\.0\.1:\d+ can't be reached.* 1\.0 kB of 3\.4 kB are kept/,
      ) as string,
    })
    await expectNothing(install)
    const kept = sizes.encoder + 1000
    expect((await install.available()).installable[0]!.doneBytes).toBe(kept)
    // As after a restart of the app.
    await createInstall().install('tiny')
    await expectWhole(install)
    expect(sentOf('encoder.onnx')).toBe(sizes.encoder)
    expect(sentOf('decoder.onnx')).toBe(decoder.length)
  })

  test('that falls silent counts as broken', async () => {
    server.plan({ kind: 'hang', after: 100 })
    const install = createInstall({ stallMs: 200 })
    await install.install('tiny')
    await expectWhole(install)
    expect(requests('encoder.onnx')[1]!.range).toBe('bytes=100-')
  })

  test('a server that ignores the range sends all of it, once', async () => {
    server.plan({ kind: 'break', after: 100 }, { kind: 'ignore-range' })
    const install = createInstall()
    await install.install('tiny')
    await expectWhole(install)
    expect(sentOf('encoder.onnx')).toBe(100 + sizes.encoder)
  })

  test('one that ignores it and always breaks off comes to an end', async () => {
    server.plan(...[60, 50, 60, 50, 60].map((breakAfter) => ({ kind: 'ignore-range', breakAfter }) as const))
    const install = createInstall()
    await expect(install.install('tiny')).rejects.toMatchObject({ code: 'offline' })
    expect(server.seen.length).toBeLessThanOrEqual(5)
  })

  test('a range that was not asked for is not used', async () => {
    server.plan({ kind: 'break', after: 100 }, { kind: 'wrong-range' })
    const install = createInstall()
    await install.install('tiny')
    await expectWhole(install)
    expect(requests('encoder.onnx').map(({ range }) => range)).toEqual([null, 'bytes=100-', null])
  })

  test('a file that changed in between is not glued to the old one', async () => {
    server.plan({ kind: 'break', after: 100 }, { kind: 'bytes', bytes: Buffer.alloc(sizes.encoder, 7) })
    const install = createInstall()
    await expect(install.install('tiny')).rejects.toMatchObject({ code: 'download-failed' })
    expect(requests('encoder.onnx')[1]).toMatchObject({ range: 'bytes=100-', sent: sizes.encoder })
    await expectNothing(install)
    await install.install('tiny')
    await expectWhole(install)
  })
})

describe('is refused in words, with nothing installed:', () => {
  const refusedWith = async (code: string, message: RegExp, install = createInstall()) => {
    await expect(install.install('tiny')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
    await expectNothing(install)
    expect(tried).toBe(0)
  }

  test('a file that is gone', async () => {
    server.plan({ kind: 'status', status: 404 })
    await refusedWith('download-failed', /encoder\.onnx does not exist \(404\).*Update Maskwright/)
    expect(server.seen).toHaveLength(1)
  })

  test('a server that refuses', async () => {
    server.plan({ kind: 'status', status: 403 })
    await refusedWith('download-failed', /refuses to send \/encoder\.onnx \(403\)/)
  })

  test('a server that is broken, after a few attempts', async () => {
    server.plan(...[1, 2, 3].map(() => ({ kind: 'status', status: 503 }) as const))
    await refusedWith('offline', /status 503/)
    expect(server.seen).toHaveLength(3)
  })

  test('no server at all', async () => {
    const install = createInstall({ url: 'http://127.0.0.1:9' })
    await refusedWith('offline', /127\.0\.0\.1:9 can't be reached.*Install from folder/, install)
  })

  test('another size', async () => {
    server.plan({ kind: 'bytes', bytes: Buffer.from('<html>Sign in to the network</html>') })
    await refusedWith('download-failed', /another encoder\.onnx.*35 bytes.*instead of/)
  })

  test('more bytes than it should have', async () => {
    server.plan({ kind: 'bytes', bytes: Buffer.alloc(sizes.encoder + 1), chunked: true })
    await refusedWith('download-failed', /does not end after/)
    expect((await createInstall().available()).installable[0]!.doneBytes).toBe(0)
  })

  test('other bytes of the right size', async () => {
    server.plan({ kind: 'bytes', bytes: Buffer.alloc(sizes.encoder, 1) })
    await refusedWith('download-failed', /checksum is wrong/)
    expect((await createInstall().available()).installable[0]!.doneBytes).toBe(0)
  })

  test('a redirect to an address without encryption', async () => {
    server.plan({ kind: 'redirect', to: 'http://example.com/encoder.onnx' })
    await refusedWith('download-failed', /leads to http:\/\/example\.com, which is not encrypted/)
  })

  test('a redirect in a circle', async () => {
    server.plan(...Array.from({ length: 7 }, () => ({ kind: 'redirect', to: '/encoder.onnx' }) as const))
    await refusedWith('download-failed', /in a circle/)
  })

  test('a folder that can’t be made', async () => {
    writeFileSync(join(base, 'data'), 'a file')
    const install = createInstall()
    await expect(install.install('tiny')).rejects.toMatchObject({ code: 'not-writable' })
    await expect(install.remove('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })

  const mountMissing = process.platform !== 'linux' || process.getuid?.() !== 0
  test.skipIf(mountMissing).each([
    ['known beforehand', 65_536, /takes 4\.0 kB more and the disk .* has 0 bytes left/],
    ['met on the way', 61_000, /The disk of .* is full\. Make room and install again/],
  ])(`a full disk, %s${mountMissing ? ' (skipped: needs mount)' : ''}`, async (_, taken, message) => {
    mkdirSync(models, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', models])
    try {
      writeFileSync(join(models, 'other'), Buffer.alloc(taken))
      await refusedWith('disk-full', message)
    } finally {
      execFileSync('umount', [models])
    }
  })

  test('an unknown model', async () => {
    await expect(createInstall().install('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('a redirect is followed', async () => {
  server.plan(
    { kind: 'redirect', to: '/encoder.onnx?other' },
    { kind: 'bytes', bytes: readFileSync(join(fixture, 'encoder.onnx')) },
  )
  const install = createInstall()
  await install.install('tiny')
  await expectWhole(install)
})

test('cancelled it keeps what has come; it is gone on with, or discarded', async () => {
  server.plan({ kind: 'hang', after: 100 })
  const install = createInstall()
  const installing = install.install('tiny')
  await expect.poll(async () => (await install.available()).installable[0]!.doneBytes).toBe(100)
  await expect(install.install('tiny')).rejects.toMatchObject({ code: 'conflict' })
  await expect(install.remove('tiny')).rejects.toMatchObject({ code: 'conflict' })
  install.cancel()
  await expect(installing).rejects.toMatchObject({ code: 'cancelled' })
  await expectNothing(install)
  expect((await install.available()).installable[0]!.doneBytes).toBe(100)
  const { installable } = await install.remove('tiny')
  expect(installable[0]!.doneBytes).toBe(0)
})

test('cancelling ends a download', async () => {
  server.plan({ kind: 'hang', after: 100 })
  const install = createInstall()
  const installing = install.install('tiny')
  await expect.poll(() => server.seen.length).toBe(1)
  const refused = expect(installing).rejects.toMatchObject({ code: 'cancelled' })
  install.cancel()
  await refused
})

test('a damaged model can be installed again, a whole one not', async () => {
  const install = createInstall()
  await install.install('tiny')
  await expect(install.install('tiny')).rejects.toMatchObject({ code: 'conflict' })
  writeFileSync(join(models, 'tiny/decoder.onnx'), 'cut')
  expect((await install.available()).installable.map(({ id }) => id)).toEqual(['tiny'])
  await install.install('tiny')
  await expectWhole(install)
})

test('what somebody put under its name is left alone', async () => {
  mkdirSync(join(models, 'tiny'), { recursive: true })
  writeFileSync(join(models, 'tiny/notes.txt'), 'mine')
  const install = createInstall()
  await install.install('tiny')
  expect(await listed(install)).toMatchObject([{ id: 'tiny', origin: join(models, 'tiny-2'), problem: null }])
  expect(readFileSync(join(models, 'tiny/notes.txt'), 'utf8')).toBe('mine')
})

describe('removing', () => {
  test('a model that is not in use', async () => {
    const install = createInstall()
    await install.install('tiny')
    inUse = 'tiny'
    await expect(install.remove('tiny')).rejects.toMatchObject({ code: 'conflict', message: /in use/ })
    inUse = 'mobile-sam'
    await install.remove('tiny')
    await expectNothing(install)
  })

  test('neither a bundled model, nor one that is not there, nor one from elsewhere', async () => {
    const install = createInstall()
    await expect(install.remove('mobile-sam')).rejects.toMatchObject({ code: 'conflict' })
    await expect(install.remove('tiny')).rejects.toMatchObject({ code: 'not-found' })
    expect(existsSync(join(root, 'models/mobile-sam/manifest.json'))).toBe(true)
  })
})

/** Installing models from a folder: with a manifest, without one, with addresses; refused in words. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import { createModels } from '../../../core/inference/client/models.ts'
import { tryModel } from '../../../core/inference/client/try-model.ts'
import { createModelInstall } from '../../../core/model-install/model-install.ts'
import { catalogueOf, startModelServer, type ModelServer } from '../../support/model-server.ts'
import { tinySam } from '../../support/tiny-sams.ts'

const root = join(import.meta.dirname, '../../..')
const fixture = join(root, 'test/fixtures/models/hwc-4-sized')
const decoder = readFileSync(join(fixture, 'decoder.onnx'))

let base: string
let models: string
let server: ModelServer

const createInstall = (how: { try?: boolean } = {}) => {
  const inner = createModelInstall({
    catalogueFolders: [],
    modelFolder: models,
    installed: async () =>
      (await createModels([join(root, 'models'), models]).list()).map(({ info }) => info),
    inUse: () => null,
    tryModel: (choice, signal) =>
      how.try === true ? tryModel(() => forkInferenceProcess(), choice, base, signal) : Promise.resolve(null),
    onChange: () => undefined,
    warn: (message) => {
      throw new Error(message)
    },
  })
  const control = { signal: new AbortController().signal, say: () => undefined, reach: () => undefined }
  return { ...inner, installFolder: (folder: string) => inner.installFolder(folder, control) }
}
type Install = ReturnType<typeof createInstall>

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'install-'))
  models = join(base, 'data/models')
  server = await startModelServer(fixture)
})
afterEach(async () => {
  await server.close()
  rmSync(base, { recursive: true })
})

const expectNothing = async (install: Install) => {
  const { installed } = await install.available()
  expect(installed.filter(({ origin }) => origin !== 'bundled')).toEqual([])
  // Another one may start: none is refused as the second.
  await expect(install.remove('nobody')).rejects.toMatchObject({ code: 'not-found' })
}

describe('from a folder', () => {
  const folderWith = (change: (folder: string) => void = () => undefined, name = 'My SAM') => {
    const folder = join(base, name)
    cpSync(fixture, folder, { recursive: true })
    change(folder)
    return folder
  }
  const edit = (folder: string, change: (manifest: { files: Record<string, unknown>[] }) => void) => {
    const file = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, unknown>[] }
    change(manifest)
    writeFileSync(file, JSON.stringify(manifest))
  }

  test('with a manifest: copied, tried, and summed', { timeout: 60_000 }, async () => {
    const install = createInstall({ try: true })
    const { id } = await install.installFolder(folderWith())
    const { installed } = await install.available()
    expect(id).toBe('hwc-4-sized')
    expect(installed.at(-1)).toMatchObject({ id, problem: null, origin: join(models, 'hwc-4-sized') })
    const manifest = readFileSync(join(models, 'hwc-4-sized/manifest.json'), 'utf8')
    expect(manifest.match(/"sha256": "[0-9a-f]{64}"/g)).toHaveLength(2)
    expect(server.seen).toEqual([])
    await expect(install.installFolder(join(base, 'My SAM'))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('without one: encoder and decoder are told by their names', async () => {
    const folder = folderWith((at) => rmSync(join(at, 'manifest.json')))
    const install = createInstall()
    const { id } = await install.installFolder(folder)
    const { installed } = await install.available()
    expect(id).toBe('My-SAM')
    expect(installed.at(-1)).toMatchObject({ id, name: 'My SAM', licence: 'unknown', problem: null })
  })

  test(
    'as transformers.js has them: its `onnx` folder, with the weights beside the graph',
    { timeout: 60_000 },
    async () => {
      // The tiny `transformers-sam2` of test/support/tiny-sams.ts; onnx.save_model put the encoder's constants beside it.
      const folder = join(base, 'EdgeTAM')
      cpSync(join(root, 'test/fixtures/external-data'), folder, { recursive: true })
      const install = createInstall({ try: true })
      const { id } = await install.installFolder(folder)
      expect(id).toBe('EdgeTAM')
      const manifest = JSON.parse(readFileSync(join(models, 'EdgeTAM/manifest.json'), 'utf8')) as object
      expect(manifest).toMatchObject({
        contract: { kind: 'transformers' },
        files: [
          { name: 'vision_encoder.onnx', role: 'encoder' },
          { name: 'prompt_encoder_mask_decoder.onnx', role: 'decoder' },
          { name: 'vision_encoder.onnx_data', role: 'data' },
        ],
      })
      rmSync(join(folder, 'onnx/vision_encoder.onnx_data'))
      rmSync(join(models, 'EdgeTAM'), { recursive: true })
      await expect(install.installFolder(folder)).rejects.toMatchObject({ code: 'model-unavailable' })
    },
  )

  test("as osam's: the encoder is called preprocess", async () => {
    const folder = join(base, 'sam2.1')
    mkdirSync(folder)
    const { encoder, decoder: asked } = tinySam('osam')
    writeFileSync(join(folder, 'sam2.1_tiny_preprocess.onnx'), encoder)
    writeFileSync(join(folder, 'sam2.1_tiny.onnx'), asked)
    const { id } = await createInstall().installFolder(folder)
    const manifest = JSON.parse(readFileSync(join(models, id, 'manifest.json'), 'utf8')) as object
    expect(manifest).toMatchObject({
      contract: { kind: 'sam2' },
      files: [
        { name: 'sam2.1_tiny_preprocess.onnx', role: 'encoder' },
        { name: 'sam2.1_tiny.onnx', role: 'decoder' },
      ],
    })
  })

  test('with addresses instead of files: they are downloaded', async () => {
    const { models: entries } = JSON.parse(catalogueOf(fixture, server.url, 'linked')) as {
      models: { manifest: unknown }[]
    }
    const folder = folderWith((at) => {
      rmSync(join(at, 'decoder.onnx'))
      writeFileSync(join(at, 'manifest.json'), JSON.stringify(entries[0]!.manifest))
    })
    const install = createInstall()
    expect((await install.installFolder(folder)).id).toBe('linked')
    expect(server.seen.map(({ file }) => file)).toEqual(['/decoder.onnx'])
    expect(readFileSync(join(models, 'linked/decoder.onnx')).equals(decoder)).toBe(true)
  })

  test.each<[string, (folder: string) => void, string, RegExp]>([
    ['is empty', (at) => rmSync(at, { recursive: true }), 'not-found', /can't be opened/],
    [
      'has no decoder',
      (at) => {
        rmSync(join(at, 'manifest.json'))
        rmSync(join(at, 'decoder.onnx'))
      },
      'bad-input',
      /no \.onnx file with "decoder"/,
    ],
    [
      'has two decoders',
      (at) => {
        rmSync(join(at, 'manifest.json'))
        writeFileSync(join(at, 'decoder_multi.onnx'), 'x')
      },
      'bad-input',
      /2 files that may be the decoder/,
    ],
    [
      'has a manifest with a mistake',
      (at) => writeFileSync(join(at, 'manifest.json'), '{}'),
      'bad-input',
      /manifest\.json is no manifest of a model: name is missing/,
    ],
    [
      'lacks a file of its manifest',
      (at) => rmSync(join(at, 'decoder.onnx')),
      'not-found',
      /decoder\.onnx is not in/,
    ],
    [
      'has another file than its manifest says',
      (at) => edit(at, ({ files }) => (files[0]!.sha256 = '0'.repeat(64))),
      'bad-input',
      /is damaged/,
    ],
  ])('that %s: refused in words', async (_, change, code, message) => {
    const install = createInstall()
    await expect(install.installFolder(folderWith(change))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
    await expectNothing(install)
    expect(existsSync(join(models, '.partial')) ? readdirSync(join(models, '.partial')) : []).toEqual([])
  })

  test('that is no model: refused with the reason', { timeout: 60_000 }, async () => {
    const install = createInstall({ try: true })
    const folder = folderWith((at) => writeFileSync(join(at, 'decoder.onnx'), 'not a graph'))
    await expect(install.installFolder(folder)).rejects.toMatchObject({
      code: 'model-unavailable',
      message: expect.stringMatching(/hwc-4-sized can't be loaded.*It was not installed\./s) as string,
    })
    await expectNothing(install)
  })
})

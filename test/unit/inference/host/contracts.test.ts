/** SAM as it is exported in the wild: generated pairs that say what they were given (test/fixtures/models). */
import { mkdtempSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { renditionOf, type Bands } from '../../../../common/rendition.ts'
import { keyOfImage } from '../../../../core/inference/image.ts'
import { writeTiff } from '../../../support/tiff-writer.ts'
import { createEngine } from '../../../../core/inference/host/engine.ts'
import type { ModelChoice } from '../../../../core/inference/manifest.ts'
import { contentHashOf } from '../../../../core/inference/host/images.ts'
import { createModels } from '../../../../core/inference/client/models.ts'
import { openModel } from '../../../../core/inference/host/open-model.ts'
import { point, requestOf } from '../asked.ts'

const folder = join(import.meta.dirname, '../../../fixtures/models')
const models = createModels([folder])

const choiceOf = async (id: string): Promise<ModelChoice> => {
  const found = (await models.list()).find(({ info }) => info.id === id)
  if (found?.choice === undefined || found.choice === null) throw new Error(`${id} is not in ${folder}`)
  return found.choice
}

/** 400 x 200 of one colour. @param channel 0 red, 1 green, 2 blue */
const pngOf = (channel: number) => {
  const pixels = Uint8Array.from({ length: 400 * 200 * 4 }, (_, i) =>
    i % 4 === channel || i % 4 === 3 ? 255 : 0,
  )
  return Transformer.fromRgbaPixels(pixels, 400, 200).png()
}

/** A red photo of 400 x 200. */
const photo = async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'contract-')), 'red.png')
  writeFileSync(file, await pngOf(0))
  return file
}

const open = async (id: string, provider = 'cpu', memoryBytes = 1e8) => {
  const notices: string[] = []
  const engine = await createEngine(
    {
      model: await choiceOf(id),
      provider,
      threads: 1,
      embeddingFolder: mkdtempSync(join(tmpdir(), 'contract-')),
      embeddingBytes: 0,
      memoryBytes,
    },
    (notice) => notices.push(String(notice)),
  )
  return { engine, notices }
}

const quiet = () => undefined
const area = (logits: Float32Array) => logits.reduce((count, value) => count + Number(value > 0), 0)

/** As embeddings are kept: float16, whose steps from 2 to 4 are 1 / 512. */
const asHalf = (value: number) => Math.round(value * 512) / 512

describe.each([
  { id: 'hwc-4-sized', masks: 4, red: 1 },
  { id: 'hwc-1', masks: 1, red: 1 },
  { id: 'nchw-4', masks: 4, red: asHalf((255 - 123.675) / 58.395) },
  { id: 'nchw-1-sized', masks: 1, red: asHalf((255 - 123.675) / 58.395) },
])('$id', ({ id, masks, red }) => {
  test('takes the pixels as it was exported, the points in the 1024 frame, and gives 256 x 256 logits', async () => {
    const { engine } = await open(id)
    const image = { id: 3, file: await photo(), contentHash: null }
    const request = requestOf({ imageId: 3, revision: 8, prompts: [point(200, 100)] })
    const { answer, source } = await engine.segment(image, request, quiet)
    expect(source).toBe('encoder')
    expect(answer).toMatchObject({ imageId: 3, revision: 8, modelId: id, width: 400, height: 200 })
    expect(answer.candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3].slice(0, masks))
    for (const { index, score, logits } of answer.candidates) {
      expect(score).toBeCloseTo(red, 4)
      expect(logits).toHaveLength(256 * 256)
      // The disc around (512, 256) of the frame, 4 frame pixels a cell.
      const radius = (50 * (index + 1)) / 4
      expect(area(logits) / (Math.PI * radius ** 2)).toBeCloseTo(1, 1)
      expect(logits[64 * 256 + 128]).toBeGreaterThan(0)
      expect(logits[64 * 256 + 128 + Math.ceil(radius)]).toBeLessThan(0)
    }
  })

  test('takes the mask input of a follow-up', async () => {
    const { engine } = await open(id)
    const image = { id: 3, file: await photo(), contentHash: null }
    const first = await engine.segment(image, requestOf({ prompts: [point(200, 100)] }), quiet)
    const { logits } = first.answer.candidates[0]!
    const prompts = [point(200, 100), point(10, 10)]
    const follow = requestOf({
      prompts,
      maskInput: logits.map((value) => value * 2),
      crop: first.answer.crop,
    })
    const second = await engine.segment(image, follow, quiet)
    expect(second.source).toBe('memory')
    expect(second.answer.candidates).toHaveLength(1)
    const { logits: changed } = second.answer.candidates[0]!
    expect(changed.every((value, i) => Math.abs(value - 3 * logits[i]!) <= 1e-3 * Math.abs(value) + 1)).toBe(
      true,
    )
  })
})

test('after giving back the memory of its encodes, it encodes as before', async () => {
  const { engine } = await open('hwc-4-sized', 'cpu', 0)
  const image = { id: 3, file: await photo(), contentHash: null }
  const ask = () => engine.segment(image, requestOf({ prompts: [point(200, 100)] }), quiet)
  const before = await ask()
  const green = join(mkdtempSync(join(tmpdir(), 'contract-')), 'green.png')
  writeFileSync(green, await pngOf(1))
  // Takes the red one's place in memory.
  await engine.encode({ id: 4, file: green, contentHash: null }, quiet)
  await engine.relax()
  const after = await ask()
  expect(after.source).toBe('encoder')
  expect(after.answer.candidates).toEqual(before.answer.candidates)
})

describe('opening', () => {
  test('an absent provider falls back to the CPU, in words', async () => {
    const { engine } = await open('hwc-1', 'tensorrt')
    expect(engine.provider).toBe('cpu')
    expect(engine.message).toMatch(/tensorrt can't be used here.*CPU is used/s)
  })

  test('a file that is no graph is refused with the model named', async () => {
    const choice = await choiceOf('hwc-1')
    const broken = mkdtempSync(join(tmpdir(), 'contract-'))
    writeFileSync(join(broken, 'encoder.onnx'), 'not a graph')
    writeFileSync(join(broken, 'decoder.onnx'), 'not a graph')
    const options = {
      provider: 'cpu',
      threads: 1,
      embeddingFolder: broken,
      embeddingBytes: 0,
      memoryBytes: 1,
    }
    const opening = createEngine({ ...options, model: { ...choice, folder: broken } }, quiet)
    await expect(opening).rejects.toThrow(/hwc-1 can't be loaded/)
    await expect(opening).rejects.toMatchObject({ code: 'model-unavailable' })
  })

  test('a decoder that lacks what SAM has is refused by name', async () => {
    const choice = await choiceOf('hwc-1')
    const files = choice.manifest.files.map((file) => ({ ...file, name: 'encoder.onnx' }))
    const swapped = { ...choice, manifest: { ...choice.manifest, files } }
    await expect(openModel(swapped, { provider: 'cpu', threads: 1 })).rejects.toThrow(
      /lacks its points \(point_coords/,
    )
  })
})

/** As the project knows a photo that was read and not written since. */
const readNow = (file: string) => {
  const { size, mtimeMs } = statSync(file)
  return { bytes: size, modifiedAt: Math.trunc(mtimeMs), width: 400, height: 200 }
}

test('a stored hash that is wrong is found out when the file is read', async () => {
  const { engine } = await open('hwc-1')
  const file = await photo()
  const stale = { id: 1, file, contentHash: 'f'.repeat(64), read: readNow(file) }
  const { answer } = await engine.segment(stale, requestOf({ prompts: [point(200, 100)] }), quiet)
  expect(answer.candidates[0]!.score).toBeCloseTo(1, 4)
  // The true owner of that hash does not get this picture's embedding.
  const { source } = await engine.segment({ ...stale, contentHash: null }, requestOf(), quiet)
  expect(source).toBe('memory')
})

test.each(['before it was opened', 'while it was open'])(
  'a file overwritten with another picture of its size %s is encoded as what it is',
  async (when) => {
    const { engine } = await open('hwc-1')
    const file = await photo()
    const read = readNow(file)
    const known = { id: 1, file, contentHash: contentHashOf(readFileSync(file)), read }
    const red = await engine.segment(known, requestOf(), quiet)
    expect(red.answer.candidates[0]!.score).toBeCloseTo(1, 4)
    writeFileSync(file, await pngOf(1))
    utimesSync(file, new Date(), new Date(read.modifiedAt + 5000))
    // The row of the project still tells of the red one.
    const asked = when === 'while it was open' ? known : { ...known, id: 2 }
    const { answer, source } = await engine.segment(asked, requestOf(), quiet)
    expect(source).toBe('encoder')
    expect(answer.candidates[0]!.score).toBeCloseTo(0, 4)
  },
)

test('an image that is shown in another way is encoded again, and found again when it is shown as before', async () => {
  const { engine } = await open('hwc-4-sized')
  const file = join(mkdtempSync(join(tmpdir(), 'contract-')), 'bands.tif')
  const bands = Uint8Array.from({ length: 40 * 20 * 4 }, (_, at) => [0, 0, 0, 255][at % 4]!)
  writeFileSync(file, writeTiff({ width: 40, height: 20, channels: 4, bands: true }, bands))
  const ask = async (shown: Bands | null) => {
    const image = {
      id: 3,
      file,
      contentHash: null,
      rendition: renditionOf({ shownBands: shown, stretch: null }),
    }
    const { source, answer } = await engine.segment(image, requestOf({ prompts: [point(20, 10)] }), quiet)
    return {
      source,
      score: answer.candidates[0]!.score,
      held: engine.held().map(({ key }) => key === keyOfImage(image)),
    }
  }
  // The score is how red the model sees the picture.
  expect(await ask(null)).toEqual({ source: 'encoder', score: 0, held: [true] })
  expect(await ask([4, 1, 2])).toEqual({ source: 'encoder', score: 1, held: [true] })
  expect(await ask(null)).toEqual({ source: 'memory', score: 0, held: [true] })
})

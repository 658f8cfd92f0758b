/** The bundled MobileSAM in a real process, on the sample photos. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { SegmentAnswer } from '../../../common/segmentation.ts'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import type { Inference } from '../../../core/inference/client/inference.ts'
import { startInferenceServer } from '../../support/inference-server.ts'
import { box, imageOf, point, requestOf } from './asked.ts'

// An encode takes a second alone, and thirty where eight other programs run.
vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../../..')
const sample = (id: number, name: string) => imageOf(id, join(root, 'projects/sample', name))
const astronaut = sample(1, 'astronaut.jpg')
const coffee = sample(2, 'coffee.jpg')

const open = (dataFolder: string, modelId = 'mobile-sam') =>
  createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders: [join(root, 'models')],
    dataFolder,
    options: { modelId, provider: 'cpu', threads: 0, embeddingBytes: 1e9 },
  })

const opened: Inference[] = []
afterAll(() => Promise.all(opened.map((inference) => inference.close())))

const dataFolder = mkdtempSync(join(tmpdir(), 'mobile-sam-'))
const inference = open(dataFolder)
opened.push(inference)

/** Whether image point (x, y) is inside a candidate. */
const isInside = ({ crop, candidates }: SegmentAnswer, x: number, y: number, candidate = 0) => {
  const scale = 256 / Math.max(crop.width, crop.height)
  const [column, row] = [Math.floor((x - crop.x) * scale), Math.floor((y - crop.y) * scale)]
  return candidates[candidate]!.logits[row * 256 + column]! > 0
}

/** Area of a candidate, image pixels squared; the padding counts nothing. */
const areaOf = ({ crop, candidates }: SegmentAnswer, candidate = 0) => {
  const scale = Math.max(crop.width, crop.height) / 256
  const inside = candidates[candidate]!.logits.reduce((count, value, i) => {
    const inImage = (i % 256) * scale < crop.width && Math.floor(i / 256) * scale < crop.height
    return count + Number(value > 0 && inImage)
  }, 0)
  return inside * scale ** 2
}

const face = requestOf({ prompts: [point(220, 110)] })
const cup = requestOf({ imageId: 2, prompts: [box(172, 17, 410, 310)] })

describe('masks', () => {
  test("a click on the astronaut's face: four candidates, one of them the face", async () => {
    const answer = await inference.segment(astronaut, { ...face, revision: 12 })
    expect(answer).toMatchObject({ imageId: 1, revision: 12, modelId: 'mobile-sam', width: 512, height: 512 })
    expect(answer.candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(isInside(answer, 220, 110)).toBe(true)
    expect(isInside(answer, 222, 145)).toBe(true)
    for (const [x, y] of [
      [400, 100],
      [60, 100],
      [200, 350],
    ] as const) {
      expect(isInside(answer, x, y), `(${x}, ${y})`).toBe(false)
    }
    expect(areaOf(answer)).toBeGreaterThan(6_000)
    expect(areaOf(answer)).toBeLessThan(16_000)
    for (const { score } of answer.candidates) expect(score).toBeGreaterThan(0.5)
    // Whole, part and sub-part differ: one of them is far larger than the face.
    expect(Math.max(...[1, 2, 3].map((index) => areaOf(answer, index)))).toBeGreaterThan(2 * areaOf(answer))
  })

  test('a box around the cup: one candidate, the cup without its saucer', async () => {
    const answer = await inference.segment(coffee, cup)
    expect(answer.candidates).toHaveLength(1)
    expect(answer).toMatchObject({ imageId: 2, width: 600, height: 400 })
    for (const [x, y] of [
      [200, 150],
      [290, 150],
      [350, 40],
    ] as const) {
      expect(isInside(answer, x, y), `(${x}, ${y})`).toBe(true)
    }
    for (const [x, y] of [
      [100, 230],
      [30, 330],
      [500, 100],
    ] as const) {
      expect(isInside(answer, x, y), `(${x}, ${y})`).toBe(false)
    }
    expect(areaOf(answer)).toBeGreaterThan(25_000)
    expect(areaOf(answer)).toBeLessThan(60_000)
  })

  test('a negative point takes its surroundings out of the mask', async () => {
    const whole = await inference.segment(astronaut, face)
    const largest = [1, 2, 3].reduce((a, b) => (areaOf(whole, a) > areaOf(whole, b) ? a : b))
    expect(isInside(whole, 150, 300, largest)).toBe(true)
    const less = await inference.segment(
      astronaut,
      requestOf({
        prompts: [point(220, 110), point(150, 300, false)],
        maskInput: whole.candidates[largest]!.logits,
        crop: whole.crop,
      }),
    )
    expect(less.candidates).toHaveLength(1)
    expect(isInside(less, 150, 300)).toBe(false)
    expect(isInside(less, 220, 110)).toBe(true)
  })

  test('a follow-up is another mask with the logits of the one before than without', async () => {
    const first = await inference.segment(coffee, requestOf({ imageId: 2, prompts: [point(200, 180)] }))
    const prompts = [point(200, 180), point(290, 150)]
    const { crop } = first
    const { logits } = first.candidates[0]!
    const request = requestOf({ imageId: 2, prompts, crop })
    const without = await inference.segment(coffee, request)
    const with_ = await inference.segment(coffee, { ...request, maskInput: logits })
    const difference = with_.candidates[0]!.logits.reduce(
      (sum, value, i) => sum + Math.abs(value - without.candidates[0]!.logits[i]!),
      0,
    )
    // By its name or by its logits: the process keeps what it answered, and does not know a copy.
    const carried = await inference.segment(coffee, { ...request, maskInput: logits.slice() })
    expect(carried.candidates).toEqual(with_.candidates)
    expect(difference / 65536).toBeGreaterThan(0.05)
    expect(isInside(with_, 200, 180)).toBe(true)
    expect(isInside(with_, 290, 150)).toBe(true)
  })

  test('a small box is answered from the whole image at once and better from a crop, as is its follow-up', async () => {
    const prompts = [box(188, 88, 212, 110)]
    const first = await inference.segment(astronaut, requestOf({ prompts }))
    expect(first).toMatchObject({ canBeBetter: true, crop: { x: 0, y: 0, width: 512, height: 512 } })
    const maskInput = first.candidates[0]!.logits
    const small = await inference.segment(astronaut, requestOf({ prompts, maskInput, quality: 'good' }))
    expect(small.canBeBetter).toBe(false)
    expect(small.crop).toEqual({ x: 136, y: 35, width: 128, height: 128 })
    expect(isInside(small, 201, 101)).toBe(true)
    expect(areaOf(small)).toBeLessThan(24 * 22 * 1.2)
    const follow = await inference.segment(
      astronaut,
      requestOf({
        prompts: [box(188, 88, 212, 110), point(201, 101)],
        maskInput: small.candidates[0]!.logits,
        crop: small.crop,
      }),
    )
    expect(follow.crop).toEqual(small.crop)
    expect(follow.timings.encode).toBeLessThan(small.timings.encode)
  })

  test('the second look at a box is the same asked for in two steps as in one, and differs from the first', async () => {
    const first = await inference.segment(coffee, cup)
    const maskInput = first.candidates[0]!.logits
    const second = await inference.segment(coffee, { ...cup, maskInput, quality: 'good' })
    const atOnce = await inference.segmentLater(coffee, { ...cup, quality: 'good' }, 'boxes')
    expect(second.candidates[0]!.logits).toEqual(atOnce.candidates[0]!.logits)
    expect(second.candidates[0]!.logits).not.toEqual(maskInput)
    expect(areaOf(second) / areaOf(first)).toBeCloseTo(1, 1)
    expect(isInside(second, 290, 150)).toBe(true)
  })

  test('the best look agrees with the mirrored image too: nearly the same cup', async () => {
    const good = await inference.segmentLater(coffee, { ...cup, quality: 'good' }, 'boxes')
    const best = await inference.segmentLater(coffee, { ...cup, quality: 'best' }, 'boxes')
    expect(best.candidates[0]!.logits).not.toEqual(good.candidates[0]!.logits)
    const differing = best.candidates[0]!.logits.reduce(
      (count, value, cell) => count + Number(value > 0 !== good.candidates[0]!.logits[cell]! > 0),
      0,
    )
    expect(differing).toBeLessThan(600)
  })

  test('what it saw otherwise is told with a mask: the others of a click, the first look, the mirrored image', async () => {
    const clicked = await inference.segmentLater(astronaut, face, 'boxes')
    for (const { consistency } of clicked.candidates) {
      expect(Object.keys(consistency ?? {})).toEqual(['candidates'])
      expect(consistency?.candidates).toBeGreaterThan(0)
      expect(consistency?.candidates).toBeLessThan(1)
    }
    const consistencyWith = async (quality: 'fast' | 'good' | 'best') =>
      (await inference.segmentLater(coffee, { ...cup, quality }, 'boxes')).candidates[0]?.consistency
    expect(await consistencyWith('fast')).toBeUndefined()
    expect(Object.keys((await consistencyWith('good')) ?? {})).toEqual(['second'])
    const best = (await consistencyWith('best')) ?? {}
    expect(Object.keys(best).toSorted()).toEqual(['mirrored', 'second'])
    // A cup on a table: nothing that it could be unsure of.
    for (const share of Object.values(best)) expect(share).toBeGreaterThan(0.8)
  })
  test('the exact encoder gives nearly the same mask as the fast one', async () => {
    const exact = open(mkdtempSync(join(tmpdir(), 'mobile-sam-')), 'mobile-sam-exact')
    opened.push(exact)
    const [fast, slow] = await Promise.all([inference.segment(coffee, cup), exact.segment(coffee, cup)])
    expect(slow.modelId).toBe('mobile-sam-exact')
    let [both, either] = [0, 0]
    for (const [i, value] of fast.candidates[0]!.logits.entries()) {
      const other = slow.candidates[0]!.logits[i]! > 0
      both += Number(value > 0 && other)
      either += Number(value > 0 || other)
    }
    expect(both / either).toBeGreaterThan(0.95)
  })
})

describe('embeddings', () => {
  /** How a fresh process came by the embedding of a prepared image, told by its stages. */
  const stagesOf = async (folder: string, run: (inference: Inference) => Promise<unknown>) => {
    const fresh = open(folder)
    const states: string[] = []
    fresh.onStatus(({ state }) => states.push(state))
    await run(fresh)
    await fresh.close()
    return states
  }

  test('survive on disk: a new process answers without encoding, with the same mask', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mobile-sam-'))
    const first: SegmentAnswer[] = []
    const states = await stagesOf(folder, async (fresh) => first.push(await fresh.segment(coffee, cup)))
    expect(states).toContain('encoding')
    const second: SegmentAnswer[] = []
    const again = await stagesOf(folder, async (fresh) => second.push(await fresh.segment(coffee, cup)))
    expect(again).not.toContain('encoding')
    expect(second[0]!.candidates).toEqual(first[0]!.candidates)
  })

  test('a damaged file is found and made again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mobile-sam-'))
    await stagesOf(folder, (fresh) => fresh.segment(coffee, cup))
    const files = readdirSync(join(folder, 'embeddings'))
    expect(files).toHaveLength(1)
    const file = join(folder, 'embeddings', files[0]!)
    const good = readFileSync(file)
    const bad = Buffer.from(good)
    bad.fill(7, 1000, 2000)
    writeFileSync(file, bad)
    const states = await stagesOf(folder, (fresh) => fresh.segment(coffee, cup))
    expect(states).toContain('encoding')
    expect(readFileSync(file).equals(good)).toBe(true)
  })

  test('the image on screen is encoded without a click, and those ahead after it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mobile-sam-'))
    const fresh = open(folder)
    opened.push(fresh)
    const ready: number[][] = []
    await new Promise<void>((resolve) => {
      fresh.onStatus((status) => {
        ready.push(status.ready)
        if (status.ready.length === 2) resolve()
      })
      fresh.focus(coffee, [astronaut])
    })
    expect(ready.find((ids) => ids.length === 1)).toEqual([2])
  })
})

test('a file that is no image is said in words, and the next click works', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mobile-sam-')), 'empty.jpg')
  writeFileSync(file, '')
  const broken = inference.segment(imageOf(7, file), requestOf({ imageId: 7 }))
  await expect(broken).rejects.toMatchObject({
    code: 'image-unreadable',
    message: 'The file is empty (0 bytes).',
  })
  expect((await inference.segment(coffee, cup)).imageId).toBe(2)
})

test('the encoder on a server: tried, used, named, and its mask the same', async () => {
  const server = await startInferenceServer({
    'mobile-sam': join(root, 'models/mobile-sam/encoder_int8.onnx'),
  })
  const folder = mkdtempSync(join(tmpdir(), 'mobile-sam-'))
  const served = createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders: [join(root, 'models')],
    dataFolder: folder,
    // Not to be left for being slow.
    serverLimits: { connectMs: 60_000, wholeMs: 60_000, leastMs: 60_000, retryMs: 60_000 },
    options: {
      modelId: 'mobile-sam',
      provider: 'cpu',
      threads: 0,
      embeddingBytes: 1e9,
      server: { url: server.url, model: '' },
    },
  })
  opened.push(served)
  try {
    const trial = await served.tryServer({ url: `${server.url}/`, model: '' })
    expect(trial).toMatchObject({
      fits: true,
      model: { name: 'mobile-sam', outputs: [{ datatype: 'FP16' }] },
    })
    const [there, here] = [served, inference].map((one) =>
      one.segmentLater(astronaut, requestOf({ prompts: [point(220, 100)] }), 'boxes'),
    )
    expect((await there!).candidates[0]!.logits).toEqual((await here!).candidates[0]!.logits)
    expect(served.status()).toMatchObject({ server: 'on', provider: 'cpu', message: null })
    await served.close()
    expect(readdirSync(join(folder, 'embeddings')).join()).toMatch(/mobile-sam-server_[0-9a-f]{12}/)
  } finally {
    await server.close()
  }
})

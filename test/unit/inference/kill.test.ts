/** The inference process is killed at any moment of a scripted session: no click is lost, each has its own image's mask. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import type { InferenceOptions } from '../../../core/inference/client/inference.ts'
import { createRandom } from '../../support/random.ts'
import { imageOf } from './asked.ts'
import { playSession, type Check, type Photo } from './kill-session.ts'

const root = join(import.meta.dirname, '../../..')
const top = mkdtempSync(join(tmpdir(), 'kill-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const dataFolder = () => mkdtempSync(join(top, 'data-'))

// A hundred starts in half the time: the cache is written by a process that ends in order.
beforeAll(async () => {
  process.env.NODE_COMPILE_CACHE = join(top, 'cache')
  const first = open({ ...tiny, embeddingBytes: 0 })
  await first.providers()
  await first.close()
})

const tiny: InferenceOptions = { modelId: 'hwc-4-sized', provider: 'cpu', threads: 1, embeddingBytes: 0 }
const real: InferenceOptions = { modelId: 'mobile-sam', provider: 'cpu', threads: 0, embeddingBytes: 1e9 }
const modelFolders = [join(root, 'models'), join(root, 'test/fixtures/models')]

/** Inference that nobody kills. */
const open = (options: InferenceOptions) =>
  createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders,
    dataFolder: dataFolder(),
    options,
  })

/** A picture of one colour, which the tiny model tells in its score: red = 40 * id. */
const plain = async (id: number, width: number, height: number): Promise<Photo> => {
  const pixels = new Uint8Array(width * height * 4).fill(255)
  for (let i = 0; i < pixels.length; i += 4) pixels[i] = 40 * id
  const file = join(top, `${id}.png`)
  writeFileSync(file, await Transformer.fromRgbaPixels(pixels, width, height).png())
  return {
    image: imageOf(id, file),
    width,
    height,
    object: { x: width / 2, y: height / 2, half: height / 5 },
  }
}

/** Mask c of the tiny model: a disc of radius 50 * (c + 1) around the first point, plus the mask input. */
const checkTiny: Check = ({ image }, { prompts, maskInput }, { candidates, crop }) => {
  const [first] = prompts
  const at = first!.type === 'box' ? { x: first!.x0, y: first!.y0 } : first!
  const scale = 1024 / Math.max(crop.width, crop.height)
  for (const { index, score, logits } of candidates) {
    expect(score).toBeCloseTo((40 * image.id) / 255, 2)
    for (const cell of [0, 128 * 256 + 128, 60 * 256 + 200, 65_535]) {
      const dx = ((cell % 256) + 0.5) * 4 - (at.x - crop.x) * scale
      const dy = (Math.floor(cell / 256) + 0.5) * 4 - (at.y - crop.y) * scale
      const disc = (50 * (index + 1)) ** 2 - dx * dx - dy * dy
      const expected = disc + (maskInput?.[cell] ?? 0)
      expect(Math.abs(logits[cell]! - expected)).toBeLessThan(1 + 1e-4 * Math.abs(expected))
    }
  }
}

const sample = (id: number, name: string, width: number, height: number, x: number, y: number): Photo => ({
  image: imageOf(id, join(root, 'projects/sample', name)),
  width,
  height,
  object: { x, y, half: 60 },
})

/** Of 256 x 256 logits, the share on the same side of 0. */
const agreement = (a: Float32Array, b: Float32Array) =>
  a.reduce((same, value, i) => same + Number(value > 0 === b[i]! > 0), 0) / a.length

describe.concurrent('100 kills: every click is answered, with its own image', { timeout: 600_000 }, () => {
  test.each([
    { kills: 45, kept: 'on disk', embeddingBytes: 1e9, seed: 7 },
    { kills: 45, kept: 'in memory only', embeddingBytes: 0, seed: 11 },
  ])('$kills with a tiny model, embeddings kept $kept', async ({ kills, embeddingBytes, seed }) => {
    const photos = [
      await plain(1, 400, 200),
      await plain(2, 320, 320),
      await plain(3, 180, 260),
      await plain(4, 640, 480),
    ]
    const told = await playSession({
      kills,
      photos,
      modelFolders,
      dataFolder: dataFolder(),
      options: { ...tiny, embeddingBytes },
      random: createRandom(seed),
      check: checkTiny,
    })
    expect([...told].join()).toContain('nothing was lost')
  })

  test('10 with the real model, which answers as it does when nobody kills it', async () => {
    const answered: Parameters<Check>[] = []
    await playSession({
      kills: 10,
      photos: [
        sample(1, 'astronaut.jpg', 512, 512, 220, 110),
        sample(2, 'coffee.jpg', 600, 400, 290, 150),
        sample(3, 'cat.jpg', 451, 300, 220, 150),
      ],
      modelFolders,
      dataFolder: dataFolder(),
      options: real,
      random: createRandom(13),
      check: (...of) => void answered.push(of),
    })
    const undisturbed = open(real)
    for (const [{ image }, request, answer] of answered) {
      const { candidates } = await undisturbed.segment(image, request)
      expect(agreement(candidates[0]!.logits, answer.candidates[0]!.logits)).toBeGreaterThan(0.995)
    }
    await undisturbed.close()
    expect(answered.length).toBeGreaterThan(5)
  })
})

/** Each way in which SAM, SAM 2 and their kin are exported, by a tiny pair whose mask shows the frame. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { createModels } from '../../../../core/inference/client/models.ts'
import { tryCanary } from '../../../../core/inference/host/canary.ts'
import { createEngine } from '../../../../core/inference/host/engine.ts'
import { decodeEmbedding, encodeEmbedding } from '../../../../core/inference/host/embedding-bytes.ts'
import { openModel } from '../../../../core/inference/host/open-model.ts'
import { manifestSchema, type ModelChoice } from '../../../../core/inference/manifest.ts'
import { tinySam, tinySamKinds, type TinySamKind } from '../../../support/tiny-sams.ts'
import { point, requestOf } from '../asked.ts'

const quiet = () => undefined
const size = { width: 400, height: 200 }
/** In the image: the bright field. */
const field = { x0: 240, y0: 40, x1: 320, y1: 80 }
const box = { type: 'box', ...field } as const
/** Another part, where nothing is bright. */
const other = { x0: 40, y0: 120, x1: 120, y1: 160 }

const photo = async () => {
  const pixels = new Uint8Array(4 * size.width * size.height)
  for (let at = 0; at < pixels.length; at += 4) {
    const x = (at / 4) % size.width
    const y = Math.floor(at / 4 / size.width)
    const isIn = x >= field.x0 && x < field.x1 && y >= field.y0 && y < field.y1
    pixels.set(isIn ? [240, 240, 240, 255] : [50, 50, 50, 255], at)
  }
  const file = join(mkdtempSync(join(tmpdir(), 'family-')), 'field.png')
  writeFileSync(file, await Transformer.fromRgbaPixels(pixels, size.width, size.height).png())
  return file
}

const kindOf = (kind: TinySamKind) =>
  kind.startsWith('transformers') ? 'transformers' : kind === 'edge' || kind === 'efficient' ? 'sam' : 'sam2'

const choiceOf = (kind: TinySamKind, contract: object = {}): ModelChoice => {
  const folder = mkdtempSync(join(tmpdir(), 'family-'))
  const { encoder, decoder } = tinySam(kind)
  writeFileSync(join(folder, 'encoder.onnx'), encoder)
  writeFileSync(join(folder, 'decoder.onnx'), decoder)
  const manifest = manifestSchema.parse({
    name: kind,
    contract: { kind: kindOf(kind), ...contract },
    files: [
      { name: 'encoder.onnx', role: 'encoder' },
      { name: 'decoder.onnx', role: 'decoder' },
    ],
    variants: [{ id: kind, name: kind }],
  })
  return { folder, manifest, variant: manifest.variants[0]! }
}

const open = (model: ModelChoice, embeddingBytes = 0) =>
  createEngine(
    {
      model,
      provider: 'cpu',
      threads: 1,
      embeddingFolder: mkdtempSync(join(tmpdir(), 'family-')),
      embeddingBytes,
      memoryBytes: 1e8,
    },
    quiet,
  )

/** The box around a mask, image pixels: 400 of them are 256 cells. */
const boundsOf = (logits: Float32Array) => {
  const scale = size.width / 256
  const inside = [...logits.keys()].filter((at) => logits[at]! > 0)
  const xs = inside.map((at) => at % 256)
  const ys = inside.map((at) => Math.floor(at / 256))
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1].map(
    (cell) => cell * scale,
  )
}

/** Two cells of the logits; a picture stretched to a square has rows twice as fine. */
const NEAR = 3.2
const expectField = (logits: Float32Array, { x0, y0, x1, y1 } = field) => {
  for (const [at, value] of boundsOf(logits).entries())
    expect(Math.abs(value - [x0, y0, x1, y1][at]!), `side ${at}: ${value}`).toBeLessThan(NEAR)
}

const logitsOf = ({ x0, y0, x1, y1 }: typeof other) =>
  Float32Array.from({ length: 256 * 256 }, (_, at) => {
    const x = ((at % 256) + 0.5) * (size.width / 256)
    const y = (Math.floor(at / 256) + 0.5) * (size.width / 256)
    return x > x0 && x < x1 && y > y0 && y < y1 ? 24 : 0
  })

describe.each(tinySamKinds)('%s', (kind) => {
  test('a click and a box find the field where it is, and what an earlier mask says is in its place', async () => {
    const engine = await open(choiceOf(kind))
    const image = { id: 1, file: await photo(), contentHash: null }
    const click = await engine.segment(image, requestOf({ prompts: [point(280, 60)] }), quiet)
    expectField(click.answer.candidates[0]!.logits)
    const aside = await engine.segment(image, requestOf({ prompts: [point(100, 140)] }), quiet)
    expect(aside.answer.candidates[0]!.logits.some((value) => value > 0)).toBe(false)
    const boxed = await engine.segment(image, requestOf({ prompts: [box], quality: 'fast' }), quiet)
    expectField(boxed.answer.candidates[0]!.logits)
    const better = await engine.segment(image, requestOf({ prompts: [box], quality: 'best' }), quiet)
    expectField(better.answer.candidates[0]!.logits)

    const request = requestOf({ prompts: [point(100, 140), point(60, 100)], maskInput: logitsOf(other) })
    const followed = await engine.segment(image, request, quiet)
    if (['samexporter', 'osam', 'darktable'].includes(kind)) {
      expectField(followed.answer.candidates[0]!.logits, other)
      expect(engine.message).toBeNull()
    } else {
      expect(followed.answer.candidates[0]!.logits.some((value) => value > 0)).toBe(false)
      expect(engine.message).toMatch(/takes no earlier mask/)
    }
    if (kind === 'transformers-sam') expect(engine.message).toMatch(/knows no boxes/)
  })

  test('finds what is in the picture that new models are tried with', async () => {
    const { model } = await openModel(choiceOf(kind), { provider: 'cpu', threads: 1, isTrial: true })
    await model.dispose()
  })
})

test('of three masks the best scored comes first, and an object that is doubted lowers all scores', async () => {
  const engine = await open(choiceOf('transformers-sam2'))
  const image = { id: 1, file: await photo(), contentHash: null }
  const { answer } = await engine.segment(image, requestOf({ prompts: [point(280, 60)] }), quiet)
  const there = 1 / (1 + Math.exp(-2))
  expect(answer.candidates.map(({ index }) => index)).toEqual([0, 1, 2])
  for (const [index, score] of [0.9, 0.5, 0.2].entries())
    expect(answer.candidates[index]!.score).toBeCloseTo(score * there, 5)
})

test('three embeddings are one file on the disk, and give the same mask again', async () => {
  const choice = choiceOf('samexporter')
  const engine = await open(choice, 1e8)
  const image = { id: 1, file: await photo(), contentHash: null }
  expect(await engine.prepare(image, false, quiet)).toBe(true)
  await engine.settle()
  const { source, answer } = await engine.segment(image, requestOf({ prompts: [point(280, 60)] }), quiet)
  expect(source).toBe('disk')
  expectField(answer.candidates[0]!.logits)
})

test('an embedding whose parts are not as long as its values is refused', () => {
  const whole = { width: 4, height: 2, data: new Uint16Array(6), dims: [6] }
  const good = { ...whole, parts: [[2], [2, 2]], shown: { width: 1024, height: 512 } }
  expect(decodeEmbedding(encodeEmbedding(good))).toMatchObject(good)
  expect(decodeEmbedding(encodeEmbedding({ ...good, parts: [[2], [2]] }))).toBeNull()
})

describe('the manifest', () => {
  test('may say what the graphs do not: names, the shape of the picture', async () => {
    const tensors = { points: 'point_coords', masks: 'masks' }
    const choice = choiceOf('darktable', { tensors, preprocessing: { fit: 'letterbox' } })
    const engine = await open(choice)
    const image = { id: 1, file: await photo(), contentHash: null }
    const { answer } = await engine.segment(image, requestOf({ prompts: [point(280, 60)] }), quiet)
    expectField(answer.candidates[0]!.logits)
  })

  test('that says it wrongly is found out by the trial', async () => {
    // The pixels of a darkened picture: nothing is bright in it.
    const choice = choiceOf('samexporter', { preprocessing: { mean: [999, 999, 999] } })
    const opening = openModel(choice, { provider: 'cpu', threads: 1, isTrial: true })
    await expect(opening).rejects.toThrow(/elsewhere than the object that was clicked \(\d+% overlap\)/)
  })
})

test('the trial passes the model that comes with Maskwright', async () => {
  const folder = join(import.meta.dirname, '../../../../models')
  const [bundled] = await createModels([folder]).list()
  const { model } = await openModel(bundled!.choice!, { provider: 'cpu', threads: 2 })
  await tryCanary(model)
  await model.dispose()
})

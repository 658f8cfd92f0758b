/**
 * Detectors of each kind, generated, run by the real onnxruntime in the inference process on pictures with a red and a
 * blue field, so that every answer is known.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { bboxOf } from '../../../common/geometry/measure.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import type { Shape } from '../../../common/model.ts'
import { inspectDetector } from '../../../core/detectors/inspect.ts'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import type { Detected } from '../../../core/inference/detector.ts'
import { tinyDetector, TINY_ANGLE, type TinyKind, type TinyOptions } from '../../support/tiny-detectors.ts'
import { imageOf } from '../inference/asked.ts'

vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'detectors-'))
const inference = createInference({
  startProcess: () => forkInferenceProcess(),
  modelFolders: [join(root, 'models')],
  dataFolder: join(folder, 'data'),
  options: { modelId: 'mobile-sam', provider: 'cpu', threads: 0, embeddingBytes: 0 },
})
afterAll(async () => {
  await inference.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Field {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const picture = (name: string, width: number, height: number, red: Field | null, blue: Field | null) => {
  const rgba = Buffer.alloc(4 * width * height, 255)
  for (let at = 0; at < rgba.length; at += 4) rgba.fill(40, at, at + 3)
  for (const [field, channel] of [
    [red, 0],
    [blue, 2],
  ] as const) {
    if (field === null) continue
    for (let y = field.y; y < field.y + field.height; y++)
      for (let x = field.x; x < field.x + field.width; x++) {
        rgba.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3)
        rgba[4 * (y * width + x) + channel] = 255
      }
  }
  const file = join(folder, `${name}.png`)
  writeFileSync(file, Transformer.fromRgbaPixels(rgba, width, height).pngSync())
  return file
}

const red = { x: 30, y: 20, width: 60, height: 50 }
const blue = { x: 150, y: 80, width: 70, height: 60 }
/** Wide: above and below it a letterbox has grey. */
const wide = imageOf(1, picture('wide', 300, 160, red, blue))
const high = imageOf(
  2,
  picture(
    'high',
    160,
    300,
    { x: 20, y: 30, width: 50, height: 60 },
    { x: 80, y: 200, width: 60, height: 70 },
  ),
)
const lone = imageOf(3, picture('lone', 300, 160, null, blue))
const outlines = { tolerance: 0.5, minArea: 0, minShare: 0 }

const write = (name: string, bytes: Buffer) => {
  const file = join(folder, `${name}.onnx`)
  writeFileSync(file, bytes)
  return file
}

const run = async (file: string, image = wide, at = 0, minScore = 0.25): Promise<Detected> => {
  const { model, version, recipes } = await inspectDetector(inference, { path: file })
  return inference.aside(
    image,
    { kind: 'detect', model, version, recipe: recipes[at]!, minScore, outlines, keepsMasks: false },
    'boxes',
  )
}

/** Boxes may be off by what one pixel of the frame is in the image, and a little. */
const near = (box: readonly number[], field: Field, off: number) => {
  const wanted = [field.x, field.y, field.x + field.width, field.y + field.height]
  for (const [index, value] of box.entries())
    expect(Math.abs(value - wanted[index]!), `${box.join(' ')} for ${wanted.join(' ')}`).toBeLessThanOrEqual(
      off,
    )
}

const kinds: [TinyKind, string, TinyOptions][] = [
  ['v8', 'grid-boxes', {}],
  ['v8', 'grid-boxes', { open: true }],
  ['v8', 'grid-boxes', { width: 160, height: 96 }],
  ['v8', 'grid-boxes', { half: true }],
  ['v5', 'grid-objectness-boxes', {}],
  ['rows', 'rows-boxes', {}],
  ['v7', 'rows-boxes', {}],
  ['segment', 'grid-masks', {}],
  ['rows-segment', 'rows-masks', {}],
  ['obb', 'grid-rotated-boxes', {}],
  ['rows-obb', 'rows-rotated-boxes', {}],
  ['pose', 'grid-points', {}],
  ['rt-detr-rows', 'rt-detr-rows', {}],
  ['rf-detr', 'rf-detr-0', {}],
  ['rf-detr-segment', 'rf-detr-0', {}],
  ['labelled', 'labelled', {}],
  ['labelled', 'labelled', { widthFirst: true }],
  ['transformers', 'transformers', {}],
  ['detr', 'detr', {}],
]

describe('each kind finds the red and the blue field where they are', () => {
  test.each(kinds)('%s as %s %j', async (kind, id, options) => {
    const file = write(
      `${kind}-${JSON.stringify(options).replaceAll(/\W/g, '')}`,
      tinyDetector(kind, options),
    )
    const { recipes } = await inspectDetector(inference, { path: file })
    expect(recipes[0].id).toBe(id)
    const sure = kind === 'v5' ? [0.45, 0.4] : [0.9, 0.8]
    for (const image of [wide, high]) {
      const { detections } = await run(file, image)
      expect(detections.map(({ classIndex }) => classIndex)).toEqual([0, 1])
      for (const [index, { score }] of detections.entries()) expect(score).toBeCloseTo(sure[index]!, 2)
      if (kind.includes('obb')) continue
      const scale = 300 / Math.min(options.width ?? 96, options.height ?? 96)
      const fields =
        image === wide
          ? [red, blue]
          : [
              { x: 20, y: 30, width: 50, height: 60 },
              { x: 80, y: 200, width: 60, height: 70 },
            ]
      for (const [index, { box }] of detections.entries()) near(box, fields[index]!, scale)
    }
    const { detections } = await run(file, lone)
    expect(detections.map(({ classIndex }) => classIndex)).toEqual([1])
  })
})

test('names, size and task are those of the metadata', async () => {
  const { recipes, name } = await inspectDetector(inference, { path: write('named', tinyDetector('v8')) })
  expect(name).toBe('named')
  expect(recipes).toHaveLength(1)
  expect(recipes[0].classes).toEqual(['red', "painter's blue"])
  expect(recipes[0].namesFrom).toBe('the file')
  expect(recipes[0].image).toMatchObject({ width: 96, height: 96, fit: 'letterbox' })
})

test('masks lie on the fields, by prototypes and by queries', async () => {
  for (const kind of ['segment', 'rows-segment', 'rf-detr-segment'] as const) {
    const { detections } = await run(write(`masks-${kind}`, tinyDetector(kind, { width: 320, height: 320 })))
    for (const [index, field] of [red, blue].entries()) {
      const { outline } = detections[index]!
      const truth: Shape = { type: 'rectangle', ...field }
      expect(outline).not.toBeNull()
      expect(iou(outline!, truth), `${kind} ${JSON.stringify(bboxOf(outline!))}`).toBeGreaterThan(0.85)
    }
  }
})

test('a rotated box has its corners, and the upright box around them', async () => {
  const { detections } = await run(write('turned', tinyDetector('obb', { width: 320, height: 320 })))
  const [first] = detections
  const centre = { x: red.x + red.width / 2, y: red.y + red.height / 2 }
  const middle = first!.corners!.reduce((sum, { x, y }) => ({ x: sum.x + x / 4, y: sum.y + y / 4 }), {
    x: 0,
    y: 0,
  })
  expect(middle.x).toBeCloseTo(centre.x, -0.3)
  expect(middle.y).toBeCloseTo(centre.y, -0.3)
  const [a, b] = first!.corners!
  expect(Math.atan2(b!.y - a!.y, b!.x - a!.x)).toBeCloseTo(TINY_ANGLE, 2)
  expect(first!.box[2] - first!.box[0]).toBeGreaterThan(red.width)
})

test('points are told with whether they are seen', async () => {
  const { detections } = await run(write('points', tinyDetector('pose', { width: 320, height: 320 })))
  const [low, far] = detections[0]!.points
  expect([low!.seen, far!.seen]).toEqual([true, false])
  expect(Math.hypot(low!.x - red.x, low!.y - red.y)).toBeLessThan(2)
})

test('a lower limit lets what is less sure through, a higher one does not', async () => {
  const file = write('limits', tinyDetector('v8'))
  expect((await run(file, wide, 0, 0.85)).detections).toHaveLength(1)
  expect((await run(file, wide, 0, 0.95)).detections).toHaveLength(0)
})

test('a file that is no model, or that dies on opening, is refused and the process goes on', async () => {
  const text = write('text', Buffer.from('no model'))
  await expect(inspectDetector(inference, { path: text })).rejects.toMatchObject({
    code: 'bad-input',
  })
  await expect(inspectDetector(inference, { path: join(folder, 'absent.onnx') })).rejects.toMatchObject({
    code: 'not-found',
  })
  const cut = tinyDetector('v8')
  await expect(
    inspectDetector(inference, { path: write('cut', cut.subarray(0, cut.length - 20)) }),
  ).rejects.toMatchObject({ code: 'bad-input' })
  expect((await run(write('after', tinyDetector('v8')))).detections).toHaveLength(2)
})

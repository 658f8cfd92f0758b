/**
 * A model exported with SAM's official contract gives our masks: in the app's own pipeline, and by plain onnxruntime in
 * Python, which knows nothing of ours.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import type { Polygon } from '../../../common/model.ts'
import { iouOfMasks, maskOfParts } from '../../support/readers/masks.ts'
import { createBench, sample, type Bench } from './run-cli.ts'

let bench: Bench
let folder: string
const photo = join(sample, 'coffee.jpg')
const [width, height] = [600, 400]
const box = [168, 14, 412, 312] as const

const maskOf = (polygon: Polygon) =>
  maskOfParts(
    polygon.parts.map((part) => [part.outer, ...part.holes]),
    width,
    height,
  )

/** The polygon of a box in the app's pipeline. */
const segment = async (data: string) => {
  const { out, err } = await bench.run(['segment', photo, '--box', box.join(','), '--json'], {
    env: { MASKWRIGHT_DATA: data },
  })
  expect(err).toBe('')
  return JSON.parse(out) as { model: string; polygon: Polygon }
}

beforeAll(async () => {
  bench = createBench()
  folder = join(bench.top, 'sam', 'models', 'pair')
  const args = ['model', 'export', 'mobile-sam-exact', '--out', folder, '--contract', 'sam']
  expect(await bench.run(args)).toMatchObject({ code: 0, err: '' })
})
afterAll(() => bench.remove())

it('is a model of the app, whose masks are those of the bundled one', async () => {
  for (const [data, modelId] of [
    [join(bench.top, 'sam'), 'mobile-sam-exact-sam'],
    [bench.data, 'mobile-sam-exact'],
  ] as const)
    writeFileSync(join(data, 'settings.json'), JSON.stringify({ modelId }))
  const [exported, bundled] = [await segment(join(bench.top, 'sam')), await segment(bench.data)]
  expect([exported.model, bundled.model]).toEqual(['mobile-sam-exact-sam', 'mobile-sam-exact'])
  expect(iouOfMasks(maskOf(exported.polygon), maskOf(bundled.polygon))).toBeGreaterThan(0.99)
})

const SCRIPT = `
import json, sys
import cv2
import numpy as np
import onnxruntime as ort

folder, photo, out = sys.argv[1:4]
box = np.array(json.loads(sys.argv[4]), np.float32)
encoder = ort.InferenceSession(folder + "/encoder.onnx")
decoder = ort.InferenceSession(folder + "/decoder.onnx")
image = cv2.imread(photo)[:, :, ::-1]
height, width = image.shape[:2]
scale = 1024 / max(height, width)
size = (int(width * scale + 0.5), int(height * scale + 0.5))
pixels = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
(embeddings,) = encoder.run(None, {"input_image": pixels})
masks, scores, low = decoder.run(["masks", "iou_predictions", "low_res_masks"], {
    "image_embeddings": embeddings,
    "point_coords": (box * scale).reshape(1, 2, 2),
    "point_labels": np.array([[2, 3]], np.float32),
    "mask_input": np.zeros((1, 1, 256, 256), np.float32),
    "has_mask_input": np.zeros(1, np.float32),
    "orig_im_size": np.array([height, width], np.float32),
})
assert low.shape == (1, 4, 256, 256) and scores.shape == (1, 4), (low.shape, scores.shape)
(masks[0, 0] > 0).astype(np.uint8).tofile(out)
print(json.dumps([*masks.shape]))
`

const whyNot = (): string | null => {
  try {
    execFileSync('python3', ['-c', 'import cv2, numpy, onnxruntime'], { stdio: 'ignore' })
    return null
  } catch {
    return 'python3 with onnxruntime, numpy and cv2 is not on this machine'
  }
}
const missing = whyNot()

it.skipIf(missing !== null)(
  `gives our mask by plain onnxruntime${missing === null ? '' : ` (${missing})`}`,
  async () => {
    const raw = join(bench.top, 'mask.bin')
    const args = ['-c', SCRIPT, folder, photo, raw, JSON.stringify(box)]
    expect(JSON.parse(execFileSync('python3', args, { encoding: 'utf8' }))).toEqual([1, 4, height, width])
    // With a tolerance of 0 the outline is the mask's own.
    const settings = { modelId: 'mobile-sam-exact', tolerance: 0 }
    writeFileSync(join(bench.data, 'settings.json'), JSON.stringify(settings))
    const { polygon } = await segment(bench.data)
    const theirs = { width, height, data: Uint8Array.from(readFileSync(raw)) }
    expect(rasterise(polygon, width, height).data.length).toBeGreaterThan(10_000)
    // Ours looks a second time (docs/models.md, "Two looks at a box"), theirs decodes once.
    expect(iouOfMasks(theirs, maskOf(polygon))).toBeGreaterThan(0.95)
  },
)

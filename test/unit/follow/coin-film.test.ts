/** The bundled model follows a coin through six frames, in a real process. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { emptyMask, iouOf, maskOfShape } from '../../../bench/quality/masks.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits } from '../../../common/geometry/mask-to-polygon.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import type { Polygon } from '../../../common/model.ts'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import { defaultSettings } from '../../../core/settings.ts'
import { coinAt, writeCoinFilm } from '../../support/coin-film.ts'
import { imageOf } from '../inference/asked.ts'

vi.setConfig({ testTimeout: 300_000 })

const FRAMES = 6

test('a coin that moves, turns and comes nearer is found in each frame, and is surely known', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'follow-'))
  const files = await writeCoinFilm(folder, FRAMES)
  const inference = createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders: [join(import.meta.dirname, '../../../models')],
    dataFolder: folder,
    options: { modelId: 'mobile-sam', provider: 'cpu', threads: 0, embeddingBytes: 1e9 },
  })
  try {
    const images = files.map((file, index) => imageOf(index + 1, file))
    const first = { image: 0, shape: coinAt(0, FRAMES) }
    let previous: { image: number; shape: Polygon } = first
    for (let index = 1; index < FRAMES; index++) {
      const objects = [{ previous, keyframe: index === 1 ? null : first }]
      const question = { kind: 'follow', images, objects } as const
      const { width, height, modelId, masks } = await inference.aside(images[index]!, question, 'everything')
      const frame = { crop: wholeImage({ width, height }), imageWidth: width, imageHeight: height }
      const mask = masks[0]!
      const shape = polygonOfLogits(mask.logits, frame, defaultSettings, [], createScratch())!
      const [truth, found] = [coinAt(index, FRAMES), shape].map((one) => maskOfShape(one, width, height))
      expect(modelId).toBe('mobile-sam')
      expect(iouOf(truth ?? emptyMask(width, height), found!)).toBeGreaterThan(0.9)
      expect(mask.confidence).toBeGreaterThan(0.7)
      expect(mask.prompt.type).toBe('box')
      previous = { image: index, shape }
    }
  } finally {
    await inference.close()
  }
})

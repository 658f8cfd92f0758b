/** The inference process is killed at random moments of a session with the real model: no click is lost. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createInference } from '../../../core/inference/client.ts'
import { forkInferenceProcess } from '../../../core/inference/fork.ts'
import type { InferenceProcess } from '../../../core/ports.ts'
import { imageOf, point, requestOf } from './asked.ts'

const root = join(import.meta.dirname, '../../..')
const KILLS = 20

const photos = [
  { image: imageOf(1, join(root, 'projects/sample/astronaut.jpg')), width: 512, height: 512, x: 220, y: 110 },
  { image: imageOf(2, join(root, 'projects/sample/coffee.jpg')), width: 600, height: 400, x: 290, y: 150 },
  { image: imageOf(3, join(root, 'projects/sample/cat.jpg')), width: 451, height: 300, x: 220, y: 150 },
]

/** A fixed sequence in 0..1 (mulberry32), so that a failure can be run again. */
const createRandom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

test(`${KILLS} kills: every click is answered, with its own image`, { timeout: 600_000 }, async () => {
  const random = createRandom(7)
  const processes: InferenceProcess[] = []
  const messages = new Set<string>()
  const inference = createInference({
    startProcess() {
      const started = forkInferenceProcess()
      processes.push(started)
      return started
    },
    modelFolders: [join(root, 'models')],
    dataFolder: mkdtempSync(join(tmpdir(), 'kill-')),
    options: { modelId: 'mobile-sam', provider: 'cpu', threads: 0, embeddingBytes: 1e9 },
  })
  inference.onStatus(({ message }) => message !== null && messages.add(message))

  for (let click = 0; click < KILLS; click++) {
    const photo = photos[Math.floor(random() * photos.length)]!
    inference.focus(
      photo.image,
      photos.map(({ image }) => image),
    )
    const killer = setTimeout(() => processes.at(-1)!.kill(), random() * 1200)
    const { x, y } = photo
    const request = requestOf({ imageId: photo.image.id, revision: click, prompts: [point(x, y)] })
    const answer = await inference.segment(photo.image, request)
    expect(answer).toMatchObject({
      imageId: photo.image.id,
      revision: click,
      width: photo.width,
      height: photo.height,
    })
    const scale = 256 / Math.max(photo.width, photo.height)
    expect(answer.candidates[0]!.logits[Math.floor(y * scale) * 256 + Math.floor(x * scale)]).toBeGreaterThan(
      0,
    )
    clearTimeout(killer)
    // A click that was answered before the kill is followed by one in an idle process.
    if (random() < 0.5) processes.at(-1)!.kill()
  }
  await inference.close()
  expect(processes.length).toBeGreaterThan(KILLS / 2)
  expect([...messages].join()).toContain('nothing was lost')
})

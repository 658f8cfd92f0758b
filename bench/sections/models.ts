/** What each model costs: on disk, an encode and a decode alone. `--model DIR` adds one from a folder with a manifest. */
import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FRAME_SIDE, wholeImage } from '../../common/geometry/letterbox.ts'
import { decodeUpright } from '../../core/images/decode.ts'
import { createModels, type FoundModel } from '../../core/inference/client/models.ts'
import { openModel } from '../../core/inference/host/open-model.ts'
import { frameSize } from '../../core/inference/host/pixels.ts'
import { openResize } from '../../core/inference/host/resize.ts'
import { defaultSettings } from '../../core/settings.ts'
import { makePhotos } from '../photos.ts'
import type { Section } from '../section.ts'
import { percentile, spread } from '../stats.ts'

const root = resolve(import.meta.dirname, '..', '..')

const timed = async (runs: number, work: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = []
  for (let run = 0; run <= runs; run++) {
    const start = performance.now()
    await work()
    // The first run warms the memory.
    if (run > 0) times.push(performance.now() - start)
  }
  return times
}

/** The bundled models, and those of `folder`. */
const modelsOf = async (folder: string | null): Promise<FoundModel[]> => {
  const bundled = await createModels([join(root, 'models')]).list()
  if (folder === null) return bundled
  const others = await createModels([dirname(folder)]).list()
  const added = others.filter(({ choice }) => choice?.folder === folder)
  if (added.length === 0) throw new Error(`${folder} has no manifest.json that can be read (docs/models.md).`)
  return [...bundled, ...added]
}

export const modelsSection: Section = async ({ full, scratch, model, say }) => {
  const runs = full ? 25 : 9
  const folder = join(scratch, 'models')
  mkdirSync(folder)
  const { large } = await makePhotos(folder)
  const image = await decodeUpright(large.file)
  const resize = await openResize(0)
  const rows: string[][] = []
  for (const { info, choice } of await modelsOf(model === null ? null : resolve(model))) {
    if (choice === null || info.problem !== null)
      throw new Error(`${info.name}: ${info.problem ?? 'no manifest'}`)
    say(`models: ${info.name}`)
    const opened = await openModel(choice, { provider: 'cpu', threads: defaultSettings.threads })
    try {
      const whole = wholeImage(large)
      const shown = frameSize(large)
      const frame = await resize.toSize(image, whole, opened.model.frameOf(large, FRAME_SIDE))
      const embedding = await opened.model.encode(frame, shown)
      const prompt = { coords: Float32Array.of(512, 384, 0, 0), labels: Float32Array.of(1, -1), mask: null }
      const encode = await timed(runs, () => opened.model.encode(frame, shown))
      const decode = await timed(4 * runs, () => opened.model.decode(embedding, prompt))
      const both = percentile(encode, 0.5) + percentile(decode, 0.5)
      rows.push([info.name, (info.bytes / 1e6).toFixed(1), spread(encode), spread(decode), both.toFixed(0)])
    } finally {
      await opened.model.dispose()
    }
  }
  return [
    {
      title: 'Models',
      head: ['model', 'on disk, MB', 'encode, ms', 'decode, ms', 'whole, ms'],
      rows,
      notes: [
        `Medians with quartiles of ${runs} encodes and ${4 * runs} decodes of ${large.name}, the graphs alone.`,
      ],
    },
  ]
}

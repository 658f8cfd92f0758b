/** A prepared image, its embedding on disk: the first mask, as a share of what it takes with an encode. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { copyAnew, makePhotos, type Photo } from '../photos.ts'
import { ask, readBefore, startInference, unread } from '../pipeline.ts'
import type { Section } from '../section.ts'
import { figure, median, percentile, ratios, spread } from '../stats.ts'

/** Of an encode; issue 3's figure. */
const LIMIT = 0.08

export const reopenSection: Section = async ({ full, scratch, say }) => {
  const runs = full ? 25 : 9
  const folder = join(scratch, 'reopen')
  mkdirSync(folder)
  const photos = await makePhotos(folder)
  const embeddings = join(folder, 'embeddings')
  const countKept = () =>
    existsSync(embeddings) ? readdirSync(embeddings).filter((name) => name.endsWith('.emb')).length : 0
  // Two processes with one folder: what the first has encoded, the second finds on disk and not in memory.
  const [encoding, reopening] = [startInference(folder, 4e9), startInference(folder, 4e9)]

  const measure = async (photo: Photo) => {
    const times = { encode: [] as number[], first: [] as number[], again: [] as number[] }
    const point = { type: 'point', x: photo.width / 2, y: photo.height / 2, positive: true } as const
    for (let run = 0; run <= runs; run++) {
      const copy = copyAnew(photo.file, join(folder, `${photo.width}-${run}.jpg`), `run ${run}`)
      const kept = countKept()
      const start = performance.now()
      const { timings } = await ask(encoding, unread(copy), [point], null)
      const first = performance.now() - start
      while (countKept() === kept) await setTimeout(5)
      const known = await readBefore(copy)
      const restart = performance.now()
      let again = 0
      await ask(reopening, known, [point], null, () => (again = performance.now() - restart))
      if (run === 0) continue
      times.encode.push(timings.encode)
      times.first.push(first)
      times.again.push(again)
    }
    return times
  }

  try {
    const rows: string[][] = []
    for (const photo of [photos.small, photos.large]) {
      say(`reopen: ${photo.name}`)
      const { encode, first, again } = await measure(photo)
      const share = ratios(again, encode)
      rows.push([
        photo.name,
        spread(share),
        median(share) <= LIMIT ? `yes (${LIMIT})` : `NO (${LIMIT})`,
        spread(again),
        figure(percentile(again, 0.95)),
        spread(first),
      ])
    }
    return [
      {
        title: 'Reopening a prepared image: the first mask',
        head: ['photo', 'share of an encode', 'within the limit', 'reopened, ms', 'p95', 'not prepared, ms'],
        rows,
        notes: [
          `Medians with quartiles of ${runs} images. Reopened: from the click to mask 0, with the look whether the ` +
            'file is the one that the project knows, reading the embedding, decoding. The encode is from the file to the embedding.',
        ],
      },
    ]
  } finally {
    await encoding.close()
    await reopening.close()
  }
}

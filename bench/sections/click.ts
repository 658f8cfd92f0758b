/** Click -> polygon with the embedding at hand, ours against the peer's, in turn. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PointPrompt } from '../../common/model.ts'
import { fetchOriginals } from '../originals.ts'
import { startPeer } from '../peer.ts'
import { makePhotos, type Photo } from '../photos.ts'
import { ask, polygonsOf, startInference, unread } from '../pipeline.ts'
import { createRandom } from '../../test/support/random.ts'
import type { Section } from '../section.ts'
import { percentile, figure, ratios, spread } from '../stats.ts'

interface Times {
  readonly first: number[]
  readonly second: number[]
  readonly decode: number[]
  readonly polygon: number[]
  readonly peerFirst: number[]
  readonly peerSecond: number[]
}

export const clickSection: Section = async ({ full, scratch, cache, say }) => {
  const runs = full ? 60 : 25
  const folder = join(scratch, 'click')
  mkdirSync(folder)
  const photos = await makePhotos(folder)
  const peer = await startPeer(fetchOriginals(cache))
  const inference = startInference(folder, 0)

  const measure = async (photo: Photo): Promise<Times> => {
    const random = createRandom(3)
    const times: Times = { first: [], second: [], decode: [], polygon: [], peerFirst: [], peerSecond: [] }
    const pointAt = (): PointPrompt => ({
      type: 'point',
      x: (0.1 + 0.8 * random()) * photo.width,
      y: (0.1 + 0.8 * random()) * photo.height,
      positive: true,
    })
    const told = (points: readonly PointPrompt[]) => points.map(({ x, y }) => [x, y, 1] as const)
    const image = unread(photo.file)
    await peer.encode(photo.file)
    await ask(inference, image, [pointAt()], null)
    for (let run = -2; run < runs; run++) {
      const [one, two] = [pointAt(), pointAt()]
      const start = performance.now()
      let [answered, traced] = [start, start]
      const shown = await ask(inference, image, [one], null, (first) => {
        answered = performance.now()
        polygonsOf(first)
        traced = performance.now()
      })
      const peerFirst = await peer.click(told([one]))
      const restart = performance.now()
      polygonsOf(await ask(inference, image, [one, two], shown))
      const second = performance.now() - restart
      const peerSecond = await peer.click(told([one, two]))
      if (run < 0) continue
      times.first.push(traced - start)
      times.polygon.push(traced - answered)
      times.decode.push(shown.timings.decode)
      times.second.push(second)
      times.peerFirst.push(peerFirst.total)
      times.peerSecond.push(peerSecond.total)
    }
    return times
  }

  try {
    const rows: string[][] = []
    const stages: string[][] = []
    for (const photo of [photos.small, photos.large]) {
      say(`click: ${photo.name}`)
      const times = await measure(photo)
      const rowOf = (what: string, a: number[], b: number[]) => [
        photo.name,
        what,
        spread(ratios(a, b)),
        spread(a),
        figure(percentile(a, 0.95)),
        spread(b),
        figure(percentile(b, 0.95)),
      ]
      rows.push(
        rowOf('first, its first mask of 4', times.first, times.peerFirst),
        rowOf('second, 1 mask', times.second, times.peerSecond),
      )
      const wire = times.first.map((total, i) => total - times.decode[i]! - times.polygon[i]!)
      stages.push([photo.name, spread(times.decode), spread(wire), spread(times.polygon)])
    }
    return [
      {
        title: 'Click to polygon, embedding at hand',
        head: ['photo', 'click', 'ours / peer', 'ours, ms', 'p95', 'peer, ms', 'p95'],
        rows,
        notes: [
          `Medians with quartiles of ${runs} clicks at random points, in turn. Peer: ${peer.runtime}, one mask, upscaled ` +
            'by the graph to the size of the photo, outer contours simplified. Ours includes the way to the inference ' +
            'process and back; the three other masks of a first click are fetched and traced when the first is on screen.',
        ],
      },
      {
        title: 'Stages of our first click, ms',
        head: ['photo', 'decode', 'way there and back', 'polygon'],
        rows: stages,
        notes: [],
      },
    ]
  } finally {
    peer.close()
    await inference.close()
  }
}

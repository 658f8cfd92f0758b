/** File -> embedding, ours against the peer's, in turn; and the encoders alone. */
import { FRAME_SIDE, wholeImage } from '../../common/geometry/letterbox.ts'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createModels } from '../../core/inference/client/models.ts'
import { openModel } from '../../core/inference/host/open-model.ts'
import { decodeUpright } from '../../core/images/decode.ts'
import { openResize } from '../../core/inference/host/resize.ts'
import { defaultSettings } from '../../core/settings.ts'
import { fetchOriginals } from '../originals.ts'
import { startPeer } from '../peer.ts'
import { copyAnew, makePhotos, type Photo } from '../photos.ts'
import { ask, startInference, unread } from '../pipeline.ts'
import type { Section } from '../section.ts'
import { figure, percentile, ratios, spread } from '../stats.ts'

const root = resolve(import.meta.dirname, '..', '..')

const openShipped = async () => {
  const found = await createModels([join(root, 'models')]).list()
  const choice = found.find(({ info }) => info.id === defaultSettings.modelId)?.choice
  if (!choice) throw new Error(`There is no model ${defaultSettings.modelId} in models/.`)
  return (await openModel(choice, { provider: 'cpu', threads: defaultSettings.threads })).model
}

interface Times {
  readonly ours: number[]
  readonly oursAlone: number[]
  readonly peer: number[]
  readonly peerAlone: number[]
}

export const encodeSection: Section = async ({ full, scratch, cache, say }) => {
  const runs = full ? 25 : 9
  const folder = join(scratch, 'encode')
  mkdirSync(folder)
  const photos = await makePhotos(folder)
  const peer = await startPeer(fetchOriginals(cache))
  const inference = startInference(folder, 0)
  const shipped = await openShipped()
  const resize = await openResize(0)

  const measure = async (photo: Photo): Promise<Times> => {
    const times: Times = { ours: [], oursAlone: [], peer: [], peerAlone: [] }
    const image = await decodeUpright(photo.file)
    const frame = await resize.toFrame(image, wholeImage(photo), FRAME_SIDE)
    // The first run of each warms the file cache and the memory, and is not counted.
    for (let run = 0; run <= runs; run++) {
      const copy = copyAnew(photo.file, join(folder, `run-${run}.jpg`), `run ${run} of ${photo.name}`)
      const point = { type: 'point', x: photo.width / 2, y: photo.height / 2, positive: true } as const
      const { timings } = await ask(inference, unread(copy), [point], null)
      const theirs = await peer.encode(copy)
      const start = performance.now()
      await shipped.encode(frame, frame)
      const alone = performance.now() - start
      rmSync(copy)
      if (run === 0) continue
      times.ours.push(timings.encode)
      times.oursAlone.push(alone)
      times.peer.push(theirs.total)
      times.peerAlone.push(theirs.run)
    }
    return times
  }

  try {
    const rows: string[][] = []
    for (const photo of [photos.small, photos.large]) {
      say(`encode: ${photo.name}`)
      const { ours, oursAlone, peer: theirs, peerAlone } = await measure(photo)
      const rowOf = (what: string, a: number[], b: number[]) => [
        photo.name,
        what,
        spread(ratios(a, b)),
        figure(percentile(a, 0) / percentile(b, 0)),
        spread(a),
        spread(b),
      ]
      rows.push(rowOf('file to embedding', ours, theirs), rowOf('encoder alone', oursAlone, peerAlone))
    }
    return [
      {
        title: 'Encode',
        head: ['photo', 'what', 'ours / peer', 'best / best', 'ours, ms', 'peer, ms'],
        rows,
        notes: [
          `Medians with quartiles of ${runs} runs, ours and the peer's in turn. Peer: ${peer.runtime}, default ` +
            'options, the original graphs, 1024 x 1024. Ours: the inference process with the shipped model.',
        ],
      },
    ]
  } finally {
    peer.close()
    await shipped.dispose()
    await inference.close()
  }
}

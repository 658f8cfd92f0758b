/** The import of COCO alone, in turn with pycocotools' loading of the same file: the ratio of each pair. */
import { join } from 'node:path'
import type { Section } from '../section.ts'
import { ratios, spread } from '../stats.ts'
import {
  buildImport,
  importHead,
  importOf,
  makePhotos,
  peerOf,
  places,
  rowOf,
  type Imported,
} from './formats-in.ts'
import { IMAGES, OBJECTS_OF_IMAGE, writeFormat } from './formats.ts'

const RUNS = 3
const FULL_RUNS = 9

/** The run whose time is in the middle. */
const middleOf = (runs: readonly Imported[]): Imported =>
  runs.toSorted((a, b) => a.ms - b.ms)[Math.floor(runs.length / 2)]!

export const importSection: Section = async ({ full, scratch, cache, images, say }) => {
  const count = images ?? IMAGES
  const [out, folder, data] = ['coco', 'photos', 'data'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ]
  say('import: writing the file')
  await writeFormat('coco', out, count, {})
  makePhotos(folder, count)
  const script = await buildImport(cache)
  const source = join(out, places.coco!)
  const ours: Imported[] = []
  const peers: Imported[] = []
  for (let run = 0; run < (full ? FULL_RUNS : RUNS); run++) {
    ours.push(await importOf(script, source, folder, data))
    const peer = await peerOf(source)
    if (peer !== null) peers.push(peer)
    say(`import: ${Math.round(ours.at(-1)!.ms)} ms, pycocotools ${Math.round(peer?.ms ?? NaN)} ms`)
  }
  const ratio = (of: 'ms' | 'cpuMs') =>
    peers.length < ours.length
      ? 'no pycocotools'
      : spread(
          ratios(
            ours.map((one) => one[of]),
            peers.map((one) => one[of]),
          ),
        )
  return [
    {
      title: 'Import of COCO',
      head: importHead,
      rows: [
        rowOf('coco', middleOf(ours), ratio('ms')),
        ...(peers.length === 0
          ? []
          : [rowOf('pycocotools loads it', { ...middleOf(peers), megabytes: NaN })]),
      ],
      notes: [
        `${(count * OBJECTS_OF_IMAGE).toLocaleString('en-US')} objects, ${ours.length} runs in turn, the one in the ` +
          'middle; the ratio is of the times on the clock, median with quartiles. ' +
          `Of the processors' time it is ${ratio('cpuMs')}.`,
      ],
    },
  ]
}

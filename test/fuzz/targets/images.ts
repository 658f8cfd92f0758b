/** Pictures of others: their facts, what the page gets, thumbnails and copies, by the decoder processes of the app. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { probeImage } from '../../../core/images/read-file.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createPictures, type Pictures } from '../../../core/images/pictures.ts'
import * as hostile from '../../support/hostile-pictures.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import type { Random } from '../random.ts'
import type { Answers, Case, Target } from '../target.ts'

interface ImageCase extends Case {
  readonly file: string
}

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'images')

/** By the ends of their names: what is spliced is of the same kind. */
const readSeeds = (): ReadonlyMap<string, Uint8Array[]> => {
  const seeds = new Map<string, Uint8Array[]>()
  const add = (ending: string, bytes: Uint8Array) => seeds.set(ending, [...(seeds.get(ending) ?? []), bytes])
  for (const name of readdirSync(fixtures))
    if (!name.endsWith('.py')) add(extname(name), readFileSync(join(fixtures, name)))
  add('.gif', hostile.cyclicGif())
  add('.gif', hostile.vastFrameGif())
  add('.png', hostile.pngOf({ width: 60_000, height: 60_000, depth: 16, color: 6 }))
  add('.tif', hostile.tiffOf({ width: 50_000, height: 50_000, bits: 16, channels: 3 }, new Uint8Array(40)))
  return seeds
}
let known: ReadonlyMap<string, Uint8Array[]> | null = null

const caseOf = (about: string, file: string, bytes: Uint8Array): ImageCase => ({
  about,
  file,
  files: new Map([[`home/shared/${file}`, bytes]]),
})

const make = (random: Random): ImageCase => {
  known ??= readSeeds()
  const [ending, seeds] = random.pick([...known])
  const { bytes, about } = mutateBytes(
    random.pick(seeds),
    random,
    random.chance(0.9) ? seeds : known.get('.tif'),
  )
  return caseOf(`${ending}: ${about}`, `a${ending}`, bytes)
}

/** Seconds that a decode of so small a file may take here. */
const PATIENCE = 3

const run = async (pictures: Pictures, file: string, answers: Answers) => {
  await answers.ask('facts', () => probeImage(file))
  await Promise.all([
    answers.ask('display', () => pictures.display(file)),
    answers.ask('thumbnail', () => pictures.thumbnail(file)),
    answers.ask('copy', () => pictures.copy(file, 'png')),
  ])
  // It is remembered what could not be decoded.
  await answers.ask('thumbnail again', () => pictures.thumbnail(file))
}

export const images: Target<ImageCase> = {
  name: 'images',
  kept: {
    'a GIF whose code table is a circle': () => caseOf('cyclic', 'a.gif', hostile.cyclicGif()),
    'a GIF with a frame of 65535 squared': () => caseOf('vast frame', 'a.gif', hostile.vastFrameGif()),
    'a PNG that claims 60000 squared': () =>
      caseOf('claim', 'a.png', hostile.pngOf({ width: 60_000, height: 60_000, depth: 16, color: 6 })),
    'a TIFF of 240 megapixels in 260 kB': () => caseOf('squeezed', 'a.tif', hostile.squeezedTiff(8)),
    'a TIFF that claims 50000 squared': () =>
      caseOf(
        'claim',
        'a.tif',
        hostile.tiffOf({ width: 50_000, height: 50_000, bits: 16, channels: 3 }, new Uint8Array(40)),
      ),
  },
  make,
  mayChange: (path) => path === 'data' || path.startsWith('data/'),
  start: ({ data, shared }) => {
    const pictures = createPictures({
      dataFolder: data,
      startProcess: forkDecoderProcess,
      seconds: () => PATIENCE,
    })
    return {
      run: ({ file }, answers) => run(pictures, join(shared, file), answers),
      close: () => Promise.resolve(pictures.close()),
    }
  },
}

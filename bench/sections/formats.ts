/** 100,000 objects out and in again in each format: objects a second, and how much memory that takes. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { formatList } from '../../common/formats.ts'
import type { Section } from '../section.ts'
import { measureImports, type Written } from './formats-in.ts'

/** Without --images. */
export const IMAGES = 2000
export const OBJECTS_OF_IMAGE = 50

interface Measured {
  readonly annotations: number
  readonly ms: number
  readonly megabytes: number
}

/** Formats, and what they can be asked that takes another way. */
const ways = [
  ...formatList.map(({ id }) => ({ id, name: id, options: {} })),
  { id: 'coco', name: 'coco, RLE', options: { shapes: 'rle' } },
  { id: 'voc', name: 'voc, boxes alone', options: { segmentation: false } },
]

const run = promisify(execFile)

export const writeFormat = async (
  id: string,
  out: string,
  images: number,
  options: object,
): Promise<Measured> => {
  const script = join(import.meta.dirname, '..', 'write-format.ts')
  const args = [script, id, out, String(images), String(OBJECTS_OF_IMAGE), JSON.stringify(options)]
  const { stdout } = await run(process.execPath, args)
  return JSON.parse(stdout) as Measured
}

/** Ways that are read pixel by pixel: half an hour of 100,000 objects, so only with --full. */
const pixelByPixel = ['mask-png', 'coco, RLE']

export const formatsSection: Section = async ({ full, scratch, cache, images, say }) => {
  const count = images ?? IMAGES
  const rows: string[][] = []
  const written: Written[] = []
  for (const [index, { id, name, options }] of ways.entries()) {
    say(`formats: ${name}`)
    const out = join(scratch, `format-${index}`)
    const { annotations, ms, megabytes } = await writeFormat(id, out, count, options)
    if (full || !pixelByPixel.includes(name)) written.push({ id, name, out })
    const perSecond = Math.round((1000 * annotations) / ms / 100) * 100
    say(`formats: ${name}: ${Math.round(ms)} ms, ${Math.round(megabytes)} MB`)
    rows.push([name, (ms / 1000).toFixed(1), perSecond.toLocaleString('en-US'), megabytes.toFixed(0)])
  }
  return [
    {
      title: 'Formats, out',
      head: ['format', 's', 'objects a second', 'memory more, MB'],
      rows,
      notes: [
        `${(count * OBJECTS_OF_IMAGE).toLocaleString('en-US')} objects of 24 points on ${count.toLocaleString('en-US')} ` +
          'images of 1280 x 960, images not copied; each format in a process of its own. Memory is what the process ' +
          'grows by at most. Mask PNG and VOC paint and compress a map an image, or two.',
      ],
    },
    await measureImports(written, count, { scratch, cache }, say),
  ]
}

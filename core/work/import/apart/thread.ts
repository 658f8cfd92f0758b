/** Entry of the thread that reads labels and fits their objects to the images, while the core stores those before. */
import { parentPort } from 'node:worker_threads'
import { allFormats } from '../../../formats/all-formats.ts'
import { fitObjects } from '../../../import/fit-objects.ts'
import type { ApartSource, LabelSet, LoadedObjects } from '../../../import/objects.ts'
import { openLabels } from '../../../import/read-labels.ts'
import type { ApartLabels } from '../../../import/reader.ts'
import { createShapeJson } from '../../../store/shape-json.ts'
import type { FromReader, ImageToRead, ToOpen, ToReader } from './messages.ts'
import { packObjects } from './packed-objects.ts'

const post = (said: FromReader) => parentPort?.postMessage(said)
const jsonOf = createShapeJson().of

let set: LabelSet | null = null
/** By their numbers; those that can't be opened are missing. */
const sources = new Map<number, ApartLabels>()

const open = async ({ place, order, current }: ToOpen) => {
  set = await openLabels(allFormats, place, order, current)
  post('open')
}

const openSource = (number: number, source: ApartSource) => {
  try {
    const opened = allFormats.find(({ about }) => about.id === source.format)?.read?.openApart?.(source)
    if (opened !== undefined) sources.set(number, opened)
  } catch {
    // Its images are read by the core, which has it open.
  }
}

const load = async (image: ImageToRead): Promise<LoadedObjects | null> => {
  if ('source' in image) return sources.get(image.source)?.load(image.image) ?? null
  const found = set?.images[image.index]
  return found?.name === image.name ? found.load() : null
}

const read = async ({ id, image, frame }: Extract<ToReader, { type: 'read' }>) => {
  try {
    const loaded = await load(image)
    post({ id, packed: loaded === null ? null : packObjects(fitObjects(loaded, frame), jsonOf) })
  } catch {
    // The core reads it itself then, and has the same error as its own.
    post({ id, packed: null })
  }
}

parentPort?.on('message', (asked: ToReader) => {
  if (asked.type === 'open') void open(asked.labels)
  else if (asked.type === 'source') openSource(asked.number, asked.source)
  else void read(asked)
})
post('awake')

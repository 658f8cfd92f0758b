/** Entry of the thread that reads labels and fits their objects to the images, while the core stores those before. */
import { parentPort, workerData } from 'node:worker_threads'
import { allFormats } from '../../../formats/all-formats.ts'
import { fitObjects } from '../../../import/fit-objects.ts'
import type { LabelSet } from '../../../import/objects.ts'
import { openLabels } from '../../../import/read-labels.ts'
import { createShapeJson } from '../../../store/shape-json.ts'
import type { FromReader, ToOpen, ToRead } from './messages.ts'
import { packObjects } from './packed-objects.ts'

const post = (said: FromReader) => parentPort?.postMessage(said)
const jsonOf = createShapeJson().of

const read = async (set: LabelSet, { id, index, name, frame }: ToRead) => {
  const image = set.images[index]
  try {
    if (image?.name !== name) return post({ id, packed: null })
    post({ id, packed: packObjects(fitObjects(await image.load(), frame), jsonOf) })
  } catch {
    // The core reads it itself then, and has the same error as its own.
    post({ id, packed: null })
  }
}

const { place, order, current } = workerData as ToOpen
const set = await openLabels(allFormats, place, order, current)
parentPort?.on('message', (asked: ToRead) => void read(set, asked))
post('ready')

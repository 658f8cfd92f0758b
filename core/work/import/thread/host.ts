/** Entry of the thread that reads the labels of a large import and fits them to their images (open-apart.ts). */
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorReply } from '../../../../common/errors.ts'
import { allFormats } from '../../../formats/all-formats.ts'
import { fitObjects } from '../../../import/fit-objects.ts'
import type { LabelSet } from '../../../import/objects.ts'
import { openLabels } from '../../../import/read-labels.ts'
import type { FromThread, SentImage, SentObject, ToOpen, ToRead } from './messages.ts'

const post = (message: FromThread) => parentPort?.postMessage(message)

const read = async (set: LabelSet, { index, frame }: ToRead): Promise<SentImage> => {
  try {
    const { objects, ...rest } = fitObjects(await set.images[index]!.load(), frame)
    const sent = objects.map(({ fitted, ...object }): SentObject => ({
      ...object,
      fitted: 'shape' in fitted ? { text: JSON.stringify(fitted.shape), changes: fitted.changes } : fitted,
    }))
    return { ...rest, objects: sent }
  } catch (thrown) {
    return { error: toErrorReply(thrown) }
  }
}

try {
  const { place, order } = workerData as ToOpen
  const set = await openLabels(allFormats, place, order)
  let last = Promise.resolve()
  const readAll = async (asked: readonly ToRead[]) => {
    const images: SentImage[] = []
    for (const one of asked) images.push(await read(set, one))
    post({ type: 'read', images })
  }
  parentPort?.on('message', (asked: readonly ToRead[]) => {
    last = last.then(() => readAll(asked))
  })
  const { format, classes, problems, notes, namesFrom, firstClass, parts } = set
  const images = set.images.map(({ name, isNumber, isReviewed }) => ({ name, isNumber, isReviewed }))
  post({ type: 'opened', set: { format, images, classes, problems, notes, namesFrom, firstClass, parts } })
} catch (thrown) {
  post({ type: 'failed', error: toErrorReply(thrown) })
}

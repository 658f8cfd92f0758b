/**
 * Labels that a thread of their own reads and fits, while this one stores what it has read: a large file takes half the
 * time on two processors.
 */
import { setImmediate } from 'node:timers'
import { Worker } from 'node:worker_threads'
import { CodedError, errorOfReply } from '../../../../common/errors.ts'
import type { Shape } from '../../../../common/model.ts'
import type { ImageFrame, ImportedObject, ImportedObjects } from '../../../import/fit-objects.ts'
import type { LabelPlace } from '../../../import/read-labels.ts'
import { entryOf } from '../../../processes/entry.ts'
import type { ImportedLabels } from '../labels.ts'
import type { FromThread, SentImage, SentObject, ToOpen, ToRead } from './messages.ts'

const threadUrl = entryOf('./host.ts', 'label-thread.js', import.meta.url)

const received = ({ fitted, ...object }: SentObject): ImportedObject => ({
  ...object,
  fitted:
    'text' in fitted
      ? // Our own: it was a shape a moment ago.
        { shape: JSON.parse(fitted.text) as Shape, text: fitted.text, changes: fitted.changes }
      : fitted,
})

const endedEarly = () =>
  new CodedError('internal', 'Reading the labels was broken off: there may not be enough memory.')

interface Asked extends ToRead {
  resolve(image: SentImage): void
  reject(thrown: Error): void
}

/** What is asked of a thread in one turn goes to it in one message: a message for each image would take longer. */
const createAsking = (worker: Worker) => {
  let over: Error | null = null
  let gathered: Asked[] = []
  const sent: Asked[] = []
  const send = () => {
    worker.postMessage(gathered.map(({ index, frame }): ToRead => ({ index, frame })))
    sent.push(...gathered)
    gathered = []
  }
  const refuse = (error: Error) => {
    over ??= error
    for (const asked of [...sent.splice(0), ...gathered.splice(0)]) asked.reject(error)
  }
  worker.on('message', (message: FromThread) => {
    if (message.type === 'read') for (const image of message.images) sent.shift()?.resolve(image)
  })
  worker.on('error', (thrown: Error) => refuse(thrown))
  worker.on('exit', () => refuse(endedEarly()))
  return (index: number, frame: ImageFrame | null): Promise<SentImage> =>
    new Promise((resolve, reject) => {
      if (over !== null) return reject(over)
      if (gathered.length === 0) setImmediate(send)
      gathered.push({ index, frame, resolve, reject })
    })
}

/** What the thread says first; null when it ends without a word. */
const firstOf = (worker: Worker): Promise<FromThread | null> =>
  new Promise((resolve) => {
    worker.once('message', resolve)
    worker.once('error', () => resolve(null))
    worker.once('exit', () => resolve(null))
  })

/** @returns null when no thread can be had. @throws CodedError as `openLabels` */
export const openApart = async (
  place: LabelPlace,
  order: readonly string[],
): Promise<ImportedLabels | null> => {
  const worker = new Worker(threadUrl, { workerData: { place, order } satisfies ToOpen })
  const ask = createAsking(worker)
  const close = () => void worker.terminate()
  const first = await firstOf(worker)
  if (first?.type !== 'opened') {
    close()
    if (first?.type === 'failed') throw errorOfReply(first.error)
    return null
  }
  const read = async (index: number, frame: ImageFrame | null): Promise<ImportedObjects> => {
    const image = await ask(index, frame)
    if ('error' in image) throw errorOfReply(image.error)
    return { ...image, objects: image.objects.map(received) }
  }
  const { images, ...told } = first.set
  return {
    ...told,
    close,
    images: images.map((image, index) => ({ ...image, read: (frame) => read(index, frame) })),
  }
}

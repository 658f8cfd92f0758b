/** The objects of an image as its project can hold them: read here, or where there are many images by a thread. */
import { statSync } from 'node:fs'
import { extname } from 'node:path'
import { fitObjects, type ImageFrame, type ImportedObjects } from '../../import/fit-objects.ts'
import type { LabelledImage, LabelSet } from '../../import/objects.ts'
import type { ToOpen } from './apart/messages.ts'
import { startReadingThread } from './apart/thread-client.ts'

export interface FittedReader {
  /** Once the labels are open: the images that are asked for from now on. */
  begin(set: Pick<LabelSet, 'images'>): void
  /** Whether what is asked for is read elsewhere, while the caller does something else. */
  isApart(): boolean
  /** Whether that is about to be: the caller's next turns will tell. */
  isComing(): boolean
  /** @throws what reading the labels throws, other than of one file's own fault */
  read(source: LabelledImage, frame: ImageFrame | null): Promise<ImportedObjects>
  /** When no more is read. */
  end(): void
}

/** Images from which on a thread is worth the half second that it takes to start. */
const MANY_IMAGES = 200

/** A file of so many bytes will have them: its thread starts, and where it has to opens the file, while the core does. */
const MANY_BYTES = 4 * 1024 * 1024

/** COCO's images say where their records are, once the core has looked through the file. */
const isToldLater = (path: string) => extname(path).toLowerCase() === '.json'

const isLarge = (path: string): boolean => {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isFile() === true && stats.size >= MANY_BYTES
}

/** @param labels what is opened. @param signal when it is aborted, nobody waits for a thread any more */
export const createFittedReader = (labels: ToOpen, signal: AbortSignal, many = MANY_IMAGES): FittedReader => {
  const { path } = labels.place
  let thread = isLarge(path) ? startReadingThread() : null
  if (!isToldLater(path)) thread?.open(labels)
  let indexes = new Map<LabelledImage, number>()
  const stop = () => thread?.end()
  signal.addEventListener('abort', stop, { once: true })
  return {
    begin({ images }) {
      if (signal.aborted) return
      if (images.length >= many) thread ??= startReadingThread()
      if (thread === null || images.every(({ apart }) => apart !== undefined)) return
      thread.open(labels)
      indexes = new Map(images.map((image, index) => [image, index]))
    },
    isApart: () => thread?.isReady() ?? false,
    isComing: () => thread?.isComing() ?? false,
    async read(source, frame) {
      const index = indexes.get(source)
      const image = source.apart ?? (index === undefined ? null : { index, name: source.name })
      const read = image === null ? null : await thread?.read(image, frame)
      return read ?? fitObjects(await source.load(), frame)
    },
    end() {
      signal.removeEventListener('abort', stop)
      stop()
    },
  }
}

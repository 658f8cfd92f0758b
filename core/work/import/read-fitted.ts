/** The objects of an image as its project can hold them: read here, or where there are many images by a thread. */
import { fitObjects, type ImageFrame, type ImportedObjects } from '../../import/fit-objects.ts'
import type { LabelledImage, LabelSet } from '../../import/objects.ts'
import type { ToOpen } from './apart/messages.ts'
import { startReadingThread } from './apart/thread-client.ts'

export interface FittedReader {
  /** Whether what is asked for is read elsewhere, while the caller does something else. */
  isApart(): boolean
  /** @throws what reading the labels throws, other than of one file's own fault */
  read(source: LabelledImage, frame: ImageFrame | null): Promise<ImportedObjects>
  /** When no more is read. */
  end(): void
}

/** Images from which on a thread is worth the half second that it takes to start. */
const MANY_IMAGES = 200

/** @param labels what `set` was opened with. @param signal when it is aborted, nobody waits for a thread any more */
export const createFittedReader = (
  { images }: Pick<LabelSet, 'images'>,
  labels: ToOpen,
  signal: AbortSignal,
  many = MANY_IMAGES,
): FittedReader => {
  const thread = images.length < many ? null : startReadingThread(labels)
  const indexes = new Map(thread === null ? [] : images.map((image, index) => [image, index]))
  const end = () => thread?.end()
  signal.addEventListener('abort', end, { once: true })
  return {
    isApart: () => thread?.isReady() ?? false,
    async read(source, frame) {
      const index = indexes.get(source)
      const read = index === undefined ? null : await thread?.read(index, source.name, frame)
      return read ?? fitObjects(await source.load(), frame)
    },
    end() {
      signal.removeEventListener('abort', end)
      end()
    },
  }
}

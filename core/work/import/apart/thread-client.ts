/**
 * The thread that reads labels, as an import holds it. Owns that an import never needs it: until it listens, and once it
 * has ended, for whatever reason, the import reads by itself.
 */
import { Worker } from 'node:worker_threads'
import type { ImageFrame, ImportedObjects } from '../../../import/fit-objects.ts'
import type { ApartSource, ReadApart } from '../../../import/objects.ts'
import { entryOf } from '../../../processes/entry.ts'
import type { FromReader, ImageToRead, ToOpen, ToReader } from './messages.ts'
import { unpackObjects, type PackedObjects } from './packed-objects.ts'

export interface ReadingThread {
  /** Opens the labels there; once is enough. */
  open(labels: ToOpen): void
  /** Whether it listens, and has opened what it was to open. */
  isReady(): boolean
  /** Whether it will be ready, unless it ends before. */
  isComing(): boolean
  /**
   * @param image its place in the labels that were opened there and its name, or what the image itself says
   * @returns null when it is not ready, or can't read the image
   */
  read(
    image: { readonly index: number; readonly name: string } | ReadApart,
    frame: ImageFrame | null,
  ): Promise<ImportedObjects | null>
  /** At any time. What was asked is answered with null. */
  end(): void
}

const threadUrl = entryOf('./thread.ts', 'import-thread.js', import.meta.url)

export const startReadingThread = (): ReadingThread => {
  const worker = new Worker(threadUrl, { stdout: true, stderr: true })
  const post = (told: ToReader) => worker.postMessage(told)
  const asked = new Map<number, (packed: PackedObjects | null) => void>()
  const sources = new Map<ApartSource, number>()
  let isAwake = false
  let hasLeft = false
  let labels: 'none' | 'opening' | 'open' = 'none'
  let count = 0

  const leave = () => {
    isAwake = false
    hasLeft = true
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }
  worker.on('message', (said: FromReader) => {
    if (said === 'awake') isAwake = true
    else if (said === 'open') labels = 'open'
    else {
      asked.get(said.id)?.(said.packed)
      asked.delete(said.id)
    }
  })
  worker.on('error', leave)
  worker.on('exit', leave)

  const numberOf = (source: ApartSource): number => {
    const known = sources.get(source)
    if (known !== undefined) return known
    const number = sources.size
    sources.set(source, number)
    post({ type: 'source', number, source })
    return number
  }
  const toRead = (image: { readonly index: number; readonly name: string } | ReadApart): ImageToRead =>
    'source' in image ? { source: numberOf(image.source), image: image.image } : image

  const isReady = () => isAwake && labels !== 'opening'
  return {
    open(given) {
      if (labels !== 'none') return
      labels = 'opening'
      post({ type: 'open', labels: given })
    },
    isReady,
    isComing: () => !hasLeft && !isReady(),
    async read(image, frame) {
      if (!isReady()) return null
      const id = count++
      const packed = await new Promise<PackedObjects | null>((answer) => {
        asked.set(id, answer)
        post({ type: 'read', id, image: toRead(image), frame })
      })
      return packed === null ? null : unpackObjects(packed)
    },
    end() {
      leave()
      void worker.terminate()
    },
  }
}

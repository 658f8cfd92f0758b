/**
 * The thread that reads labels, as an import holds it. Owns that an import never needs it: until it listens, and once it
 * has ended, for whatever reason, the import reads by itself.
 */
import { Worker } from 'node:worker_threads'
import type { ImageFrame, ImportedObjects } from '../../../import/fit-objects.ts'
import { entryOf } from '../../../processes/entry.ts'
import type { FromReader, ToOpen, ToRead } from './messages.ts'
import { unpackObjects, type PackedObjects } from './packed-objects.ts'

export interface ReadingThread {
  isReady(): boolean
  /** @returns null when it does not listen, or can't read the image */
  read(index: number, name: string, frame: ImageFrame | null): Promise<ImportedObjects | null>
  /** At any time. What was asked is answered with null. */
  end(): void
}

const threadUrl = entryOf('./thread.ts', 'import-thread.js', import.meta.url)

export const startReadingThread = (labels: ToOpen): ReadingThread => {
  const worker = new Worker(threadUrl, { workerData: labels, stdout: true, stderr: true })
  const asked = new Map<number, (packed: PackedObjects | null) => void>()
  let isReady = false
  let count = 0

  const leave = () => {
    isReady = false
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }
  worker.on('message', (said: FromReader) => {
    if (said === 'ready') {
      isReady = true
      return
    }
    asked.get(said.id)?.(said.packed)
    asked.delete(said.id)
  })
  worker.on('error', leave)
  worker.on('exit', leave)

  return {
    isReady: () => isReady,
    async read(index, name, frame) {
      if (!isReady) return null
      const id = count++
      const packed = await new Promise<PackedObjects | null>((answer) => {
        asked.set(id, answer)
        worker.postMessage({ id, index, name, frame } satisfies ToRead)
      })
      return packed === null ? null : unpackObjects(packed)
    },
    end() {
      leave()
      void worker.terminate()
    },
  }
}

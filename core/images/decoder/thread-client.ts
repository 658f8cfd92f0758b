/** The thread that decodes, as the one who started it holds it: it is given one picture at a time. */
import { Worker } from 'node:worker_threads'
import { CodedError, type ErrorReply } from '../../../common/errors.ts'
import type { Rendition } from '../../../common/rendition.ts'
import { entryOf } from '../../processes/entry.ts'
import type { UprightImage } from '../decode.ts'

/** A file's bytes, and how they are shown. */
export interface ToThread {
  readonly bytes: Uint8Array
  readonly rendition: Rendition | null
}

/** What the thread says: once that it listens, then an answer to each picture. */
export type FromThread = 'ready' | { readonly image: UprightImage } | { readonly error: ErrorReply }

export interface DecoderThread {
  /** Rejects when the thread ends before it listens. */
  readonly ready: Promise<void>
  /** The next one may be asked for when this one is answered. @throws CodedError of the decoder; Error when the thread ended */
  decode(bytes: Buffer, rendition?: Rendition | null): Promise<UprightImage>
  /** At any time, also while it decodes. What was asked is not answered. */
  end(): void
}

const threadUrl = entryOf('./thread.ts', 'decoder-thread.js', import.meta.url)

interface Asked {
  readonly resolve: (image: UprightImage) => void
  readonly reject: (error: Error) => void
}

export const startDecoderThread = (): DecoderThread => {
  const worker = new Worker(threadUrl, { stdout: true, stderr: true })
  let asked: Asked | null = null

  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that decodes has ended.')))
  })
  ready.catch(() => undefined)

  const fail = (error: Error) => {
    asked?.reject(error)
    asked = null
  }
  worker.on('message', (said: FromThread) => {
    // A thread that waits for work keeps no process alive.
    worker.unref()
    if (said === 'ready') return
    if ('image' in said) asked?.resolve(said.image)
    else asked?.reject(new CodedError(said.error.code, said.error.message))
    asked = null
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread that decodes has ended.')))

  return {
    ready,
    decode: (bytes, rendition = null) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject }
        worker.ref()
        worker.postMessage({ bytes, rendition } satisfies ToThread)
      }),
    end: () => void worker.terminate(),
  }
}

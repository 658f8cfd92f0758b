/**
 * Decodes with a time limit in a process that has other work too: the inference process, which needs the pixels
 * themselves and not a picture of them, and where sending 36 MB through a third process would cost more than the decode.
 */
import { Worker } from 'node:worker_threads'
import { CodedError, type ErrorReply } from '../../../common/errors.ts'
import { readClaims } from '../claims.ts'
import { decodeUprightBytes, type UprightImage } from '../decode.ts'
import { tooLong, unreadable } from '../failures.ts'
import { secondsFor } from '../limits.ts'
import { entryOf } from '../../processes/entry.ts'
import { formatOf, isUnshown, type ImageFormat } from '../orientation.ts'

export type ThreadAnswer = { readonly image: UprightImage } | { readonly error: ErrorReply }

const threadUrl = entryOf('./thread.ts', 'decoder-thread.js', import.meta.url)

/** Settles as `work` does, or with a refusal after `seconds`, when `end` is called. */
const within = async <T>(work: Promise<T>, seconds: number, end: () => void): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => {
      end()
      refuse(tooLong(seconds))
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** @returns the picture, and when the thread has ended */
const decodeInThread = (bytes: Buffer, seconds: number) => {
  const worker = new Worker(threadUrl, { workerData: bytes, stdout: true, stderr: true })
  const answer = new Promise<UprightImage>((resolve, reject) => {
    worker.once('message', (said: ThreadAnswer) => {
      if ('image' in said) resolve(said.image)
      else reject(new CodedError(said.error.code, said.error.message))
    })
    worker.once('error', (error) =>
      reject(unreadable("The file is damaged: its pixels can't be decoded.", error)),
    )
    worker.once('exit', () => reject(unreadable("The file is damaged: its pixels can't be decoded.")))
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return { image: within(answer, seconds, () => void worker.terminate()), ended }
}

const compiled: readonly ImageFormat[] = ['jp2', 'heic']

export type GuardedDecode = (bytes: Buffer) => Promise<UprightImage>

/**
 * Decodes as `decodeUprightBytes`, and at most for the time that a picture of its claims may take; rejects as that does. What
 * JavaScript and WebAssembly decode (GIF, TIFF, JPEG 2000, HEIC) has a thread of its own; native code has one already. Of
 * what is decoded by WebAssembly, one picture of a format at a time: in Electron's processes two threads that compile the
 * same code at once wait for each other for ever (seen with Electron 33, JPEG 2000 and HEIC alike).
 */
export const createGuardedDecode = (seconds = secondsFor): GuardedDecode => {
  const last = new Map<ImageFormat, Promise<void>>()
  return (bytes) => {
    const claims = readClaims(bytes)
    const limit = seconds(claims === null ? 0 : claims.width * claims.height)
    const format = formatOf(bytes)
    if (format === null || !(format === 'gif' || isUnshown(format)))
      return within(decodeUprightBytes(bytes), limit, () => undefined)
    if (!compiled.includes(format)) return decodeInThread(bytes, limit).image
    const started = (last.get(format) ?? Promise.resolve()).then(() => decodeInThread(bytes, limit))
    last.set(
      format,
      started.then(({ ended }) => ended),
    )
    return started.then(({ image }) => image)
  }
}

/**
 * Decodes with a time limit in a process that has other work too: the inference process, which needs the pixels
 * themselves and not a picture of them, and where sending 36 MB through a third process would cost more than the decode.
 */
import { CodedError } from '../../../common/errors.ts'
import type { Rendition } from '../../../common/rendition.ts'
import { said } from '../../../common/said.ts'
import { readClaims } from '../claims.ts'
import { decodeUprightBytes, type UprightImage } from '../decode.ts'
import { tooLong, unreadable } from '../failures.ts'
import { plainRendering } from '../levels.ts'
import { secondsFor } from '../limits.ts'
import { formatOf, isUnshown } from '../orientation.ts'
import { startDecoderThread, type DecoderThread } from './thread-client.ts'

/** Of a thread that does not even start. */
const START_SECONDS = 30

const damaged = (cause?: unknown) =>
  unreadable(said("The file is damaged: its pixels can't be decoded."), cause)

/** Settles as `work` does, or with what `late` gives after `seconds`. */
const within = async <T>(work: Promise<T>, seconds: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const refusal = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(late()), seconds * 1000)
  })
  try {
    return await Promise.race([work, refusal])
  } finally {
    clearTimeout(timer)
  }
}

export type GuardedDecode = (bytes: Buffer, rendition?: Rendition | null) => Promise<UprightImage>

/**
 * Decodes as `decodeUprightBytes`, and at most for the time that a picture of its claims may take; rejects as that does.
 * Native code has a thread already. What JavaScript and WebAssembly decode (GIF, TIFF, JPEG 2000, HEIC) shares one thread,
 * one picture after another; the thread is kept, and ended only when a picture takes too long. In Electron's processes a
 * thread that starts or compiles while another one compiles or ends may wait for ever (seen with Electron 33).
 */
export const createGuardedDecode = (seconds = secondsFor): GuardedDecode => {
  let thread: DecoderThread | null = null
  let last: Promise<unknown> = Promise.resolve()

  const end = () => {
    thread?.end()
    thread = null
  }

  const started = async (): Promise<DecoderThread> => {
    const found = (thread ??= startDecoderThread())
    try {
      await within(found.ready, START_SECONDS, () => new Error('The thread that decodes did not start.'))
    } catch (thrown) {
      end()
      throw new CodedError('internal', said("Pictures can't be decoded. Start Maskwright again."), {
        cause: thrown,
      })
    }
    return found
  }

  const decodeInThread = async (
    bytes: Buffer,
    rendition: Rendition | null,
    limit: number,
  ): Promise<UprightImage> => {
    const decoder = await started()
    try {
      return await within(decoder.decode(bytes, rendition), limit, () => {
        end()
        return tooLong(limit)
      })
    } catch (thrown) {
      if (thrown instanceof CodedError) throw thrown
      // The thread has ended with the picture.
      end()
      throw damaged(thrown)
    }
  }

  return (bytes, rendition = null) => {
    const claims = readClaims(bytes)
    const limit = seconds(claims === null ? 0 : claims.width * claims.height)
    const format = formatOf(bytes)
    if (format === null || !(format === 'gif' || isUnshown(format)))
      return within(decodeUprightBytes(bytes, rendition ?? plainRendering), limit, () => tooLong(limit))
    const decoded = last.then(() => decodeInThread(bytes, rendition, limit))
    last = decoded.catch(() => undefined)
    return decoded
  }
}

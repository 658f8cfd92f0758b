/** Entry of a thread that decodes one picture and ends (guarded.ts): plain JavaScript, which can be ended at any time. */
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorReply } from '../../../common/errors.ts'
import { decodeUprightBytes } from '../decode.ts'
import type { ThreadAnswer } from './guarded.ts'

const post = (answer: ThreadAnswer, transfer: ArrayBuffer[]) => parentPort?.postMessage(answer, transfer)

try {
  const image = await decodeUprightBytes(Buffer.from(workerData as Uint8Array))
  // Pixels that native code owns are a Buffer: they can't be given away, only copied.
  const rgb = image.rgb instanceof Buffer ? new Uint8Array(image.rgb) : image.rgb
  post({ image: { ...image, rgb } }, [rgb.buffer as ArrayBuffer])
} catch (thrown) {
  post({ error: toErrorReply(thrown) }, [])
}

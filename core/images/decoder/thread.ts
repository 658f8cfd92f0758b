/** Entry of the thread that decodes (thread-client.ts): plain JavaScript and WebAssembly, which can be ended at any time. */
import { parentPort } from 'node:worker_threads'
import { toErrorReply } from '../../../common/errors.ts'
import { decodeUprightBytes } from '../decode.ts'
import { plainRendering } from '../levels.ts'
import type { FromThread, ToThread } from './thread-client.ts'

const post = (said: FromThread, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(said, transfer)

const answer = async ({ bytes, rendition }: ToThread) => {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const image = await decodeUprightBytes(file, rendition ?? plainRendering)
    // Pixels that native code owns are a Buffer: they can't be given away, only copied.
    const rgb = image.rgb instanceof Buffer ? new Uint8Array(image.rgb) : image.rgb
    post({ image: { ...image, rgb } }, [rgb.buffer as ArrayBuffer])
  } catch (thrown) {
    post({ error: toErrorReply(thrown) })
  }
}

parentPort?.on('message', (asked: ToThread) => void answer(asked))
post('ready')

/**
 * Entry of a decoder process, under child_process.fork and as a utilityProcess of Electron; and of the thread in it that
 * watches its memory and its parent, which goes on while a decoder holds the other one. Answers one task at a time.
 */
import { once } from 'node:events'
import { isMainThread, Worker } from 'node:worker_threads'
import { systemCode } from '../../files/system-code.ts'
import { DECODER_BYTES } from '../limits.ts'
import type { FromDecoder, ToDecoder } from './messages.ts'

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: FromDecoder): void
  on(event: 'message', listener: (event: { data: ToDecoder }) => void): void
}

/** A gigabyte takes longer than this to be filled. */
const WATCH_MS = 50

/** A decoder that goes round in circles never hears that its parent was killed. */
const isOrphan = (parent: number): boolean => {
  if (process.ppid !== parent) return true
  try {
    // Windows keeps the number of a parent that is gone.
    return !process.kill(parent, 0)
  } catch (thrown) {
    return systemCode(thrown) === 'ESRCH'
  }
}

const watch = () => {
  const parent = process.ppid
  setInterval(() => {
    if (process.memoryUsage.rss() > DECODER_BYTES || isOrphan(parent)) process.kill(process.pid, 'SIGKILL')
  }, WATCH_MS)
}

const serve = async () => {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort }
  const post = (message: FromDecoder) => {
    if (parentPort !== undefined) parentPort.postMessage(message)
    // To a parent that was killed nothing can be said; `disconnect` ends this process.
    else process.send?.(message, undefined, undefined, () => undefined)
  }
  const watcher = new Worker(new URL(import.meta.url), { stdout: false, stderr: false })
  // Decoders are loaded by the thread that decodes alone. Nothing is decoded before the other one runs: in Electron's
  // processes a thread that starts while another one compiles may wait for ever (guarded.ts).
  const [{ makePicture }, { readImageFile }, { toErrorReply }] = await Promise.all([
    import('./tasks.ts'),
    import('../read-file.ts'),
    import('../../../common/errors.ts'),
    once(watcher, 'online'),
  ])
  watcher.unref()
  const receive = async ({ job, make, file, rendition, windows }: ToDecoder) => {
    let isRead = false
    try {
      const bytes = await readImageFile(file)
      isRead = true
      const picture = await makePicture(
        make,
        bytes,
        (pixels) => post({ type: 'claims', job, pixels }),
        windows,
        rendition,
      )
      post({ type: 'done', job, picture })
    } catch (thrown) {
      post({ type: 'failed', job, error: toErrorReply(thrown), lasting: isRead })
    }
  }
  let last = Promise.resolve()
  const inTurn = (message: ToDecoder) => {
    last = last.then(() => receive(message))
  }
  if (parentPort !== undefined) parentPort.on('message', ({ data }) => inTurn(data))
  else {
    process.on('message', (message) => inTurn(message as ToDecoder))
    process.on('disconnect', () => process.exit(0))
  }
  post({ type: 'ready' })
}

if (isMainThread) await serve()
else watch()

/**
 * Looks at the open project file twice a second: does its path still lead to it, and has another process written to it?
 * A look takes microseconds. The system's own notices of changes are not used: they miss what happens to a parent
 * folder or on a network drive, and holding a folder for them would keep a drive from being taken out.
 */
import type { Gone } from '../store/identity.ts'
import type { OpenFile } from '../store/read-store.ts'

export interface Watcher {
  /** Looks now; resolves when all that was found has been reported. */
  look(): Promise<void>
  close(): void
}

export interface WatcherOptions {
  readonly store: Pick<OpenFile, 'identity' | 'outsideVersion'>
  /** Called after each look, null while the file is there. */
  readonly onFile: (gone: Gone | null) => Promise<void>
  /** Another process, or another window's core, has committed. */
  readonly onOutside: () => void
  /** Milliseconds from one look to the next. */
  readonly every?: number
}

/** Keeps no process alive. */
export const createWatcher = ({ store, onFile, onOutside, every = 500 }: WatcherOptions): Watcher => {
  let version = store.outsideVersion()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let closed = false
  const isClosed = () => closed

  const lookOnce = async () => {
    const gone = await store.identity.findLater()
    if (isClosed()) return
    await onFile(gone)
    if (isClosed() || gone !== null) return
    const now = store.outsideVersion()
    if (now === version) return
    version = now
    onOutside()
  }
  const look = (): Promise<void> => {
    clearTimeout(timer)
    // What a look could not find out, the next one does.
    looking ??= lookOnce()
      .catch(() => undefined)
      .finally(() => {
        looking = null
        if (!closed) timer = setTimeout(() => void look(), every).unref()
      })
    return looking
  }
  // At once, so that a commit that was refused is explained without delay.
  store.identity.onGone(() => void look())
  timer = setTimeout(() => void look(), every).unref()
  return {
    look,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}

/**
 * When the log of an open project file is put into the file itself. Usually SQLite does it after a commit that made the log
 * long enough. While very many edits follow each other it would do nothing else every few of them, page by page, each
 * page several times: then it waits for the end, and for a moment when nobody commits. Nothing hangs on it: the log is
 * part of the file, on the disk when a commit says so, and is read with it.
 */
import type { Database } from 'better-sqlite3'
import { open } from 'node:fs/promises'

/** Pages of 4 kB from which on it is done after a commit: SQLite's own number, and one for very many edits, 98 MB. */
const [USUAL_PAGES, MANY_PAGES] = [1000, 24_000]
/** Bytes of a log that has been put away which stay on the disk to be written over. */
const KEPT_BYTES = 16 * 1024 * 1024
/** After the last of very many edits, ms. */
const AFTER = 1000
/** Bytes of the log that the disk is told to write meanwhile, so that little is left to wait for at the end. */
const AHEAD_BYTES = 4 * 1024 * 1024

export interface Checkpoints {
  /** At each edit of very many. */
  wait(): void
  /** Before the database is closed, which puts away what is left. */
  end(): void
}

/** @param after ms without an edit of very many, until the log is put away */
export const createCheckpoints = (db: Database, after = AFTER): Checkpoints => {
  let timer: NodeJS.Timeout | null = null
  db.pragma(`journal_size_limit = ${KEPT_BYTES}`)
  // Nothing is locked by it: SQLite's locks of the log are in its index.
  const log = `${db.name}-wal`
  let told = 0
  let isTelling = false
  /** Has the disk write what is in the log, on a thread of its own, where that is worth it. */
  const tellDisk = async () => {
    const handle = await open(log, 'r+')
    try {
      const { size } = await handle.stat()
      // A log that began anew is shorter.
      if (size >= told && size - told < AHEAD_BYTES) return
      told = size
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
  const putAway = () => {
    timer = null
    try {
      db.pragma('wal_checkpoint(PASSIVE)')
      db.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`)
    } catch {
      // A full disk, or a file that is gone: the next commit says so.
    }
  }
  return {
    wait() {
      if (timer === null) db.pragma(`wal_autocheckpoint = ${MANY_PAGES}`)
      else clearTimeout(timer)
      timer = setTimeout(putAway, after).unref()
      if (isTelling) return
      isTelling = true
      tellDisk()
        // What must be on the disk is waited for by the commit that says so.
        .catch(() => undefined)
        .finally(() => (isTelling = false))
    },
    end() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}

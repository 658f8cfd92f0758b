/**
 * Remembers in the project file that long work stores pieces which belong together, so that the next opening can say
 * that it was cut off. What it stored until then is whole in itself and can be undone.
 */
import { hostname } from 'node:os'
import { z } from 'zod'
import { readJson } from '../store/json.ts'
import { said } from '../../common/said.ts'

/** The file may be a stranger's. */
const noteSchema = z.object({ what: z.string().max(5000), host: z.string(), pid: z.int().positive() })

export interface Unfinished {
  /** @param what begins the sentence that the next opening says when the process dies meanwhile */
  during<T>(what: string, work: () => Promise<T>): Promise<T>
}

/** A line of the project file. */
export interface Note {
  get(): string | null
  set(text: string): void
}

export const createUnfinished = (note: Note): Unfinished => ({
  async during(what, work) {
    note.set(JSON.stringify({ what, host: hostname(), pid: process.pid }))
    try {
      return await work()
    } finally {
      try {
        note.set('')
      } catch {
        // A project that is gone has said so already; the note stays, and the next opening tells.
      }
    }
  },
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** What the opening says of work that was cut off, once; null when there was none, or when it still goes on. */
export const tellUnfinished = (note: Note): string | null => {
  const work = readJson(noteSchema, note.get())
  if (work === null || (work.host === hostname() && isAlive(work.pid))) return null
  note.set('')
  return said(
    '{title} was cut off before its end. What it had stored is there. Do it again to finish it: nothing comes twice. Or take it back with “Undo a run…”.',
    { title: work.what },
  )
}

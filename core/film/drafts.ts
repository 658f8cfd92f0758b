/**
 * Folders that frames are written to before they are whole. Each is noted in the data folder, so that what a program left
 * that was killed in the middle is removed at the next start: that folder, if it holds nothing but frames.
 */
import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, rm, rmdir, unlink } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic.ts'
import { readSmallText } from '../files/small-file.ts'
import { systemCode } from '../files/system-code.ts'
import { isRunning } from '../processes/is-running.ts'

const LONGEST_NOTE = 100_000
const draftName = /^\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.frames$/
const frameName = /^frame_\d{6,}\.(jpg|png)$/

const noteSchema = z.object({
  draft: z.string().min(1),
  host: z.string(),
  pid: z.int().positive(),
  /** ms since 1970. */
  startedAt: z.number(),
})
type Note = z.infer<typeof noteSchema>

interface Draft {
  /** Absolute; not made yet. */
  readonly folder: string
  /** It is whole and in its place, or removed. */
  readonly forget: () => Promise<void>
}

export interface Drafts {
  /** A folder for frames, beside the one that they are for. */
  begin(out: string): Promise<Draft>
  /** Removes those of programs that were killed. Never fails: what can't be removed now is tried at the next start. */
  sweep(): Promise<void>
}

/** Whoever wrote the note runs no more; numbers of processes come again. */
const isLeft = ({ host, pid, startedAt }: Note): boolean => {
  if (host !== hostname()) return false
  const since = pid === process.pid ? process.uptime() : uptime()
  return startedAt < Date.now() - since * 1000 - 1000 || !isRunning(pid)
}

const isFolder = async (path: string): Promise<boolean | null> => {
  try {
    return (await lstat(path)).isDirectory()
  } catch (thrown) {
    return systemCode(thrown) === 'ENOENT' ? null : false
  }
}

const parsedNote = (text: string): Note | null => {
  try {
    return noteSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** @returns false: its drive is not there now. @throws what keeps it from being removed now */
const removeDraft = async (draft: string): Promise<boolean> => {
  const there = await isFolder(draft)
  if (there === null) return (await isFolder(dirname(draft))) === true
  if (!there || !draftName.test(basename(draft))) return true
  const names = await readdir(draft)
  // Somebody has put something in it: it is left to them.
  if (!names.every((name) => frameName.test(name))) return true
  for (const name of names) await unlink(join(draft, name))
  await rmdir(draft)
  return true
}

/** @param dataFolder where the notes are kept */
export const createDrafts = (dataFolder: string): Drafts => {
  const folder = join(dataFolder, 'films')
  const settle = async (file: string) => {
    const note = parsedNote(await readSmallText(file, { limit: LONGEST_NOTE, follow: false }))
    if (note !== null && (!isLeft(note) || !(await removeDraft(note.draft)))) return
    await rm(file, { force: true })
  }
  return {
    async begin(out) {
      const id = randomUUID()
      const draft = join(dirname(out), `.${id}.frames`)
      const note: Note = { draft, host: hostname(), pid: process.pid, startedAt: Date.now() }
      const file = join(folder, `${id}.json`)
      try {
        await mkdir(folder, { recursive: true })
        writeFileAtomic(file, JSON.stringify(note))
      } catch {
        // Frames can be written all the same.
      }
      return { folder: draft, forget: () => rm(file, { force: true }).catch(() => undefined) }
    },
    async sweep() {
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter((one) => one.endsWith('.json')))
        await settle(join(folder, name)).catch(() => undefined)
    },
  }
}

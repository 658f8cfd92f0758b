/**
 * Copies of the project file, one a day, the last seven, in a folder beside it. Made by SQLite's own backup from the
 * open file, some pages at a time, so that no click waits for it; a copy has its name only when it is whole.
 */
import { said } from '../../common/said.ts'
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../../common/errors.ts'
import { syncFolder } from '../files/sync.ts'
import type { OpenFile } from './read-store.ts'

const FOLDER_NAME = 'backups'
const KEPT = 7

const backupName = /^project-(\d{4}-\d{2}-\d{2})\.sqlite$/

const backupFolderOf = (file: string): string => join(dirname(file), FOLDER_NAME)

/** Of the user's own clock: "yesterday" means theirs. */
const dayOf = (time: Date): string =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

/** A link in its place would have us write where somebody else has chosen. */
const isOwnFolder = (folder: string): boolean =>
  lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Newest first, by the day in the name. Only regular files count. */
export const listBackups = (file: string): string[] => {
  const folder = backupFolderOf(file)
  if (!isOwnFolder(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && backupName.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .reverse()
    .map((name) => join(folder, name))
}

const dropOld = (file: string): void => {
  for (const old of listBackups(file).slice(KEPT)) rmSync(old, { force: true })
}

export interface Backups {
  /** At the opening and after each commit: makes the day's backup when it is due. Never throws. */
  touch(): void
  /** Stops what runs; afterwards nothing begins. Resolves when the database may be closed. */
  stop(): Promise<void>
}

export interface BackupOptions {
  readonly store: Pick<OpenFile, 'file' | 'backup'>
  /** Nothing is worth keeping yet. */
  readonly isEmpty: () => boolean
  readonly warn: (message: string) => void
  /** How long after a touch it begins, ms: by then the folder is on screen, and the commit answered. */
  readonly delay?: number
  readonly now?: () => Date
}

/** The day's backup is made anew after this, ms, so that a long day's work is in it. */
const RENEW_AFTER = 3_600_000
/** Asked again after this, ms, whether one is due. */
const ASK_AFTER = 600_000

const isDue = (backup: string, now: Date): boolean => {
  const stats = lstatSync(backup, { throwIfNoEntry: false })
  return stats === undefined || now.getTime() - stats.mtimeMs > RENEW_AFTER
}

/** The daily backup of an open project. */
export const createBackups = (options: BackupOptions): Backups => {
  const { store, isEmpty, warn, delay = 4000, now = () => new Date() } = options
  let askedAt = -Infinity
  let hasWarned = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const make = async () => {
    const folder = backupFolderOf(store.file)
    const backup = join(folder, `project-${dayOf(now())}.sqlite`)
    if (isEmpty() || !isDue(backup, now())) return
    mkdirSync(folder, { recursive: true })
    if (!isOwnFolder(folder)) throw new Error(`${folder} is a link.`)
    const draft = join(folder, `.${process.pid}.part`)
    try {
      rmSync(draft, { force: true })
      if (!(await store.backup(draft, () => stopped))) return
      renameSync(draft, backup)
      syncFolder(folder)
      dropOld(store.file)
    } finally {
      for (const end of ['', '-journal']) rmSync(draft + end, { force: true })
    }
  }

  const start = () => {
    timer = null
    running = make().catch((thrown: unknown) => {
      if (!hasWarned)
        warn(said("Today's backup of the project could not be made: {why}", { why: messageOf(thrown) }))
      hasWarned = true
    })
  }

  return {
    touch() {
      const at = now().getTime()
      if (stopped || timer !== null || at - askedAt < ASK_AFTER) return
      askedAt = at
      timer = setTimeout(start, delay)
      timer.unref()
    },
    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      timer = null
      await running
    },
  }
}

/**
 * What can be done about a project file that can't be opened, and doing it: the newest whole backup, what can be read
 * of the file itself, or an empty project. The damaged file is kept under another name, byte for byte.
 */
import type { Database } from 'better-sqlite3'
import { constants, copyFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Backup, Damage, Repaired, RepairSource } from '../../common/damage.ts'
import { CodedError, hasCode } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { syncFile } from '../files/sync.ts'
import { listBackups } from '../store/backups.ts'
import { writeEmpty } from '../store/create.ts'
import { toStoreError } from '../store/errors.ts'
import { lookAt } from '../store/look.ts'
import { migrations } from '../store/migrations.ts'
import { makePrivateFolder } from '../store/private-folder.ts'
import { replaceDamaged } from '../store/put-aside.ts'
import { canSalvage, salvage, type Salvaged } from '../store/salvage.ts'

const countObjects = (db: Database) => {
  const count = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0
  return {
    images: count('SELECT count(*) FROM images'),
    objects: count('SELECT count(*) FROM annotations'),
    labelledImages: count('SELECT count(DISTINCT image_id) FROM annotations'),
  }
}

/** Copies that were made before an update lie beside the file. */
const copiesBeforeUpdates = (file: string): string[] => {
  const start = `${basename(file)}.before-`
  return readdirSync(dirname(file), { withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.startsWith(start) && !/-(wal|shm|journal)$/.test(entry.name),
    )
    .map(({ name }) => join(dirname(file), name))
}

/** Null when the backup itself is damaged, or not ours. */
const readBackup = (file: string): Backup | null => {
  try {
    const { objects, labelledImages } = lookAt(file, countObjects)
    return { file, madeAt: statSync(file).mtimeMs, objects, labelledImages }
  } catch {
    return null
  }
}

const backupsOf = (file: string): Backup[] => {
  try {
    return [...listBackups(file), ...copiesBeforeUpdates(file)]
      .map(readBackup)
      .filter((backup) => backup !== null)
      .sort((a, b) => b.madeAt - a.madeAt)
  } catch {
    // The folder can't be read.
    return []
  }
}

/** @param reason why the file is refused, in words for the user */
export const describeDamage = (folder: string, file: string, reason: string): Damage => ({
  folder,
  file,
  reason,
  backups: backupsOf(file),
  canSalvage: canSalvage(file),
})

/** @throws CodedError conflict when the file can be opened; newer-project, not-writable when it is not for us to judge */
const checkDamaged = (file: string): void => {
  try {
    lookAt(file, () => undefined)
  } catch (thrown) {
    if (hasCode(thrown, 'damaged-project')) return
    throw thrown
  }
  throw new CodedError('conflict', said('{file} is not damaged any more: open the folder again.', { file }))
}

const notesOf = ({ gaps, leftOut, madeUp }: Salvaged): string[] => [
  ...(gaps > 0
    ? [
        gaps === 1
          ? said('One place of the file could not be read.')
          : said('{gaps, number} places of the file could not be read.', { gaps }),
      ]
    : []),
  ...(leftOut > 0 ? [said('{leftOut, number} records were damaged and are left out.', { leftOut })] : []),
  ...(madeUp > 0
    ? [
        said(
          'The names of {madeUp, number} classes are lost: they are called “lost class 1” and so on. Rename them.',
          { madeUp },
        ),
      ]
    : []),
  said('What could be undone before can’t be undone any more.'),
]

interface Made {
  readonly notes: string[]
}

const make = (file: string, draft: string, from: RepairSource, wanted: string | undefined): Made => {
  if (from === 'new') {
    writeEmpty(draft, migrations)
    return { notes: [] }
  }
  if (from === 'salvage') {
    const salvaged = salvage(file, draft)
    if (salvaged === null) throw new CodedError('not-found', said('Nothing in {file} can be read.', { file }))
    return { notes: notesOf(salvaged) }
  }
  const backups = backupsOf(file)
  const backup = wanted === undefined ? backups[0] : backups.find((one) => one.file === wanted)
  if (backup === undefined)
    throw new CodedError('not-found', said('There is no whole backup of {file}.', { file }))
  copyFileSync(backup.file, draft, constants.COPYFILE_FICLONE)
  return { notes: [said('What was done after the backup is not in it.')] }
}

/**
 * Repairs the project file at `file`, which must not be open in this process.
 * @param wanted the backup to take; the newest when left out
 * @throws CodedError conflict when it is not damaged, not-found when there is nothing to repair it from, disk-full,
 * not-writable
 */
export const repairFile = (file: string, from: RepairSource, wanted?: string): Repaired => {
  checkDamaged(file)
  const folder = makePrivateFolder(dirname(file))
  try {
    const draft = join(folder, basename(file))
    const { notes } = make(file, draft, from, wanted)
    syncFile(draft)
    const { images, objects } = lookAt(draft, countObjects)
    const kept = replaceDamaged(file, draft)
    return { from, file, kept, images, objects, notes }
  } catch (thrown) {
    throw toStoreError(thrown, file)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

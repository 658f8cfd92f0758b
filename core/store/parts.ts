/** The files that SQLite keeps a database in, and what lies there before anything is opened. */
import { lstatSync } from 'node:fs'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** After the name of the file itself: the write-ahead log, the log's index, and the journal that we never make. */
export const partEnds = ['', '-wal', '-shm', '-journal'] as const

export interface Part {
  readonly bytes: number
  /** When it was written, ms since 1970. */
  readonly writtenAt: number
}

export interface Parts {
  readonly main: Part | null
  readonly wal: Part | null
  readonly shm: Part | null
  readonly journal: Part | null
}

/** Where the folder is no folder, or may not be looked into, there is nothing for us. */
const statsOf = (path: string) => {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (thrown) {
    if (['ENOTDIR', 'EACCES', 'EPERM'].includes(systemCode(thrown) ?? '')) return undefined
    throw thrown
  }
}

const partAt = (path: string): Part | null => {
  const stats = statsOf(path)
  if (stats === undefined) return null
  if (stats.isFile()) return { bytes: stats.size, writtenAt: stats.mtimeMs }
  const kind = stats.isSymbolicLink() ? said('a link') : said('no file')
  throw new CodedError(
    'damaged-project',
    said('{path} is {kind}, which no project file of Maskwright is. It was left as it is and not followed.', {
      path,
      kind,
    }),
  )
}

/**
 * What lies at the project file's place; links are not followed.
 * @throws CodedError damaged-project when one of them is a link, a folder, a pipe or a device
 */
export const partsOf = (file: string): Parts => ({
  main: partAt(file),
  wal: partAt(`${file}-wal`),
  shm: partAt(`${file}-shm`),
  journal: partAt(`${file}-journal`),
})

/** There is a project, or what is left of one. An empty log and an index alone hold nothing. */
export const isAnything = ({ main, wal, journal }: Parts): boolean =>
  main !== null || (wal?.bytes ?? 0) > 0 || (journal?.bytes ?? 0) > 0

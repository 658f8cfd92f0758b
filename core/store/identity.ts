/**
 * Whether the path of an open project still leads to the file that SQLite has open. On Linux and macOS an open file
 * can be removed, moved or replaced: SQLite goes on writing to the old one, which no opening would find again.
 */
import { lstatSync, readdirSync, readlinkSync, statSync, type BigIntStats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** What is at the path instead. */
export interface Gone {
  readonly why: 'missing' | 'replaced' | 'link' | 'unreachable' | 'taken'
  /** The file of the project that is concerned: the main file, its WAL or the WAL's index. */
  readonly path: string
  /** Who has taken it over, in words. */
  readonly by?: string
}

export interface FileIdentity {
  /** Null while the path leads to the open file. Asks the file system three times, some 10 µs. */
  find(): Gone | null
  /** The same without waiting for a drive that does not answer. */
  findLater(): Promise<Gone | null>
  /** Calls the listener of `onGone` when it throws. @throws CodedError project-gone */
  check(): void
  onGone(listener: () => void): void
  /** Asked first: whether somebody else has the file now. @param fresh before a commit: not what was seen last */
  guard(takenBy: (fresh: boolean) => Gone | null): void
  /** Where the open file lies now, whole, when the system tells; null when it is nowhere to be found. */
  whereNow(): string | null
}

/** The main file, the WAL with the newest commits, and the WAL's index, by which processes see each other. */
export const projectFileEnds = ['', '-wal', '-shm'] as const

interface Mark {
  readonly dev: bigint
  readonly ino: bigint
}

const isSame = (stats: BigIntStats, mark: Mark) => stats.dev === mark.dev && stats.ino === mark.ino

/** SQLite compares the inode too (fileHasMoved in os_unix.c); file systems keep it while a file is open. */
const judge = (path: string, mark: Mark, stats: BigIntStats): Gone | null => {
  if (stats.isSymbolicLink()) return { why: 'link', path }
  return stats.isFile() && isSame(stats, mark) ? null : { why: 'replaced', path }
}

const failed = (path: string, thrown: unknown): Gone => {
  const code = systemCode(thrown)
  return { why: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreachable', path }
}

/** Linux lists the open files of a process with the names that they have now. */
const nameOfOpenFile = (mark: Mark): string | null => {
  const handles = '/proc/self/fd'
  try {
    for (const handle of readdirSync(handles)) {
      const stats = statSync(`${handles}/${handle}`, { bigint: true, throwIfNoEntry: false })
      if (stats !== undefined && isSame(stats, mark)) return readlinkSync(`${handles}/${handle}`)
    }
  } catch {
    // Another system, or a file that was closed meanwhile.
  }
  return null
}

/** Takes down what lies at the path now; to be called when SQLite has just opened it, WAL included. */
export const identify = (file: string): FileIdentity => {
  const marks = projectFileEnds.flatMap((end): [string, Mark][] => {
    const stats = lstatSync(file + end, { bigint: true, throwIfNoEntry: false })
    return stats === undefined ? [] : [[end, { dev: stats.dev, ino: stats.ino }]]
  })
  let tell: () => void = () => undefined
  let takenBy: (fresh: boolean) => Gone | null = () => null
  const findAt = (main: string): Gone | null => {
    for (const [end, mark] of marks) {
      const path = main + end
      try {
        const gone = judge(path, mark, lstatSync(path, { bigint: true }))
        if (gone !== null) return gone
      } catch (thrown) {
        return failed(path, thrown)
      }
    }
    return null
  }
  const find = () => takenBy(true) ?? findAt(file)
  return {
    find,
    async findLater() {
      const taken = takenBy(false)
      if (taken !== null) return taken
      for (const [end, mark] of marks) {
        const path = file + end
        try {
          const gone = judge(path, mark, await lstat(path, { bigint: true }))
          if (gone !== null) return gone
        } catch (thrown) {
          return failed(path, thrown)
        }
      }
      return null
    },
    check() {
      const gone = find()
      if (gone === null) return
      tell()
      const why = gone.by ?? said('the project file {file} is gone', { file })
      throw new CodedError('project-gone', said('Nothing can be stored: {why}.', { why }))
    },
    onGone: (listener) => void (tell = listener),
    guard: (next) => void (takenBy = next),
    whereNow() {
      const main = marks[0]?.[1]
      const path = main === undefined ? null : nameOfOpenFile(main)
      return path !== null && findAt(path) === null ? path : null
    },
  }
}

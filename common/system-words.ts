/**
 * What the system and SQLite call their errors, in plain words: they follow a colon. The code stays, for whoever looks it
 * up, and so does the path, because the one that failed need not be the one that was asked for.
 */
import { filled, said } from './said.ts'

const noSuchFile = said('there is no such file or folder ({code})')
const noPermission = said('there is no permission ({code})')
const readOnly = said('it can only be read ({code})')
const inUse = said('another program uses it ({code})')
const driveFails = said('the drive reports an error ({code})')
const driveGone = said('the drive is gone ({code})')
const diskFull = said('the disk is full ({code})')
const tooMany = said('too many files are open ({code})')
const brokeOff = said('the connection broke off ({code})')
const unreachable = said("it can't be reached ({code})")
const damaged = said('the file is damaged ({code})')

const words: Readonly<Record<string, string>> = {
  ENOENT: noSuchFile,
  ENOTDIR: noSuchFile,
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: readOnly,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EBUSY: inUse,
  ETXTBSY: inUse,
  EIO: driveFails,
  ENXIO: driveGone,
  ENODEV: driveGone,
  ESTALE: driveGone,
  EMFILE: tooMany,
  ENFILE: tooMany,
  EISDIR: said('it is a folder ({code})'),
  EEXIST: said('something of that name is there ({code})'),
  ENOTEMPTY: said('the folder is not empty ({code})'),
  ENAMETOOLONG: said('the name is too long ({code})'),
  ELOOP: said('links lead in a circle ({code})'),
  ENOMEM: said('there is not enough memory ({code})'),
  ENOTSUP: said("the drive can't do that ({code})"),
  EOPNOTSUPP: said("the drive can't do that ({code})"),
  ECONNREFUSED: said('nothing answers there ({code})'),
  ECONNRESET: brokeOff,
  EPIPE: brokeOff,
  ETIMEDOUT: said('there was no answer in time ({code})'),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOTFOUND: said('there is no computer of that name ({code})'),
  EAI_AGAIN: said("names of computers can't be looked up now ({code})"),
  EADDRINUSE: said('another program uses it ({code})'),
  SQLITE_FULL: diskFull,
  SQLITE_BUSY: inUse,
  SQLITE_LOCKED: inUse,
  SQLITE_READONLY: readOnly,
  SQLITE_PERM: noPermission,
  SQLITE_CANTOPEN: said("it can't be opened ({code})"),
  SQLITE_IOERR: driveFails,
  SQLITE_NOTADB: damaged,
  SQLITE_CORRUPT: damaged,
}

/** SQLite's finer codes follow the coarse one: SQLITE_IOERR_WRITE. */
const coarse = (code: string) => /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code

/** The words for an error of the system or of SQLite; null for any other, and for a code that has none. */
export const systemWords = (thrown: unknown): string | null => {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null
  const key = coarse(thrown.code)
  if (!Object.hasOwn(words, key)) return null
  const path = 'path' in thrown && typeof thrown.path === 'string' ? `: ${thrown.path}` : ''
  return filled(words[key]!, { code: `${thrown.code}${path}` })
}

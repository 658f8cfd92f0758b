/** Where the frames of a film go when nobody says otherwise: beside it, under a name that is free. */
import { constants } from 'node:fs'
import { access, lstat, statfs } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** Names are tried up to this number. */
const MOST_NAMES = 10_000

const isFree = async (path: string): Promise<boolean> => {
  try {
    await lstat(path)
    return false
  } catch (thrown) {
    return systemCode(thrown) === 'ENOENT'
  }
}

/** Windows drops dots and blanks at the end of a name. */
const stemOf = (film: string): string => basename(film, extname(film)).replace(/[. ]+$/, '') || 'film'

interface FilmPlace {
  /** Absolute; nothing lies there. */
  readonly out: string
  readonly freeBytes: number | null
  /** Why nothing can be written there. */
  readonly problem: string | null
}

const problemOf = async (folder: string): Promise<string | null> => {
  try {
    await access(folder, constants.W_OK)
    return null
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return said('There is no folder {folder}. Choose another one.', { folder })
    return said('Nothing can be written to {folder}. Choose another folder.', { folder })
  }
}

/**
 * @param folder null: that of the film
 * @throws CodedError conflict when no name is free
 */
export const placeForFrames = async (film: string, folder: string | null): Promise<FilmPlace> => {
  const parent = resolve(folder ?? dirname(film))
  const stem = stemOf(film)
  const space = await statfs(parent).catch(() => null)
  const freeBytes = space === null ? null : space.bavail * space.bsize
  const problem = await problemOf(parent)
  for (let number = 1; number <= MOST_NAMES; number++) {
    const out = join(parent, number === 1 ? stem : `${stem}-${number}`)
    if (problem !== null || (await isFree(out))) return { out, freeBytes, problem }
  }
  throw new CodedError(
    'conflict',
    said('{folder} is full of frames of {film}. Choose another folder.', {
      folder: parent,
      film: basename(film),
    }),
  )
}

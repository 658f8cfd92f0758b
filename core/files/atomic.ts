/** Small files that are there whole or not at all: a kill or a full disk in the middle leaves the old one. */
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isDiskFull, systemCode } from './system-code.ts'

/**
 * Writes `text` beside `file` under a name that nobody can have prepared, brings it to the disk and puts it in place of `file`.
 * @throws CodedError disk-full, not-writable
 */
export const writeFileAtomic = (file: string, text: string): void => {
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
    const handle = openSync(draft, 'wx')
    try {
      writeFileSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (thrown) {
    rmSync(draft, { force: true })
    throw isDiskFull(systemCode(thrown))
      ? new CodedError('disk-full', said('The disk is full: {file} could not be saved.', { file }), {
          cause: thrown,
        })
      : new CodedError(
          'not-writable',
          said("{file} can't be written. Check the folder's permissions.", { file }),
          {
            cause: thrown,
          },
        )
  }
}

/** The first of FILE, FILE.2, FILE.3, ... that is not taken, not even by a link that leads nowhere. */
export const freeName = (file: string): string => {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? file : `${file}.${number}`
    if (lstatSync(name, { throwIfNoEntry: false }) === undefined) return name
  }
}

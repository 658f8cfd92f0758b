/**
 * A project file of somebody else, to be read: a private copy of it, looked at as any that is opened and brought to the
 * newest version. Owns that nothing is written to the original or beside it, and that the copy goes again.
 */
import { rmSync } from 'node:fs'
import { constants, copyFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { partsOf, type Parts } from './parts.ts'
import { makePrivateFolder } from './private-folder.ts'
import type { ReadStore } from './read-store.ts'
import { openStore } from './store.ts'

const TRIES = 5

const isSame = (a: Parts, b: Parts) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Copies a project file with its log. One that is written meanwhile is copied again.
 * @throws CodedError damaged-project when what lies there is no regular file, conflict when it is written all the time
 */
const copyFiles = async (file: string, to: string): Promise<void> => {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const parts = partsOf(file)
    await copyFile(file, to, constants.COPYFILE_FICLONE)
    await rm(`${to}-wal`, { force: true })
    if (parts.wal !== null) await copyFile(`${file}-wal`, `${to}-wal`, constants.COPYFILE_FICLONE)
    if (isSame(parts, partsOf(file))) return
  }
  throw new CodedError(
    'conflict',
    said('{file} is being written to. Try again when the work there rests.', { file }),
  )
}

interface PrivateCopy {
  readonly store: ReadStore
  /** Writes all of it to a new file. */
  writeTo(file: string): Promise<void>
  close(): void
}

/** @throws CodedError damaged-project, newer-project, conflict, disk-full */
export const openPrivateCopy = async (file: string): Promise<PrivateCopy> => {
  const place = makePrivateFolder(tmpdir())
  const remove = () => rmSync(place, { recursive: true, force: true, maxRetries: 3 })
  const copy = join(place, basename(file))
  try {
    await copyFiles(file, copy)
    const store = openStore(copy)
    return {
      store,
      async writeTo(to) {
        await store.backup(to)
      },
      close() {
        store.close()
        remove()
      },
    }
  } catch (thrown) {
    remove()
    if (!(thrown instanceof CodedError)) throw thrown
    // What is wrong with the copy is wrong with the original.
    throw new CodedError(thrown.code, messageOf(thrown).replaceAll(copy, file), { cause: thrown })
  }
}

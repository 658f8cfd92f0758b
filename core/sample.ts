/** The sample photos that travel with the app, copied to where a project can lie beside them. */
import { randomUUID } from 'node:crypto'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CodedError, messageOf } from '../common/errors.ts'
import { said } from '../common/said.ts'
import { isDirectory } from './library/folders.ts'

/**
 * Copies the photos to `sample` in the data folder, where they are not there yet: the app's own folder can't be
 * written, and an AppImage has another one at each start.
 * @param source the folder of the photos; undefined where the shell brings none
 * @returns the folder of the copy, absolute
 * @throws CodedError not-found, not-writable
 */
export const placeSample = async (source: string | undefined, dataFolder: string): Promise<string> => {
  const folder = join(dataFolder, 'sample')
  if (await isDirectory(folder)) return folder
  if (source === undefined) throw new CodedError('not-found', said('There are no sample photos here.'))
  // Whole or not at all, and when two windows ask at once the first counts.
  const draft = join(dataFolder, `sample.${randomUUID()}.tmp`)
  try {
    await mkdir(dirname(draft), { recursive: true })
    await cp(source, draft, { recursive: true, filter: (file) => !file.includes('.maskwright') })
    await rename(draft, folder)
  } catch (thrown) {
    if (await isDirectory(folder)) return folder
    const reason = messageOf(thrown)
    throw new CodedError(
      'not-writable',
      said("The sample photos can't be copied to {folder}: {reason}", { folder, reason }),
      {
        cause: thrown,
      },
    )
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
  }
  return folder
}

/**
 * Where models are put: everything is collected in `.partial/<id>`, which no list of models looks into, and becomes
 * `<id>` by one rename.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesText } from '../../common/bytes.ts'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import type { Manifest } from '../inference/manifest.ts'
import { partOf, sizeOf } from './download.ts'

/** Where the files of a model are collected. */
export const partialOf = (modelFolder: string, id: string): string => join(modelFolder, '.partial', id)

/** A folder that is not there yet: what somebody has put under the model's name is left alone. */
export const freeFolder = (modelFolder: string, id: string): string => {
  for (let number = 1; ; number++) {
    const folder = join(modelFolder, number === 1 ? id : `${id}-${number}`)
    if (!existsSync(folder)) return folder
  }
}

/** Bytes of the model's files that are there already, whole ones and parts. */
export const keptBytes = async (partial: string, { files }: Manifest): Promise<number> => {
  let sum = 0
  for (const { name, bytes } of files) {
    const file = join(partial, name)
    const size = (await sizeOf(file)) || (await sizeOf(partOf(file)))
    sum += Math.min(size, bytes ?? size)
  }
  return sum
}

/** @throws CodedError disk-full; errors of the file system as they are */
export const prepare = async (partial: string, neededBytes: number): Promise<void> => {
  await mkdir(partial, { recursive: true })
  const disk = await statfs(partial).catch(() => null)
  if (disk === null || disk.blocks === 0) return
  const room = disk.bavail * disk.bsize
  if (neededBytes > room)
    throw new CodedError(
      'disk-full',
      said(
        'The model takes {neededBytes} more and the disk of {partial} has {room} left. Make room and install again.',
        { neededBytes: bytesText(neededBytes), partial, room: bytesText(room) },
      ),
    )
}

/** Writes the manifest and puts the folder in its place; a damaged model that is at `final` makes way. */
export const settle = async (partial: string, final: string, manifest: Manifest): Promise<void> => {
  const handle = await open(join(partial, 'manifest.json'), 'w')
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  const wanted = new Set(['manifest.json', ...manifest.files.map(({ name }) => name)])
  for (const name of await readdir(partial))
    if (!wanted.has(name)) await rm(join(partial, name), { force: true })
  await rm(final, { recursive: true, force: true })
  await rename(partial, final)
}

export const discard = async (partial: string): Promise<void> => {
  await rm(partial, { recursive: true, force: true })
}

/** Copies of images beside the labels. The originals are only read. */
import type { BigIntStats } from 'node:fs'
import { access, constants, copyFile, lstat, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { bytesText } from '../../common/bytes.ts'
import { CodedError } from '../../common/errors.ts'
import { nameOfRendition } from '../../common/rendition.ts'
import { said } from '../../common/said.ts'
import { readOtherTurns } from '../images/other-turns.ts'
import type { CopyType } from '../images/pictures.ts'
import { isNameRefused } from './failures.ts'
import type { PlannedImage, Run } from './run.ts'
import { systemCode } from '../files/system-code.ts'

const typeOf = (name: string): CopyType => {
  if (/\.jpe?g$/i.test(name)) return 'jpeg'
  return /\.webp$/i.test(name) ? 'webp' : 'png'
}

/**
 * Tells a source file from any other that may lie at its path later: frames of a burst have one size, and when they
 * are renumbered the times are close, too.
 */
const stampOf = ({ size, mtimeNs, ino }: BigIntStats) => `${size} ${mtimeNs} ${ino}`

/** File systems keep times to two seconds at worst. */
const isSameTime = (a: bigint, b: bigint) => Math.abs(Number(a - b)) <= 2000

/** What was read of it does not fit what would be copied. */
const CHANGED_MEANWHILE = said('The file has changed while the export ran. Export again.')

/** A time of nanoseconds is cut to milliseconds in one way as a bigint and in another as a number. */
const isAsRead = ({ size, mtimeMs }: BigIntStats, { bytes, modifiedAt }: PlannedImage) =>
  Number(size) === bytes && Math.abs(Number(mtimeMs) - modifiedAt) <= 1

/** Nobody has touched the copy since, and it was made as it would be made now: with the file's own bytes, or anew. */
const isUntouched = async (copy: string, source: BigIntStats, sameBytes: boolean) => {
  const found = await lstat(copy, { bigint: true }).catch(() => null)
  if (!found?.isFile() || found.size === 0n) return false
  return isSameTime(found.mtimeMs, source.mtimeMs) && sameBytes === (found.size === source.size)
}

/** Reading failed, not writing: says so in words, or null. */
const readProblem = async (file: string | null, thrown: unknown): Promise<string | null> => {
  if (thrown instanceof CodedError && thrown.code === 'image-unreadable') return thrown.message
  if (file === null) return null
  const code = await access(file, constants.R_OK).then(() => null, systemCode)
  if (code === 'ENOENT') return said('The file is no longer there.')
  if (code !== null) return said('No permission to read the file.')
  return systemCode(thrown) === 'EIO' ? said("The file can't be read from its disk.") : null
}

/**
 * Stages a copy of an image at `path`, or keeps the one of the export before when the file has not changed. Answers
 * why not in words when this image can't be copied.
 * @throws errors of the file system as they are, when nothing can be written
 */
export const copyImage = async (
  { output, source: project }: Run,
  image: PlannedImage,
  path: string,
  convert: boolean,
): Promise<string | null> => {
  let file: string | null = null
  try {
    file = await project.fileOf(image)
    const source = await stat(file, { bigint: true })
    if (!isAsRead(source, image)) return CHANGED_MEANWHILE
    const stamp = stampOf(source)
    const shown = nameOfRendition(image.rendition)
    const made = shown === '' ? stamp : `${stamp} ${shown}`
    const earlier = output.earlier(path)
    const isSame = earlier !== null && output.earlierSource(path) === made
    output.madeFrom(path, made)
    const anew = convert || (await readOtherTurns(file))
    if (isSame && (await isUntouched(earlier, source, !anew))) {
      output.keep(path)
      return null
    }
    const target = await output.stage(path)
    // A copy of its own, never a hard link: a trainer that rewrites it must not reach the original.
    // One written anew has no turn of EXIF or XMP, which some trainers follow and some do not.
    if (anew) await writeFile(target, await project.encodeUpright(file, typeOf(path), image.rendition))
    else await copyFile(file, target, constants.COPYFILE_FICLONE)
    const after = await stat(file, { bigint: true })
    if (stampOf(after) !== stamp) {
      await output.drop(path)
      return CHANGED_MEANWHILE
    }
    await utimes(target, source.atime, source.mtime).catch(() => null)
    return null
  } catch (thrown) {
    const problem = isNameRefused(thrown)
      ? said('The disk of the export does not take a file of this name.')
      : await readProblem(file, thrown)
    if (problem === null) throw thrown
    await output.drop(path)
    return problem
  }
}

/** True when the disk can share blocks between the original and its copy, so that copies take no room. */
const canShare = async ({ output, source }: Run, image: PlannedImage) => {
  const file = await source.fileOf(image).catch(() => null)
  if (file === null) return false
  const probe = await output.stage('probe')
  const shared = await copyFile(file, probe, constants.COPYFILE_FICLONE_FORCE).then(
    () => true,
    () => false,
  )
  await output.drop('probe')
  return shared
}

/**
 * Refuses before the first copy when the disk has not the room for these images.
 * @throws CodedError disk-full
 */
export const checkRoom = async (run: Run, images: readonly PlannedImage[]): Promise<void> => {
  const disk = await statfs(run.output.out).catch(() => null)
  const first = images[0]
  if (!disk || disk.blocks === 0 || !first) return
  const room = disk.bavail * disk.bsize
  const needed = images.reduce((sum, image) => sum + image.bytes, 0)
  if (needed <= room || (await canShare(run, first))) return
  throw new CodedError(
    'disk-full',
    said(
      'The images take {needed} and the disk of {out} has {room} left: {missing} are missing. Make room, choose another disk, or export without images. Nothing was changed.',
      {
        needed: bytesText(needed),
        out: run.output.out,
        room: bytesText(room),
        missing: bytesText(needed - room),
      },
    ),
  )
}

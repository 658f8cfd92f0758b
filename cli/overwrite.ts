/** What a command may write over: nothing that it read, and no file that is not of the kind it writes. */
import { open, stat } from 'node:fs/promises'
import { CodedError } from '../common/errors.ts'
import { isMaskPicture } from '../core/images/mask-picture.ts'

const HEAD_BYTES = 64

const headOf = async (file: string): Promise<Buffer> => {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/**
 * Refuses a file that is there already, unless it is a mask of an earlier run.
 * @param read what the command reads; links and other names of the same file are found
 * @throws CodedError conflict
 */
export const checkMaskTarget = async (target: string, read: string): Promise<void> => {
  const there = await stat(target, { bigint: true }).catch(() => null)
  if (there === null) return
  const image = await stat(read, { bigint: true }).catch(() => null)
  const goOn = 'Choose another name, or say --force.'
  if (image !== null && image.dev === there.dev && image.ino === there.ino)
    throw new CodedError('conflict', `${target} is the image itself: its mask would replace it. ${goOn}`)
  if (!there.isFile())
    throw new CodedError('conflict', `${target} is there and is no file. Choose another name.`)
  const head = await headOf(target).catch(() => null)
  if (head === null || !isMaskPicture(head))
    throw new CodedError('conflict', `${target} is there already and is no mask of Maskwright. ${goOn}`)
}

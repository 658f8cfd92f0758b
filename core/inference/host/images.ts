/**
 * What the host knows of image files: name by content, upright size, pixels. Reads a file again only when it has
 * changed on disk.
 */
import { createHash } from 'node:crypto'
import { statSync, type Stats } from 'node:fs'
import { CodedError } from '../../../common/errors.ts'
import type { UprightImage } from '../../images/decode.ts'
import { createGuardedDecode, type GuardedDecode } from '../../images/decoder/guarded.ts'
import { probeImage, readImageFile } from '../../images/read-file.ts'
import type { Rendition } from '../../../common/rendition.ts'
import { said } from '../../../common/said.ts'
import type { Refusals } from '../../images/refusals.ts'
import { modifiedAtOf } from '../../files/facts.ts'
import type { InferenceImage } from '../image.ts'

/** sha256 of the file's bytes, hex; names the embeddings of that content wherever the file lies. */
export const contentHashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface KnownImage {
  readonly contentHash: string
  /** Upright. */
  readonly width: number
  readonly height: number
}

export interface Images {
  /** @throws CodedError image-unreadable */
  identify(image: InferenceImage): Promise<KnownImage>
  /**
   * The pixels of `known`.
   * @returns null when the file holds something else than `known` says; `identify` has the truth from then on
   * @throws CodedError image-unreadable
   */
  decode(image: InferenceImage, known: KnownImage): Promise<UprightImage | null>
}

/** In this thread, which has nothing else to do: through the thread pool it takes ten times as long, and each click waits. */
const statOf = (file: string): Stats => {
  try {
    return statSync(file)
  } catch (thrown) {
    throw new CodedError('image-unreadable', said('The file is no longer there.'), { cause: thrown })
  }
}

const stampOf = ({ size, mtimeMs }: Stats) => `${size} ${mtimeMs}`

/** What the project knows of this very file; nothing when the file was written since. */
const storedOf = ({ contentHash, read }: InferenceImage, stats: Stats) => {
  if (read?.bytes !== stats.size || read.modifiedAt !== modifiedAtOf(stats))
    return { contentHash: null, size: null }
  const { width, height } = read
  return { contentHash, size: width === null || height === null ? null : { width, height } }
}

/** How many files are remembered; each takes some hundred bytes. */
const REMEMBERED = 10_000

/** The pixels; a file that can't be decoded is not tried again until it changes. */
const decodeOnce = async (
  decode: GuardedDecode,
  file: string,
  rendition: Rendition | null,
  bytes: Buffer,
  refusals: Refusals,
): Promise<UprightImage> => {
  const reason = await refusals.reasonOf(file)
  if (reason !== null) throw new CodedError('image-unreadable', reason)
  try {
    return await decode(bytes, rendition)
  } catch (thrown) {
    if (thrown instanceof CodedError) await refusals.remember(file, thrown.message)
    throw thrown
  }
}

/** @param refusals what is known of files that can't be decoded */
export const createImages = (refusals: Refusals): Images => {
  const known = new Map<string, KnownImage & { stamp: string }>()
  const decode = createGuardedDecode()
  return {
    async identify(asked) {
      const { file } = asked
      const stats = statOf(file)
      const stamp = stampOf(stats)
      const found = known.get(file)
      if (found?.stamp === stamp) return found
      const stored = storedOf(asked, stats)
      const { width, height } = stored.size ?? (await probeImage(file))
      const contentHash = stored.contentHash ?? contentHashOf(await readImageFile(file))
      const image = { stamp, width, height, contentHash }
      if (known.size >= REMEMBERED) known.clear()
      known.set(file, image)
      return image
    },
    async decode({ file, rendition = null }, expected) {
      const stamp = stampOf(statOf(file))
      const bytes = await readImageFile(file)
      const { rgb, ...size } = await decodeOnce(decode, file, rendition, bytes, refusals)
      const found: KnownImage = { contentHash: contentHashOf(bytes), width: size.width, height: size.height }
      const same =
        found.contentHash === expected.contentHash &&
        found.width === expected.width &&
        found.height === expected.height
      if (same) return { ...size, rgb }
      known.set(file, { stamp, ...found })
      return null
    },
  }
}

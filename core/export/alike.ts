/** Which images of an export are of the same picture: the same bytes, and on request nearly the same look. */
import { Transformer } from '@napi-rs/image'
import { hasCode } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { hashFile } from '../files/hash.ts'
import type { PlannedImage, Run } from './run.ts'
import type { ExportSource } from './source.ts'
import { fingerprintOf, nearPairs, type Fingerprint } from './split/likeness.ts'

const AT_ONCE = 8

/** What finding them needs of a run. */
export interface Looking extends Pick<Run, 'check' | 'expect' | 'advance'> {
  readonly source: Pick<ExportSource, 'fileOf' | 'thumbnail'>
}

type File = Pick<PlannedImage, 'id' | 'path' | 'bytes'>

/** `work` for each, a few at once, until the export is cancelled. */
const forEach = async <T>(
  run: Looking,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> => {
  for (let start = 0; start < all.length; start += AT_ONCE) {
    run.check()
    await Promise.all(all.slice(start, start + AT_ONCE).map(work))
  }
}

/** Images that share their number of bytes with another: only they can be copies. */
const sharingSize = (images: readonly File[]): File[] => {
  const counts = new Map<number, number>()
  for (const { bytes } of images) counts.set(bytes, (counts.get(bytes) ?? 0) + 1)
  return images.filter(({ bytes }) => counts.get(bytes)! > 1)
}

/** Null when the file can't be read or shown: nothing is known of its look then. */
export const fingerprint = async (
  { source }: Pick<Looking, 'source'>,
  image: Pick<File, 'path'>,
): Promise<Fingerprint | null> => {
  try {
    const thumbnail = await source.thumbnail(image)
    const { width, height } = await new Transformer(thumbnail).metadata()
    const pixels = await new Transformer(thumbnail).rawPixels()
    return fingerprintOf(pixels, width, height, pixels.length / (width * height))
  } catch (thrown) {
    if (hasCode(thrown, 'cancelled')) throw thrown
    return null
  }
}

export interface Alike {
  /** What each image has in common with others, by its id. */
  readonly likeness: ReadonlyMap<number, readonly string[]>
  /** For the report; none when nothing is alike. */
  readonly notes: readonly string[]
}

/** Finds copies, and with `similar` what looks nearly the same. */
export const findAlike = async (run: Looking, images: readonly File[], similar: boolean): Promise<Alike> => {
  const likeness = new Map<number, string[]>()
  const add = (id: number, text: string) => likeness.set(id, [...(likeness.get(id) ?? []), text])
  const notes: string[] = []

  const hashes = new Map<string, number>()
  await forEach(run, sharingSize(images), async (image) => {
    const file = await run.source.fileOf(image).catch(() => null)
    const hash = file === null ? null : await hashFile(file).catch(() => null)
    if (hash === null) return
    hashes.set(hash, (hashes.get(hash) ?? 0) + 1)
    add(image.id, hash)
  })
  const copies = [...hashes.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0)
  if (copies > 0)
    notes.push(
      said('{copies, number} images are copies of one another, byte by byte; copies are kept on one side.', {
        copies,
      }),
    )

  if (similar) {
    const prints = new Map<number, Fingerprint | null>()
    run.expect(2 * images.length)
    await forEach(run, images, async (image) => {
      prints.set(image.id, await fingerprint(run, image))
      run.advance(said('Comparing pictures'))
    })
    const pairs = nearPairs(images.map(({ id }) => prints.get(id) ?? null))
    const near = new Set<number>()
    for (const [a, b] of pairs) {
      for (const index of [a, b]) {
        add(images[index]!.id, `near ${a} ${b}`)
        near.add(index)
      }
    }
    if (near.size > 0)
      notes.push(
        said('{size, number} images look nearly like another one; those are kept on one side.', {
          size: near.size,
        }),
      )
  }
  return { likeness, notes }
}

/** Which image of the project the name in a label file means. Pure. */
import { maxOf } from '../../common/extremes.ts'
import { shortened } from '../../common/printable.ts'

const normalised = (path: string) => path.replaceAll('\\', '/').normalize('NFC')

const withoutExtension = (path: string) => path.replace(/\.[^./]*$/, '')

const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** How many names two paths share, counted from the end. */
const sharedTail = (a: string, b: string) => {
  const [one, two] = [a.split('/').reverse(), b.split('/').reverse()]
  const different = one.findIndex((name, index) => name !== two[index])
  return different === -1 ? one.length : different
}

export type FoundImage<T> = { readonly image: T } | { readonly problem: string }

/**
 * Finds images by the names that detectors give them: the path, the path without its extension, the end of it when
 * only one image has that (labels/train/a.txt is train/a.jpg), or a number without its leading zeros (COCO's ids).
 */
export const createImageFinder = <T extends { readonly path: string }>(images: readonly T[]) => {
  const byPath = new Map<string, T[]>()
  const byStem = new Map<string, T[]>()
  const add = (map: Map<string, T[]>, key: string, image: T) => {
    const known = map.get(key)
    if (known) known.push(image)
    else map.set(key, [image])
  }
  const numberOf = (stem: string) => (/^\d+$/.test(stem) ? `#${stem.replace(/^0+(?=\d)/, '')}` : null)
  for (const image of images) {
    const path = normalised(image.path)
    add(byPath, path, image)
    const bare = withoutExtension(path)
    const stem = stemOf(bare)
    for (const key of new Set([stem, stemOf(path), numberOf(stem)])) if (key !== null) add(byStem, key, image)
  }

  return (given: string): FoundImage<T> => {
    const name = normalised(given).replace(/^(\.?\/)+/, '')
    const exact = byPath.get(name)?.[0]
    if (exact) return { image: exact }
    const stem = stemOf(name)
    // A stem may hold a dot itself: the whole name first, then without what may be an extension.
    const candidates =
      byStem.get(stem) ?? byStem.get(withoutExtension(stem)) ?? byStem.get(numberOf(stem) ?? '') ?? []
    const bare = byStem.has(stem) ? name : withoutExtension(name)
    const tails = candidates.map((image) => {
      const path = normalised(image.path)
      return Math.max(sharedTail(path, name), sharedTail(withoutExtension(path), bare))
    })
    const longest = maxOf(tails)
    const best = candidates.filter((_, index) => tails[index] === longest)
    if (best.length > 1)
      return {
        problem: `${best.length} images are called ${shortened(stem)}: ${shortened(given)} may be any of them.`,
      }
    return best[0]
      ? { image: best[0] }
      : { problem: `There is no image called ${shortened(given)} in the project.` }
  }
}

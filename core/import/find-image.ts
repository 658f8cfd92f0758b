/** Which image of the project the name in a label file means. Pure. */
import { maxOf } from '../../common/extremes.ts'
import { shortened } from '../../common/printable.ts'
import { said } from '../../common/said.ts'
import { formsOfName, normalised, stemOf, withoutExtension } from './name-forms.ts'

/** How many names two paths share, counted from the end. */
const sharedTail = (a: string, b: string) => {
  const [one, two] = [a.split('/').reverse(), b.split('/').reverse()]
  const different = one.findIndex((name, index) => name !== two[index])
  return different === -1 ? one.length : different
}

export type FoundImage<T> = { readonly image: T } | { readonly problem: string }

const folded = (path: string) => path.toLowerCase()

const same = (path: string) => path

/** Images by their paths and by the last names of these, as `fold` makes them. */
const createIndex = <T extends { readonly path: string }>(
  images: readonly T[],
  fold: (path: string) => string,
) => {
  const byPath = new Map<string, T[]>()
  const byStem = new Map<string, T[]>()
  const add = (map: Map<string, T[]>, key: string, image: T) => {
    const known = map.get(key)
    if (known) known.push(image)
    else map.set(key, [image])
  }
  const pathOf = (image: T) => fold(normalised(image.path))
  for (const image of images) {
    const path = pathOf(image)
    add(byPath, path, image)
    for (const key of new Set([stemOf(withoutExtension(path)), stemOf(path)])) add(byStem, key, image)
  }
  /** Those that the name may mean: one when it is clear. */
  return (given: string): readonly T[] => {
    const name = fold(given)
    const exact = byPath.get(name)
    if (exact?.length === 1) return exact
    const stem = stemOf(name)
    // A stem may hold a dot itself: the whole name first, then without what may be an extension.
    const candidates = byStem.get(stem) ?? byStem.get(withoutExtension(stem)) ?? []
    const bare = byStem.has(stem) ? name : withoutExtension(name)
    const tails = candidates.map((image) => {
      const path = pathOf(image)
      return Math.max(sharedTail(path, name), sharedTail(withoutExtension(path), bare))
    })
    const longest = maxOf(tails)
    return candidates.filter((_, index) => tails[index] === longest)
  }
}

const numberOf = (stem: string) => (/^\d+$/.test(stem) ? stem.replace(/^0+(?=\d)/, '') : null)

/**
 * Finds images by the names that label files give them: the path, the path without its extension, the end of it when
 * only one image has that (labels/train/a.txt is train/a.jpg), the forms of `formsOfName`, all these in other case;
 * and where the file has numbers for want of names, a number without its leading zeros (COCO's ids).
 */
export const createImageFinder = <T extends { readonly path: string }>(images: readonly T[]) => {
  const indexes = [createIndex(images, same), createIndex(images, folded)]
  const byNumber = new Map<string, T[]>()
  for (const image of images) {
    const number = numberOf(stemOf(withoutExtension(normalised(image.path))))
    if (number !== null) byNumber.set(number, [...(byNumber.get(number) ?? []), image])
  }

  return (given: string, isNumber = false): FoundImage<T> => {
    let several: readonly T[] = []
    const forms = formsOfName(given)
    for (const find of indexes)
      for (const form of forms) {
        const found = find(form)
        if (found.length === 1) return { image: found[0]! }
        if (several.length === 0) several = found
      }
    const number = isNumber ? numberOf(given) : null
    const numbered = number === null ? [] : (byNumber.get(number) ?? [])
    if (several.length === 0 && numbered.length === 1) return { image: numbered[0]! }
    const count = Math.max(several.length, numbered.length)
    return count > 1
      ? {
          problem: said('{count, number} images are called {form}: {given} may be any of them.', {
            count,
            form: shortened(stemOf(forms[0]!)),
            given: shortened(given),
          }),
        }
      : { problem: said('There is no image called {given} in the project.', { given: shortened(given) }) }
  }
}

/** Tags of an image: a short list of words, each once, in the order of their letters. Pure. */
import { limits } from './limits.ts'

const keyOf = (tag: string) => tag.toLocaleLowerCase()

/** A tag as it is stored: without the blanks around it, and without quotes, which a filter could not say; '' is none. */
export const cleanTag = (text: string): string =>
  text.normalize('NFC').replaceAll('"', '').replaceAll(/\s+/g, ' ').trim().slice(0, limits.tag).trim()

/**
 * The tags with one more. Upper and lower case are the same tag; one that is known is written as it was.
 * @param known tags of the project
 */
export const withTag = (tags: readonly string[], text: string, known: readonly string[] = []): string[] => {
  const tag = cleanTag(text)
  const same = (other: string) => keyOf(other) === keyOf(tag)
  if (tag === '' || tags.some(same) || tags.length >= limits.tagsOfImage) return [...tags]
  return [...tags, known.find(same) ?? tag].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

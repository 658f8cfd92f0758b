/**
 * What files say of objects and images beside class and shape, made such that a project can hold it: attributes, group and
 * track; tags and a flag. All of it may be anybody's: names, lengths and counts are held against the limits. Pure.
 */
import { limits } from '../../common/limits.ts'
import type { Annotation } from '../../common/model.ts'
import { cleanTag, withTag } from '../../common/tags.ts'
import { said } from '../../common/said.ts'

/** Of an object; what is absent the file does not say. */
export interface ReadExtras {
  readonly attributes?: Annotation['attributes']
  readonly groupId?: number | null
  readonly trackId?: number | null
}

/** Of an image. */
export interface ReadMarks {
  readonly tags: readonly string[]
  readonly flag: string | null
}

/** Controls, halves of letters, and marks that turn the direction of text; line ends stay in texts. */
const unfit = /[^\P{Cc}\n]|[\p{Cs}\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const cut = (text: string, length: number) => text.slice(0, length).replace(/[\ud800-\udbff]$/, '')

const cleanText = (text: string, length: number) => cut(text.normalize('NFC').replace(unfit, ' '), length)

const cleanName = (name: string) =>
  cut(
    cleanText(name, 10 * limits.attributeName)
      .replace(/\s+/g, ' ')
      .trim(),
    limits.attributeName,
  ).trim()

/** A name that is none to an object of JavaScript. */
const RESERVED = '__proto__'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface ReadAttributes {
  readonly attributes: Annotation['attributes']
  /** What of them is left out, as a sentence; null when nothing is. */
  readonly lost: string | null
}

/** Of an object of names and values; values that say nothing (null) are none. */
export const readAttributes = (value: unknown): ReadAttributes => {
  if (value === undefined || value === null) return { attributes: {}, lost: null }
  if (!isRecord(value)) return { attributes: {}, lost: said('Its attributes are no names with values.') }
  const attributes: Record<string, string | number | boolean> = {}
  let [count, lost, shortened] = [0, 0, 0]
  for (const [given, one] of Object.entries(value)) {
    if (one === null || one === undefined) continue
    const name = cleanName(given)
    const isPlain = typeof one === 'string' || typeof one === 'boolean' || Number.isFinite(one)
    if (
      name === '' ||
      name === RESERVED ||
      !isPlain ||
      Object.hasOwn(attributes, name) ||
      count >= limits.attributes
    ) {
      lost++
      continue
    }
    const text = typeof one === 'string' ? cleanText(one, limits.attributeText) : null
    if (text !== null && (one as string).length > limits.attributeText) shortened++
    attributes[name] = text ?? (one as number | boolean)
    count++
  }
  const losses = [
    ...(lost === 0
      ? []
      : [said('Attributes without a name, or that are no text, number or yes and no, are left out.')]),
    ...(shortened === 0
      ? []
      : [
          said('Texts of attributes are cut after {attributeText, number} characters.', {
            attributeText: limits.attributeText,
          }),
        ]),
  ]
  return { attributes, lost: losses.length === 0 ? null : losses.join(' ') }
}

/** The number of a group or a track; null when it is none. */
export const readNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  return Number.isInteger(number) && (number as number) >= 0 && (number as number) <= limits.group
    ? (number as number)
    : null
}

/** Of fields that may hold anything; null when they say nothing. */
export const readMarks = (tags: unknown, flag: unknown): ReadMarks | null => {
  const list = Array.isArray(tags) ? tags.slice(0, 10 * limits.tagsOfImage) : []
  const clean = list.reduce<string[]>(
    (known, tag) =>
      typeof tag === 'string' ? withTag(known, cleanTag(cleanText(tag, 10 * limits.tag))) : known,
    [],
  )
  const note = typeof flag === 'string' ? cleanText(flag, limits.note).trim() : null
  return clean.length === 0 && note === null ? null : { tags: clean, flag: note }
}

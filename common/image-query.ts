/**
 * The language of the image list: one line of text that says which images are meant, in the window and in the terminal.
 * Terms with blanks between them must all be true; a minus before a term turns it round; quotes hold blanks together.
 *
 *     status:todo class:cat -class:dog attr:occluded=yes score:<0.8 objects:>20 size:>4mp name:warehouse* tag:night
 */

import { sideSchema, type Side } from './model.ts'
import { filled, msg, type TextValues } from './said.ts'

type Comparison = '<' | '<=' | '>' | '>=' | '='

/** working: to do, and begun. proposed: something is suggested on it that nobody has accepted yet. */
export const imageStates = [
  'todo',
  'working',
  'done',
  'labelled',
  'unlabelled',
  'flagged',
  'reviewed',
  'proposed',
  'problem',
] as const
export type ImageState = (typeof imageStates)[number]

export const imageSides: readonly (Side | 'none')[] = [...sideSchema.options, 'none']

/** What an image must be; patterns may hold `*` for anything, and are compared without regard to case. */
export type Condition =
  /** A part of the path. */
  | { readonly key: 'path'; readonly text: string }
  /** name: the file's, a part of it where the pattern has no star; folder: one of those that it lies in. */
  | { readonly key: 'name' | 'folder' | 'class' | 'by' | 'tag' | 'task'; readonly pattern: string }
  | { readonly key: 'status'; readonly state: ImageState }
  /** What it is for; none: it was not divided. */
  | { readonly key: 'split'; readonly side: Side | 'none' }
  /** objects: their number; score: of one of them, 0..1; size: pixels; changed: milliseconds since the last edit. */
  | {
      readonly key: 'objects' | 'score' | 'size' | 'changed'
      readonly comparison: Comparison
      readonly value: number
    }
  | AttributeCondition
  /** An object of the group, or of the thing that was followed; any: of one at all. */
  | { readonly key: 'group' | 'track'; readonly number: number | 'any' }

/** An object has the attribute; with a comparison, and such a value. */
export interface AttributeCondition {
  readonly key: 'attr'
  readonly name: string
  readonly is: { readonly comparison: Comparison; readonly value: string } | null
}

export interface Term {
  readonly condition: Condition
  readonly negated: boolean
}

/** A key as it is offered while somebody types. */
interface Key {
  /** What it means, for the list of completions; with {values} where only some can be meant. */
  readonly note: string
  /** A value as somebody might write it. */
  readonly example: string
  /** @returns null when the value is none */
  readonly read: (value: string) => Condition | null
}

/** '<7d' -> '<' and '7d'; without a sign it is `=`. */
const splitComparison = (value: string): [Comparison, string] => {
  const sign = /^(<=|>=|<|>|=)/.exec(value)?.[1]
  return sign === undefined ? ['=', value] : [sign as Comparison, value.slice(sign.length)]
}

/** @param units what a number counts by what is written behind it; '' when nothing is */
const readNumber = (
  key: 'objects' | 'score' | 'size' | 'changed',
  value: string,
  units: Readonly<Record<string, number>>,
): Condition | null => {
  const [comparison, rest] = splitComparison(value)
  const [, digits, unit] = /^(\d+(?:\.\d+)?|\.\d+)([a-z%]*)$/i.exec(rest) ?? []
  const factor = unit === undefined ? undefined : units[unit.toLowerCase()]
  if (digits === undefined || factor === undefined) return null
  return { key, comparison, value: Number(digits) * factor }
}

const HOUR = 3_600_000

const readPattern =
  (key: 'name' | 'folder' | 'class' | 'by' | 'tag' | 'task') =>
  (value: string): Condition | null =>
    value === '' ? null : { key, pattern: value }

/** 'speed>=50' -> its name, the sign and the value; a name alone asks whether there is one. */
const readAttribute = (value: string): Condition | null => {
  const [, name = '', comparison, text = ''] = /^([^<>=]+)(?:(<=|>=|<|>|=)(.+))?$/s.exec(value) ?? []
  if (name.trim() === '') return null
  return {
    key: 'attr',
    name: name.trim(),
    is: comparison === undefined ? null : { comparison: comparison as Comparison, value: text.trim() },
  }
}

const readLink =
  (key: 'group' | 'track') =>
  (value: string): Condition | null => {
    if (value.toLowerCase() === 'any') return { key, number: 'any' }
    return /^\d{1,10}$/.test(value) ? { key, number: Number(value) } : null
  }

export const queryKeys = {
  status: {
    note: msg('state: {values}'),
    example: 'todo',
    read: (value) => {
      const state = imageStates.find((one) => one === value.toLowerCase())
      return state === undefined ? null : { key: 'status', state }
    },
  },
  split: {
    note: msg('what it is for: {values}'),
    example: 'val',
    read: (value) => {
      const side = imageSides.find((one) => one === value.toLowerCase())
      return side === undefined ? null : { key: 'split', side }
    },
  },
  class: { note: msg('has an object of the class'), example: 'cat', read: readPattern('class') },
  tag: { note: msg('has the tag'), example: 'night', read: readPattern('tag') },
  attr: {
    note: msg('an object has the attribute, or that value of it'),
    example: 'occluded=yes',
    read: readAttribute,
  },
  group: { note: msg('an object of the group; any: of some group'), example: '3', read: readLink('group') },
  track: { note: msg('an object of the track; any: of some track'), example: '7', read: readLink('track') },
  objects: {
    note: msg('number of objects'),
    example: '>20',
    read: (value) => readNumber('objects', value, { '': 1 }),
  },
  score: {
    note: msg('an object with such a score, 0 to 1'),
    example: '<0.8',
    read: (value) => readNumber('score', value, { '': 1, '%': 0.01 }),
  },
  name: { note: msg('name of the file; * is anything'), example: 'IMG_*', read: readPattern('name') },
  folder: { note: msg('name of a folder; * is anything'), example: 'train', read: readPattern('folder') },
  size: {
    note: msg('pixels, in megapixels'),
    example: '>4mp',
    read: (value) => readNumber('size', value, { '': 1, mp: 1e6 }),
  },
  changed: {
    note: msg('time since the last change: h, d, w'),
    example: '<7d',
    read: (value) => readNumber('changed', value, { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR }),
  },
  by: { note: msg('somebody who labelled in it'), example: 'anna', read: readPattern('by') },
  task: { note: msg('somebody whose task it is'), example: 'anna', read: readPattern('task') },
} as const satisfies Record<string, Key>

/** What a key means, in English, with the values that can be meant. */
export const meaningOf = (key: string): string => {
  const values = (key === 'status' ? imageStates : imageSides).join(', ')
  return Object.hasOwn(queryKeys, key)
    ? filled(queryKeys[key as keyof typeof queryKeys].note, { values })
    : ''
}

const isKey = (word: string): word is keyof typeof queryKeys => Object.hasOwn(queryKeys, word)

/** A term as it stands in the text. */
export interface WrittenTerm {
  /** Where it begins and ends, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /** Without its quotes. */
  readonly text: string
  /** It begins with a quote: no key is meant. */
  readonly quoted: boolean
}

/** More than anybody writes; each is a condition of one statement. */
const MOST_TERMS = 50

/** The words of a query; a quote that is not closed reaches to the end. */
export const splitQuery = (text: string): WrittenTerm[] =>
  [...text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    text: match[0].replaceAll('"', ''),
    quoted: match[0].startsWith('"') || match[0].startsWith('-"'),
  }))

/** Why a query can't be read. */
interface QueryProblem {
  /** In English. */
  readonly problem: string
  /** The same for the catalogue. */
  readonly key: string
  readonly values: TextValues
}

const problemOf = (key: string, values: TextValues): QueryProblem => ({
  problem: filled(key, values),
  key,
  values,
})

const readTerm = ({ text, quoted }: WrittenTerm): Term | QueryProblem => {
  const negated = text.startsWith('-') && text.length > 1
  const word = negated ? text.slice(1) : text
  const [, key, value] = quoted ? [] : (/^([a-z]+):(.*)$/is.exec(word) ?? [])
  if (key === undefined || value === undefined) return { condition: { key: 'path', text: word }, negated }
  const known = key.toLowerCase()
  if (!isKey(known))
    return problemOf(msg('There is no “{word}:”; there are {keys}. A name with a colon goes into quotes.'), {
      word: key,
      keys: Object.keys(queryKeys).join(', '),
    })
  const { read, example }: Key = queryKeys[known]
  const condition = read(value)
  return condition === null
    ? problemOf(msg('“{word}:” wants something like {example}.'), {
        word: known,
        example: `${known}:${example}`,
      })
    : { condition, negated }
}

export type ParsedQuery = { readonly terms: readonly Term[] } | QueryProblem

/** Reads a query. An empty one has no terms and means every image. */
export const parseQuery = (text: string): ParsedQuery => {
  const written = splitQuery(text)
  if (written.length > MOST_TERMS)
    return problemOf(msg('A filter has at most {count} words.'), { count: MOST_TERMS })
  const terms: Term[] = []
  for (const one of written) {
    const term = readTerm(one)
    if ('problem' in term) return term
    terms.push(term)
  }
  return { terms }
}

/** Can it become true or false of an image while the list is shown? Where its file lies and whose it is can not. */
export const isAboutContents = ({ condition: { key } }: Term): boolean =>
  key !== 'path' && key !== 'name' && key !== 'folder' && key !== 'size' && key !== 'task'

/** Can an image come into the list of a filter's text, or leave it, by the clock alone? */
export const changesByItself = (text: string): boolean => {
  const parsed = parseQuery(text)
  return 'terms' in parsed && parsed.terms.some(({ condition }) => condition.key === 'changed')
}

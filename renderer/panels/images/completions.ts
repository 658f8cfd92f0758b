/** What can be meant while a filter is typed: keys, states and classes that go on from the word at the caret. Pure. */
import { imageSides, imageStates, queryKeys, splitQuery } from '../../../common/image-query.ts'
import type { Label } from '../../../common/model.ts'
import { t } from '../../texts/t.ts'

export interface Completion {
  /** Takes the place of the word. */
  readonly text: string
  /** What it means, in a few words; '' when the text says it. */
  readonly note: string
  /** The word is whole with it: a blank follows. */
  readonly whole: boolean
}

export interface Completions {
  /** The word's place in the text, UTF-16 units. */
  readonly from: number
  readonly to: number
  readonly items: readonly Completion[]
}

/** All keys, and as many classes as are read at a glance. */
const MOST = 18

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value)

/** By their keys: what the project has, as its classes and tags. */
export type Known = Readonly<Partial<Record<keyof typeof queryKeys, readonly string[]>>>

const fixed: Known = { status: imageStates, split: imageSides }

const valuesOf = (key: string, known: Known): readonly string[] =>
  Object.entries({ ...known, ...fixed }).find(([name]) => name === key)?.[1] ?? []

/** What a key means, with its values or an example. */
const noteOf = (name: string, { note, example }: { note: string; example: string }): string => {
  const values = valuesOf(name, {}).join(', ')
  return values === ''
    ? t('{note}, as {example}', { note: t(note), example: `${name}:${example}` })
    : t(note, { values })
}

/** What can be asked of attributes: each by itself, then each of its values. */
export const attributeWords = (labels: readonly Pick<Label, 'attributes'>[]): string[] => {
  const all = labels.flatMap(({ attributes }) => attributes)
  const words = all.flatMap(({ name, type, choices }) => {
    const values = type === 'yes-no' ? ['yes', 'no'] : choices
    return [name, ...values.map((value) => `${name}=${value}`)]
  })
  return [...new Set(words)]
}

/** Null when nothing goes on from the word. */
export const completionsOf = (text: string, caret: number, known: Known): Completions | null => {
  const nothing = { from: 0, to: 0, text: '', quoted: false }
  const term = text === '' ? nothing : splitQuery(text).find(({ from, to }) => from < caret && caret <= to)
  if (term === undefined || term.quoted) return null
  const sign = term.text.startsWith('-') ? '-' : ''
  const word = term.text.slice(sign.length)
  const [, key, value] = /^([a-z]+):(.*)$/is.exec(word) ?? []
  const begins = (whole: string, part: string) => whole.toLowerCase().startsWith(part.toLowerCase())
  const items: Completion[] =
    key === undefined || value === undefined
      ? Object.entries(queryKeys)
          .filter(([name]) => (text === '' || word !== '') && begins(name, word))
          .map(([name, key]) => ({ text: `${sign}${name}:`, note: noteOf(name, key), whole: false }))
      : valuesOf(key.toLowerCase(), known)
          .filter((name) => begins(name, value) && name !== value)
          .map((name) => ({ text: `${sign}${key}:${quoted(name)}`, note: '', whole: true }))
  return items.length === 0 ? null : { from: term.from, to: term.to, items: items.slice(0, MOST) }
}

/** The text with the word completed, and where the caret is then. */
export const complete = (
  text: string,
  { from, to }: Completions,
  { text: word, whole }: Completion,
): { readonly text: string; readonly caret: number } => {
  const rest = text.slice(to)
  const written = whole && !rest.startsWith(' ') ? `${word} ` : word
  return { text: text.slice(0, from) + written + rest, caret: from + written.length }
}

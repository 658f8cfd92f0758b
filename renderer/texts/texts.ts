/** Texts of one language by their English keys, its numbers and its dates. Pure: which language is active, `t.ts` says. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Language } from '../../common/languages.ts'
import type { TextValues } from '../../common/said.ts'
import { createEar } from './ear.ts'
import type { NumberOf } from './sizes.ts'

/** English sentence -> the sentence of another language, both in ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>

/** The files of a language by their names, './core-files.json': a file a room. */
export type Rooms = Readonly<Record<string, Catalogue>>

/** One catalogue of all rooms. */
export const joinRooms = (rooms: Rooms): Catalogue => Object.assign({}, ...Object.values(rooms)) as Catalogue

/** The keys of what the core says: those of the rooms that are called after it. */
export const sentencesIn = (rooms: Rooms): string[] =>
  Object.entries(rooms).flatMap(([file, texts]) => (file.startsWith('./core-') ? Object.keys(texts) : []))

/** For `Intl`. English dates are written day first, its numbers are the same everywhere. */
const locales: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  zh: 'zh-CN',
  ja: 'ja-JP',
}

export interface Texts {
  readonly language: Language
  /** The locale for `Intl`. */
  readonly locale: string
  /** The text under a key; one that the catalogue lacks is English. Without values it is taken as it is, braces and all. */
  text(key: string, values?: TextValues): string
  /** The text in pieces, where a value is something else than a text. */
  pieces<T>(key: string, values: Readonly<Record<string, T>>): readonly (string | T)[]
  /** What the core said in English; what is not known stays as it is. */
  heard(text: string): string
  readonly number: NumberOf
  date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat
  relative(): Intl.RelativeTimeFormat
}

/** Makes each thing once. */
const once = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new Map<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/**
 * @param catalogue empty for English
 * @param sentences keys of what the core says
 */
export const createTexts = (
  language: Language,
  catalogue: Catalogue,
  sentences: readonly string[] = [],
): Texts => {
  const locale = locales[language]
  const find = (key: string) => (Object.hasOwn(catalogue, key) ? catalogue[key]! : key)
  // A message is parsed when it is first said; without tags, so that '<' is a letter as any other.
  const compiled = once(
    (key: string) => new IntlMessageFormat(find(key), locale, undefined, { ignoreTag: true }),
  )
  const number = once((options: string) => new Intl.NumberFormat(locale, JSON.parse(options) as object))
  const date = once((options: string) => new Intl.DateTimeFormat(locale, JSON.parse(options) as object))
  const relative = once((of: string) => new Intl.RelativeTimeFormat(of, { numeric: 'auto' }))
  const text = (key: string, values?: TextValues) =>
    values ? (compiled(key).format(values) as string) : find(key)
  const numberOf: NumberOf = (options = {}) => number(JSON.stringify(options))
  return {
    language,
    locale,
    text,
    heard: createEar(sentences, text, numberOf),
    pieces: <T>(key: string, values: Readonly<Record<string, T>>) =>
      compiled(key)
        .formatToParts<T>(values as never)
        .map(({ value }) => value),
    number: numberOf,
    date: (options) => date(JSON.stringify(options)),
    relative: () => relative(locale),
  }
}

/**
 * Texts for a person, by the English sentence as their key: the source reads as English, and the window finds the
 * sentence of another language under it (renderer/texts/). ICU MessageFormat: '{count, plural, one {# object} other {# objects}}'.
 */
import { count } from './words.ts'

export type TextValues = Readonly<Record<string, string | number>>

/** Marks the text of a table, which is translated where it is shown: `t(action.label)`. */
export const msg = <T extends string>(text: T): T => text

/** A key in its parts: text, a place for a value, which may be a count, or a choice by a number. */
export type KeyPart =
  | string
  | { readonly name: string; readonly isCount?: boolean }
  | { readonly name: string; readonly one: readonly KeyPart[]; readonly other: readonly KeyPart[] }

const opening = /\{(\w+)(?:(, number)|, plural, one \{([^{}]*)\} other \{([^{}]*)\})?\}/g

/** '#' is the number itself. */
const partsOfChoice = (name: string, text: string): KeyPart[] =>
  text.split(/(#)/).map((piece) => (piece === '#' ? { name } : piece))

/** Reads what keys of the core may have: places, counts, and choices between one and more with nothing but '#' in them. */
export const partsOf = (key: string): KeyPart[] => {
  const parts: KeyPart[] = []
  let end = 0
  for (const { 0: whole, 1: name = '', 2: number, 3: one, 4: other, index } of key.matchAll(opening)) {
    if (index > end) parts.push(key.slice(end, index))
    end = index + whole.length
    parts.push(
      one === undefined || other === undefined
        ? { name, ...(number === undefined ? {} : { isCount: true }) }
        : { name, one: partsOfChoice(name, one), other: partsOfChoice(name, other) },
    )
  }
  return end < key.length ? [...parts, key.slice(end)] : parts
}

/** A count, and a number that chooses, is written in groups, '1,234'; a plain value as it is. */
const fill = (parts: readonly KeyPart[], values: TextValues, isChoice = false): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part
      const value = values[part.name]
      if ('one' in part) return fill(value === 1 ? part.one : part.other, values, true)
      if (value === undefined) return `{${part.name}}`
      return (isChoice || part.isCount === true) && typeof value === 'number' ? count(value) : String(value)
    })
    .join('')

/** The English text of a key, for the core and the terminal. */
export const filled = (key: string, values: TextValues): string => fill(partsOf(key), values)

/**
 * A sentence of the core: English for the terminal, the library, logs and the project file. The window knows it again by
 * its key (renderer/texts/heard.ts), which stands here, and says it in its own language.
 */
export const said = (key: string, values?: TextValues): string => (values ? filled(key, values) : key)

/** Names of classes as they come in from files that anybody may have written, made such that the project can hold them. */
import { said } from './said.ts'

/** UTF-16 code units; what `labelSchema` takes. */
export const LONGEST_LABEL_NAME = 200

/** Controls, line ends, halves of letters, byte order marks, and marks that turn the direction of text. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

const cut = (name: string, length: number) =>
  name.length <= length
    ? name
    : name
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/, '')
        .trim()

/** A class without a known name. */
export const namelessClass = (index: number): string => `class ${index}`

/** The name in one line, without blanks around it, composed (NFC) and not too long; empty when nothing is left of it. */
export const cleanLabelName = (name: string): string =>
  cut(name.normalize('NFC').replace(unfit, ' ').replace(/\s+/g, ' ').trim(), LONGEST_LABEL_NAME)

export interface CleanNames {
  /** As many as were given, in their order, no two alike. */
  readonly names: string[]
  /** What was changed, in sentences for the user. */
  readonly notes: string[]
}

const quoted = (name: string) => `"${cut(name.replace(unfit, ' '), 40)}${name.length > 40 ? '...' : ''}"`

/** Up to this number, each change is reported by itself. */
const NAMED = 3

/** Says which names were changed; nothing when none was. */
export const notesOfNames = (changes: readonly string[]): string[] => {
  if (changes.length === 0) return []
  const named = changes.slice(0, NAMED).join(', ')
  const all =
    changes.length > NAMED
      ? said('{names}, and {count, number} more', { names: named, count: changes.length - NAMED })
      : named
  return [said('Names of classes were cleaned: {changes}.', { changes: all })]
}

/** What became of one name, in words; null when it was fine as it was. */
export const changeOfName = (index: number, before: string | undefined, after: string): string | null => {
  if (before === after) return null
  if (before === undefined || cleanLabelName(before) === '')
    return said('number {index} had no name and is called "{name}"', { index, name: after })
  return said('{before} is read as {after}', { before: quoted(before), after: quoted(after) })
}

/**
 * Cleans the names of numbered classes. A class keeps its number, whatever its name: one without a name is called by
 * its number, and one that has the name of another gets its number added.
 */
export const cleanLabelNames = (given: readonly (string | undefined)[]): CleanNames => {
  const taken = new Set<string>()
  const changes: string[] = []
  const names = Array.from(given, (before, index) => {
    const clean = cleanLabelName(before ?? '') || namelessClass(index)
    const suffix = ` (${namelessClass(index)})`
    const name = taken.has(clean) ? cut(clean, LONGEST_LABEL_NAME - suffix.length) + suffix : clean
    taken.add(name)
    const change = changeOfName(index, before, name)
    if (change !== null) changes.push(change)
    return name
  })
  return { names, notes: notesOfNames(changes) }
}

/** One name a line, the line's number from 0 being the class; blank lines at the end are none. */
export const namesOfLines = (text: string): string[] => {
  const lines = text.split(/\r\n|\r|\n/)
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop()
  return lines
}

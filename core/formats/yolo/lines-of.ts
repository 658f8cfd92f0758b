/** The lines of a label file, one after the other: a list of them takes many times the file's own memory. Pure. */
import { count } from '../../../common/words.ts'
import { said } from '../../../common/said.ts'

/** Why the line at a place is left out. */
export type Refusal = (place: string) => string

/** Each line's fields, or why it is not read; blank ones are passed over. `number` counts as an editor does, from 1. */
export interface TextLine {
  readonly number: number
  readonly fields: readonly string[] | Refusal
}

/** Letters of a line: a polygon of 200,000 points. */
const LONGEST_LINE = 4e6

export const linesOf = function* (text: string): Generator<TextLine> {
  const ends = /\r\n|\r|\n/g
  let [start, number] = [text.startsWith('\uFEFF') ? 1 : 0, 0]
  for (let isLast = false; !isLast;) {
    const end = ends.exec(text)
    isLast = end === null
    const [from, to] = [start, end?.index ?? text.length]
    start = ends.lastIndex
    number += 1
    if (to - from > LONGEST_LINE) {
      yield {
        number,
        fields: (place) =>
          said('{place} is longer than {letters, number} letters; it is left out.', {
            place,
            letters: count(LONGEST_LINE),
          }),
      }
      continue
    }
    const line = text.slice(from, to).trim()
    if (line !== '') yield { number, fields: line.split(/[\s,]+/) }
  }
}

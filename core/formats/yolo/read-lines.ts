/** The objects of one label file, by the kind that its source was found to be. Pure. */
import { noHints } from '../../import/class-names.ts'
import { lineOf } from '../../import/places.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { namelessClass } from '../../../common/label-name.ts'
import { said } from '../../../common/said.ts'
import { readProblem, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import { createLineCounter, kindOfLines, type LineCounter, type LineKind } from './kinds.ts'
import { linesOf } from './lines-of.ts'
import { objectOfLine } from './line.ts'

/** Bad lines of one file that are named. */
const NAMED_LINES = 100

/** Counts the lines of a file that are made of numbers. */
export const countLines = (text: string, counter: LineCounter): void => {
  for (const { fields } of linesOf(text)) {
    if (typeof fields === 'function' || fields.length < 5) continue
    const numbers = fields.slice(1).map(Number)
    if (numbers.every(Number.isFinite)) counter.add(numbers)
  }
}

const kindOf = (text: string): LineKind => {
  const counter = createLineCounter()
  countLines(text, counter)
  return kindOfLines(counter.counts(), noHints)
}

/**
 * @param names of the classes, by index; a class without a name is called by its number
 * @param where the file, for reports
 * @param kind of the lines; found out from this file alone when left out
 */
export const readYoloLines = (
  text: string,
  names: readonly string[],
  where: string,
  kind: LineKind = kindOf(text),
): LoadedObjects => {
  const objects: ReadObject[] = []
  const problems: Problem[] = []
  let bad = 0
  for (const { number, fields } of linesOf(text)) {
    const place = lineOf(where, number)
    const object = typeof fields === 'function' ? fields : objectOfLine(fields, kind)
    if (typeof object === 'function') {
      bad += 1
      if (bad <= NAMED_LINES) problems.push(readProblem(null, object(place)))
      continue
    }
    const { classIndex, ...rest } = object
    objects.push({
      label: names[classIndex] ?? namelessClass(classIndex),
      ...rest,
      unit: 'share',
      size: null,
      where: place,
    })
  }
  if (bad > NAMED_LINES)
    problems.push(
      readProblem(
        null,
        said('{where}: {further, number} further lines are left out, as these.', {
          where,
          further: bad - NAMED_LINES,
        }),
      ),
    )
  return { objects, problems }
}

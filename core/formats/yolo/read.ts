/** Reads YOLO's label files as detectors and people write them: `class cx cy w h [confidence]`, or a polygon. */
import { relative, sep } from 'node:path'
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import { maxOf, minOf } from '../../../common/extremes.ts'
import { namelessClass } from '../../../common/label-name.ts'
import type { Ring } from '../../../common/model.ts'
import { readSmallText } from '../../files/small-file.ts'
import { findNames, NAMELESS_NOTE, readGivenNames } from '../../import/class-names.ts'
import { readProblem, type ReadImage, type ReadObject, type ReadShape } from '../../import/objects.ts'
import type { LabelReader } from '../../import/reader.ts'

/** Bytes of a label file: 8,000 polygons of 100 points. */
const LIMIT = 16e6

/** Letters of a line: a polygon of 200,000 points. */
const LONGEST_LINE = 4e6

/** Bad lines of one file that are named. */
const NAMED_LINES = 100

/** Lines one after the other: a list of them takes many times the file's own memory. */
const linesOf = function* (text: string) {
  const ends = /\r\n|\r|\n/g
  let start = 0
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield text.slice(start, end.index)
    start = ends.lastIndex
  }
  yield text.slice(start)
}

/** Text files in a folder of labels that hold no labels. */
const notLabels = new Set(['classes.txt', 'obj.names.txt', 'train.txt', 'val.txt', 'test.txt', 'sources.txt'])

const byOrderNote = (names: readonly string[]) =>
  'No names of the classes were found (classes.txt or data.yaml): the numbers are taken as the classes of the ' +
  `project in their order, 0 as ${names[0]}${names.length > 1 ? `, 1 as ${names[1]}` : ''}.`

/** Beyond the edge by rounding, as a share. */
const SLACK = 0.01

const isPolygon = (numbers: readonly number[]) => numbers.length > 5

const boxOf = (numbers: readonly number[]): ReadObject['box'] => {
  if (!isPolygon(numbers)) {
    const [cx, cy, w, h] = numbers as [number, number, number, number]
    return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]
  }
  const xs = numbers.filter((_, index) => index % 2 === 0)
  const ys = numbers.filter((_, index) => index % 2 === 1)
  return [minOf(xs), minOf(ys), maxOf(xs), maxOf(ys)]
}

const shapeOf = (numbers: readonly number[]): ReadShape => {
  if (!isPolygon(numbers)) return { type: 'box' }
  const points = Math.floor(numbers.length / 2)
  const ring = Array.from({ length: points }, (_, index): Ring[number] => [
    numbers[2 * index]!,
    numbers[2 * index + 1]!,
  ])
  return { type: 'polygon', rings: [ring] }
}

/** @returns why the line is no box; null when it is */
const faultOf = (fields: readonly string[], numbers: readonly number[]): string | null => {
  if (fields.length < 5) return `has ${fields.length} of the 5 numbers of a box`
  if (numbers.some((value) => !Number.isFinite(value))) return 'is not made of numbers'
  const [index, ...rest] = numbers
  if (!Number.isInteger(index) || index! < 0)
    return `has the class ${fields[0]!.slice(0, 40)}, which is no whole number`
  if (fields.length > 6 && fields.length % 2 === 0) return 'is neither a box nor a polygon'
  // Five numbers: the fifth is the confidence, a share as well.
  if (rest.some((value) => value < -SLACK || value > 1 + SLACK)) return 'has numbers outside of 0 to 1'
  const [x0, y0, x1, y1] = boxOf(rest)
  if (x1 <= x0 || y1 <= y0) return 'has no width or height'
  return null
}

/**
 * The objects of one label file.
 * @param names of the classes, by index; a class without a name is called by its number
 * @param where the file, for reports
 */
export const readYoloLines = (
  text: string,
  names: readonly string[],
  where: string,
): { objects: ReadObject[]; problems: Problem[] } => {
  const objects: ReadObject[] = []
  const problems: Problem[] = []
  let [number, bad] = [0, 0]
  const leaveOut = (fault: string) => {
    bad += 1
    if (bad <= NAMED_LINES)
      problems.push(readProblem(null, `${where}, line ${number} ${fault}; it is left out.`))
  }
  for (const line of linesOf(text.replace(/^\uFEFF/, ''))) {
    number += 1
    if (line.length > LONGEST_LINE) {
      leaveOut(`is longer than ${LONGEST_LINE.toLocaleString('en-US')} letters`)
      continue
    }
    if (line.trim() === '') continue
    const place = `${where}, line ${number}`
    const fields = line.trim().split(/[\s,]+/)
    const numbers = fields.map(Number)
    const fault = faultOf(fields, numbers)
    if (fault !== null) {
      leaveOut(fault)
      continue
    }
    const [classIndex, ...rest] = numbers as [number, ...number[]]
    objects.push({
      label: names[classIndex] ?? namelessClass(classIndex),
      box: boxOf(rest),
      unit: 'share',
      shape: shapeOf(rest),
      score: rest.length === 5 ? Math.min(1, Math.max(0, rest[4]!)) : null,
      size: null,
      where: place,
    })
  }
  if (bad > NAMED_LINES)
    problems.push(readProblem(null, `${where}: ${bad - NAMED_LINES} further lines are left out, as these.`))
  return { objects, problems }
}

export const readYolo: LabelReader = {
  others: notLabels,
  async read({ folder, files, namesFile, order }) {
    const found = await (namesFile === null ? findNames(folder) : readGivenNames(namesFile))
    const names = found?.names ?? order
    const images: ReadImage[] = []
    const problems: Problem[] = []
    for (const file of files) {
      const name = relative(folder, file).split(sep).join('/')
      try {
        const read = readYoloLines(await readSmallText(file, { limit: LIMIT }), names, name)
        images.push({ name: name.replace(/\.txt$/i, ''), objects: read.objects })
        for (const problem of read.problems) problems.push(problem)
      } catch (thrown) {
        if (!(thrown instanceof CodedError)) throw thrown
        problems.push(readProblem(null, thrown.message))
      }
    }
    const note = order.length > 0 ? byOrderNote(order) : NAMELESS_NOTE
    const notes = found === null && images.length > 0 ? [note] : (found?.notes ?? [])
    return { images, problems, notes, namesFrom: found?.file ?? null }
  },
}

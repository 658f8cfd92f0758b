/** YOLO's label lines as detectors write them: `class cx cy w h [confidence]`, or a polygon, whose box is taken. Pure. */
import { maxOf, minOf } from '../../../common/extremes.ts'
import { cleanLabelNames, namelessClass, namesOfLines, type CleanNames } from '../../../common/label-name.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { boxProblem, type DetectedBox } from '../../import/objects.ts'

/** Beyond the edge by rounding, as a share. */
const SLACK = 0.01

const cornersOf = (numbers: readonly number[]): DetectedBox['corners'] => {
  if (numbers.length <= 5) {
    const [cx, cy, w, h] = numbers as [number, number, number, number]
    return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]
  }
  const xs = numbers.filter((_, index) => index % 2 === 0)
  const ys = numbers.filter((_, index) => index % 2 === 1)
  return [minOf(xs), minOf(ys), maxOf(xs), maxOf(ys)]
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
  const [x0, y0, x1, y1] = cornersOf(rest)
  if (x1 <= x0 || y1 <= y0) return 'has no width or height'
  return null
}

/**
 * The boxes of one label file.
 * @param names of the classes, by index; a class without a name is called by its number
 * @param where the file, for reports
 */
export const readYoloBoxes = (
  text: string,
  names: readonly string[],
  where: string,
): { boxes: DetectedBox[]; problems: Problem[] } => {
  const boxes: DetectedBox[] = []
  const problems: Problem[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (line.trim() === '') continue
    const place = `${where}, line ${index + 1}`
    const fields = line.trim().split(/[\s,]+/)
    const numbers = fields.map(Number)
    const fault = faultOf(fields, numbers)
    if (fault !== null) {
      problems.push(boxProblem(null, `${place} ${fault}; it is left out.`))
      continue
    }
    const [classIndex, ...rest] = numbers as [number, ...number[]]
    boxes.push({
      label: names[classIndex] ?? namelessClass(classIndex),
      corners: cornersOf(rest),
      unit: 'share',
      score: rest.length === 5 ? Math.min(1, Math.max(0, rest[4]!)) : null,
      size: null,
      where: place,
    })
  }
  return { boxes, problems }
}

/** One name a line; the line's number, from 0, is the class. */
export const readClassesText = (text: string): CleanNames => cleanLabelNames(namesOfLines(text))

/** What YAML makes of a name without quotes: 1, yes, nothing. */
const yamlName = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('')
const namesSchema = z.object({ names: z.union([z.array(yamlName), z.record(z.string(), yamlName)]) })

/** Classes beyond this number are none: a list is made up to the greatest one. */
const MOST = 100_000

/** `names` of a data.yaml: a list, or names by index. Null when it has none. */
export const readYamlNames = (text: string): CleanNames | null => {
  let value: unknown
  try {
    // Pretty errors look through the whole text for each of them: 126 s for 2 MB.
    value = parse(text, { prettyErrors: false })
  } catch {
    return null
  }
  const read = namesSchema.safeParse(value)
  if (!read.success) return null
  if (Array.isArray(read.data.names)) return cleanLabelNames(read.data.names.slice(0, MOST))
  const names: (string | undefined)[] = []
  for (const [key, name] of Object.entries(read.data.names)) {
    const index = Number(key)
    if (Number.isInteger(index) && index >= 0 && index < MOST) names[index] = name
  }
  return cleanLabelNames(names)
}

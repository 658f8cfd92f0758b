/**
 * A second reader of YOLO data sets, by the rules that Ultralytics documents and its loader follows: data.yaml beside
 * the data, images found by folder or list, the label file by the last "images" folder of the path.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

export interface YoloRow {
  readonly classIndex: number
  readonly numbers: readonly number[]
}

export interface YoloSet {
  readonly names: readonly string[]
  readonly train: readonly string[]
  readonly val: readonly string[]
}

const extensions = new Set(['bmp', 'jpeg', 'jpg', 'png', 'tif', 'tiff', 'webp'])

const imagesIn = (place: string): string[] => {
  if (!statSync(place).isDirectory())
    return readFileSync(place, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (line.startsWith('./') ? join(dirname(place), line) : line))
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => extensions.has(name.split('.').at(-1)!.toLowerCase()))
    .map((name) => join(place, name))
}

/** The absolute image paths of a data.yaml, by side. */
export const readYoloSet = (dataYaml: string): YoloSet => {
  const lines = readFileSync(dataYaml, 'utf8').split('\n')
  const valueOf = (key: string) => {
    const line = lines.find((one) => one.startsWith(`${key}: `))
    if (!line) throw new Error(`data.yaml has no ${key}.`)
    return line.slice(key.length + 2)
  }
  const names = lines
    .slice(lines.indexOf('names:') + 1)
    .filter((line) => line !== '')
    .map((line, index) => {
      const [, key, name] = /^ {2}(\d+): (".*")$/.exec(line) ?? []
      if (Number(key) !== index) throw new Error(`data.yaml: the names are not counted through: ${line}`)
      return JSON.parse(name!) as string
    })
  if (Number(valueOf('nc')) !== names.length) throw new Error('data.yaml: nc is not the number of names.')
  const sideOf = (key: string) => imagesIn(join(dirname(dataYaml), valueOf(key))).sort()
  return { names, train: sideOf('train'), val: sideOf('val') }
}

export const labelFileOfImage = (image: string): string => {
  const at = image.lastIndexOf(`${sep}images${sep}`)
  const moved = `${image.slice(0, at)}${sep}labels${sep}${image.slice(at + 8)}`
  return moved.slice(0, moved.lastIndexOf('.')) + '.txt'
}

/** The rows of an image's label file; null without the file. Refuses what the loader refuses. */
export const readRows = (image: string, classes: number): YoloRow[] | null => {
  const file = labelFileOfImage(image)
  if (!existsSync(file)) return null
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [classIndex, ...numbers] = line.split(' ').map(Number)
      if (!Number.isInteger(classIndex) || classIndex! < 0 || classIndex! >= classes)
        throw new Error(`${file}: no such class in "${line}"`)
      if (numbers.some((value) => !(value >= 0 && value <= 1)))
        throw new Error(`${file}: not within 0..1: "${line}"`)
      if (numbers.length !== 4 && (numbers.length < 6 || numbers.length % 2 !== 0))
        throw new Error(`${file}: neither a box nor a polygon: "${line}"`)
      return { classIndex: classIndex!, numbers }
    })
}

/** A polygon row's points in image pixels. */
export const pointsOfRow = ({ numbers }: YoloRow, width: number, height: number): [number, number][] =>
  numbers.flatMap((x, index): [number, number][] =>
    index % 2 === 0 ? [[x * width, numbers[index + 1]! * height]] : [],
  )

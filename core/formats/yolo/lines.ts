/**
 * YOLO as Ultralytics reads it: one text file an image with one line an object, all numbers as shares of the upright
 * image's width and height. Pure: text in, text out. See docs/formats.md.
 */
import type { Size } from '../../../common/geometry/point.ts'
import type { Ring } from '../../../common/model.ts'
import type { ExportClass } from '../../export/classes.ts'

/** x, y of the top left corner, width and height, in image pixels. */
export interface PixelBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Six decimals: a hundredth of a pixel in an image of 10,000. */
const sixDecimals = (value: number) => Number(value.toFixed(6)).toString()

const share = (part: number, whole: number) => sixDecimals(Math.min(1, Math.max(0, part / whole)))

/** `class cx cy w h`. The box must lie in the image. */
export const yoloBoxLine = (classIndex: number, box: PixelBox, { width, height }: Size): string =>
  [
    classIndex,
    share(box.x + box.width / 2, width),
    share(box.y + box.height / 2, height),
    share(box.width, width),
    share(box.height, height),
  ].join(' ')

/** `class x1 y1 x2 y2 ...`, three points at least. */
export const yoloSegmentLine = (classIndex: number, ring: Ring, { width, height }: Size): string =>
  [classIndex, ...ring.map(([x, y]) => `${share(x, width)} ${share(y, height)}`)].join(' ')

/** `class x1 y1 x2 y2 x3 y3 x4 y4`: an oriented box, whose corners may lie outside the image. */
export const yoloCornersLine = (classIndex: number, corners: Ring, { width, height }: Size): string =>
  [classIndex, ...corners.map(([x, y]) => `${sixDecimals(x / width)} ${sixDecimals(y / height)}`)].join(' ')

/** A class's name on one line. */
const oneLine = (name: string) => name.replaceAll(/\s+/g, ' ')

/** classes.txt: the name of class 0 in the first line, and so on. */
export const yoloClasses = (labels: readonly Pick<ExportClass, 'name'>[]): string =>
  labels.map((label) => `${oneLine(label.name)}\n`).join('')

export interface DataYaml {
  readonly labels: readonly Pick<ExportClass, 'name'>[]
  /** What its lines are for, as Ultralytics' command calls it. */
  readonly task: string
  /** A folder of images or a list of them, relative to the file. */
  readonly train: string
  readonly validation: string
  /** Null without one. */
  readonly test: string | null
  /** Lines for the person who reads it. */
  readonly comments: readonly string[]
}

/**
 * data.yaml. It has no `path` on purpose: Ultralytics then resolves `train` and `val` from the file's own folder,
 * while `path: .` would mean the folder that the training was started in. Names are JSON strings, which YAML reads.
 * `task` is what Ultralytics' own converter writes there: four corners can be an outline or an oriented box.
 */
export const yoloDataYaml = ({ labels, task, train, validation, test, comments }: DataYaml): string =>
  [
    ...comments.map((comment) => `# ${oneLine(comment)}`),
    `task: ${task}`,
    `train: ${train}`,
    `val: ${validation}`,
    ...(test === null ? [] : [`test: ${test}`]),
    `nc: ${labels.length}`,
    'names:',
    ...labels.map((label, index) => `  ${index}: ${JSON.stringify(oneLine(label.name))}`),
    '',
  ].join('\n')

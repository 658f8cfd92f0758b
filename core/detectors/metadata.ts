/** What exporters write of a detector into its file: names of classes, size, task. Texts of Python, from anyone. */
import { cleanLabelNames } from '../../common/label-name.ts'
import { readYamlNames } from '../import/class-names.ts'
import type { OnnxModel } from '../onnx/read-model.ts'

export interface DetectorMetadata {
  /** Of class 0, 1, ...; null when the file has none. */
  readonly names: readonly string[] | null
  /** Height and width of the frame. */
  readonly size: readonly [height: number, width: number] | null
  /** detect, segment, obb, pose, ... */
  readonly task: string | null
  /** Points of an object, and the numbers of each. */
  readonly points: readonly [count: number, numbers: number] | null
  /** What it calls itself: "Ultralytics YOLO11n model ...". */
  readonly description: string
  readonly isUltralytics: boolean
}

/** Largest text of names that is read; the names of 20,000 classes take some 600 kB. */
const NAMES_LIMIT = 1e6

const numbersOf = (text: string | undefined): number[] => (text?.match(/\d+/g) ?? []).slice(0, 8).map(Number)

/** A Python dict or list is flow YAML: `{0: 'person', 1: 'car'}`. */
const namesOf = (text: string | undefined): readonly string[] | null => {
  if (text === undefined || text.length > NAMES_LIMIT) return null
  const names = readYamlNames(`names: ${text.replaceAll(/[\r\n]/g, ' ')}`)?.names
  return names === undefined || names.length === 0 ? null : names
}

export const readMetadata = ({ metadata }: OnnxModel): DetectorMetadata => {
  const size = numbersOf(metadata.get('imgsz'))
  const points = numbersOf(metadata.get('kpt_shape'))
  const description = metadata.get('description') ?? ''
  const task = metadata.get('task')?.trim().toLowerCase() ?? null
  return {
    names: namesOf(metadata.get('names') ?? metadata.get('classes')),
    size: size.length === 0 ? null : [size[0]!, size[1] ?? size[0]!],
    task,
    points: points.length === 2 ? [points[0]!, points[1]!] : null,
    description,
    isUltralytics: /ultralytics/i.test(`${description} ${metadata.get('author') ?? ''}`),
  }
}

/** `count` names of classes: those that are known, and "class 7" for the rest. */
export const namesUpTo = (count: number, known: readonly (string | null)[] | null): string[] =>
  cleanLabelNames(Array.from({ length: count }, (_, index) => known?.[index] ?? undefined)).names

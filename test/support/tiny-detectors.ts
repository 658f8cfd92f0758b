/**
 * Tiny detectors of each kind that Maskwright runs, written as ONNX graphs: they find what is red (class 0, score .9)
 * and what is blue (class 1, score .8) in the picture that they are given, one box around each. So the answer for a
 * picture with a red and a blue field is known, whatever its shape and however it was fitted into the frame.
 */
import { elementTypes } from '../../core/model-export/onnx-graph.ts'
import { float, int64, TinyGraph } from './tiny-graph.ts'

export type TinyKind =
  | 'v8'
  | 'v5'
  | 'rows'
  | 'v7'
  | 'segment'
  | 'rows-segment'
  | 'obb'
  | 'rows-obb'
  | 'pose'
  | 'rt-detr-rows'
  | 'rf-detr'
  | 'rf-detr-segment'
  | 'labelled'
  | 'transformers'
  | 'detr'

export interface TinyOptions {
  readonly width?: number
  readonly height?: number
  /** Dimensions of the frame are left open in the file. */
  readonly open?: boolean
  readonly metadata?: Readonly<Record<string, string>>
  /** Of `labelled`: width before height. */
  readonly widthFirst?: boolean
  readonly half?: boolean
  /** It finds nothing. */
  readonly isBlind?: boolean
}

/** The radians of `obb`. */
export const TINY_ANGLE = 0.25
const scores = [0.9, 0.8] as const
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }

const ultralytics = (task: string, height: number, width: number) => ({
  description: 'Ultralytics tiny model',
  author: 'Ultralytics',
  task,
  stride: '32',
  batch: '1',
  imgsz: `[${height}, ${width}]`,
  names: "{0: 'red', 1: \"painter's blue\"}",
})

/** Places of the grids of strides 8, 16, 32. */
const placesOf = (width: number, height: number) =>
  [8, 16, 32].reduce((sum, stride) => sum + Math.ceil(width / stride) * Math.ceil(height / stride), 0)

/** @returns the bytes of an .onnx file */
export const tinyDetector = (kind: TinyKind, options: TinyOptions = {}): Buffer => {
  const { width = 96, height = 96, open = false, widthFirst = false, half = false } = options
  const g = new TinyGraph()
  const isNamed = ['rf-detr', 'rf-detr-segment', 'labelled', 'transformers', 'detr'].includes(kind)
  const inputName = kind.startsWith('rf-detr')
    ? 'input'
    : kind === 'transformers' || kind === 'detr'
      ? 'pixel_values'
      : 'images'
  const shape = open ? ['batch', 3, 'height', 'width'] : [1, 3, height, width]
  const given = g.input(inputName, half ? elementTypes.float16 : float, shape)
  const sizes = kind === 'labelled' ? g.input('orig_target_sizes', int64, ['N', 2]) : null
  if (kind === 'detr') g.input('pixel_mask', int64, [1, 64, 64])
  let picture = half ? g.node('Cast', [given], { to: float }) : given
  if (kind.startsWith('rf-detr') || kind === 'detr') {
    const scaled = g.node('Mul', [picture, g.floats(imageNet.std, [1, 3, 1, 1])])
    picture = g.node('Add', [scaled, g.floats(imageNet.mean, [1, 3, 1, 1])])
  }
  const channel = (at: number) => g.node('Slice', [picture, g.whole(at), g.whole(at + 1), g.whole(1)])
  const difference = g.node('Sub', [channel(0), channel(2)])
  const limit = g.floats([options.isBlind === true ? 9 : 0.5])
  /** [1, 1, H, W] of 0 and 1. */
  const masks = [difference, g.node('Neg', [difference])].map((one) =>
    g.node('Cast', [g.node('Greater', [one, limit])], { to: float }),
  )
  const objects = masks.map((mask, index) => {
    const along = g.node('ReduceMax', [mask], { axes: [1, 2], keepdims: 0 })
    const down = g.node('ReduceMax', [mask], { axes: [1, 3], keepdims: 0 })
    const place = (line: string, last: 0 | 1) =>
      g.node('Add', [
        g.node('Cast', [g.node('ArgMax', [line], { axis: 1, keepdims: 1, select_last_index: last })], {
          to: float,
        }),
        g.floats([last]),
      ])
    /** [1, 4] x0 y0 x1 y1 */
    const corners = g.concat(1, place(along, 0), place(down, 0), place(along, 1), place(down, 1))
    const centre = g.node('MatMul', [
      corners,
      g.floats([0.5, 0, -1, 0, 0, 0.5, 0, -1, 0.5, 0, 1, 0, 0, 0.5, 0, 1], [4, 4]),
    ])
    const shares = g.node('Div', [centre, g.floats([width, height, width, height])])
    const there = g.node('ReduceMax', [mask], { axes: [2, 3], keepdims: 0 })
    const only = g.node('Reshape', [there, g.whole(1, 1)])
    const score = g.node('Mul', [only, g.floats([scores[index]!])])
    const none = g.zeros(1, 1)
    const classScores = index === 0 ? g.concat(1, score, none) : g.concat(1, none, score)
    return { corners, centre, shares, score, classScores, index, only }
  })
  type Tiny = (typeof objects)[number]
  const number = (value: number) => g.floats([value], [1, 1])
  const table = (rows: number, attributes: number, row: (object: Tiny) => string[]) => {
    const made = objects.map((object) => g.node('Unsqueeze', [g.concat(1, ...row(object)), g.whole(1)]))
    return g.concat(1, ...made, g.zeros(1, rows - 2, attributes))
  }
  const places = placesOf(width, height)
  /** Prototypes [1, 2, H / 4, W / 4] whose first is the red mask, as logits -8 and 8. */
  const prototypes = () => {
    const small = g.node('AveragePool', [g.concat(1, ...masks)], { kernel_shape: [4, 4], strides: [4, 4] })
    return g.node('Sub', [g.node('Mul', [small, g.floats([16])]), g.floats([8])])
  }
  const weights = ({ index }: Tiny) => [number(1 - index), number(index)]
  const flip = (rows: string) => g.node('Transpose', [rows], { perm: [0, 2, 1] })
  const grid = (attributes: number, row: (object: Tiny) => string[]) =>
    g.output(
      'output0',
      flip(table(places, attributes, row)),
      open ? ['batch', attributes, 'anchors'] : [1, attributes, places],
    )
  const best = (attributes: number, row: (object: Tiny) => string[]) =>
    g.output('output0', table(300, attributes, row), [1, 300, attributes])
  const classOf = ({ index, only }: Tiny) => g.node('Mul', [only, g.floats([index])])
  /** A row of nothing is zeros. */
  const filled = (object: Tiny, box: string) => g.node('Mul', [box, object.only])
  const points = ({ corners }: Tiny) => {
    const at = (from: number) => g.node('Slice', [corners, g.whole(from), g.whole(from + 2), g.whole(1)])
    return [at(0), number(0.9), at(2), number(0.1)]
  }
  /** Logits of the queries' classes, and one column more for nothing. */
  const logits = (columns: number) => {
    const ofOne = ({ index, only }: Tiny) => {
      const value = Math.log(scores[index]! / (1 - scores[index]!))
      const held = g.node('Sub', [g.node('Mul', [only, g.floats([value + 9])]), g.floats([9])])
      const before = index === 0 ? [] : [number(-9)]
      const after = columns - index - 1
      const low = after === 0 ? [] : [g.floats(Array(after).fill(-9) as number[], [1, after])]
      return g.concat(1, ...before, held, ...low)
    }
    const made = objects.map((object) => g.node('Unsqueeze', [ofOne(object), g.whole(1)]))
    const rest = g.node('Sub', [g.zeros(1, 298, columns), g.floats([9])])
    return g.concat(1, ...made, rest)
  }
  const queries = () => table(300, 4, ({ shares }) => [shares])

  switch (kind) {
    case 'v8':
      grid(6, ({ centre, classScores }) => [centre, classScores])
      break
    case 'segment':
      grid(8, (one) => [one.centre, one.classScores, ...weights(one)])
      g.output('output1', prototypes(), [1, 2, height / 4, width / 4])
      break
    case 'obb':
      grid(7, ({ centre, classScores }) => [centre, classScores, number(TINY_ANGLE)])
      break
    case 'pose':
      grid(12, (one) => [one.centre, one.classScores, ...points(one)])
      break
    case 'v5':
      g.output(
        'output0',
        table(3 * places, 7, ({ centre, classScores }) => [centre, number(0.5), classScores]),
        [1, 3 * places, 7],
      )
      break
    case 'rows':
      best(6, (one) => [filled(one, one.corners), one.score, classOf(one)])
      break
    case 'rows-segment':
      best(8, (one) => [filled(one, one.corners), one.score, classOf(one), ...weights(one)])
      g.output('output1', prototypes(), [1, 2, height / 4, width / 4])
      break
    case 'rows-obb':
      best(7, (one) => [filled(one, one.centre), one.score, classOf(one), number(TINY_ANGLE)])
      break
    case 'v7':
      g.output(
        'output',
        g.concat(0, ...objects.map((one) => g.concat(1, number(0), one.corners, classOf(one), one.score))),
        ['found', 7],
      )
      break
    case 'rt-detr-rows':
      best(6, ({ shares, classScores }) => [shares, classScores])
      break
    case 'rf-detr':
    case 'rf-detr-segment':
      g.output('dets', queries(), [1, 300, 4])
      g.output('labels', logits(3), [1, 300, 3])
      if (kind === 'rf-detr-segment') {
        const small = prototypes()
        const rest = g.zeros(1, 298, height / 4, width / 4)
        g.output('masks', g.concat(1, small, rest), [1, 300, height / 4, width / 4])
      }
      break
    case 'transformers':
      g.output('logits', logits(2), [1, 300, 2])
      g.output('pred_boxes', queries(), [1, 300, 4])
      break
    case 'detr': {
      // By softmax: what is there has all of the probability that its score says, nothing the rest.
      const row = ({ index, only }: Tiny) => {
        const held = g.node('Mul', [only, g.floats([Math.log(scores[index]! / (1 - scores[index]!))])])
        const shown = g.node('Add', [
          held,
          g.node('Mul', [g.node('Sub', [only, g.floats([1])]), g.floats([9])]),
        ])
        return index === 0
          ? g.concat(1, shown, number(-50), number(0))
          : g.concat(1, number(-50), shown, number(0))
      }
      const made = objects.map((object) => g.node('Unsqueeze', [row(object), g.whole(1)]))
      const nothing = g.node('Add', [g.zeros(1, 98, 3), g.floats([-50, -50, 0])])
      g.output('logits', g.concat(1, ...made, nothing), [1, 100, 3])
      g.output(
        'pred_boxes',
        table(100, 4, ({ shares }) => [shares]),
        [1, 100, 4],
      )
      break
    }
    case 'labelled': {
      const size = g.node('Cast', [sizes!], { to: float })
      const part = (at: number) => g.node('Slice', [size, g.whole(at), g.whole(at + 1), g.whole(1)])
      const [wide, high] = widthFirst ? [part(0), part(1)] : [part(1), part(0)]
      const scale = g.concat(1, wide, high, wide, high)
      const boxes = objects.map(({ corners }) =>
        g.node('Mul', [g.node('Div', [corners, g.floats([width, height, width, height])]), scale]),
      )
      g.output('labels', g.node('Unsqueeze', [g.whole(0, 1), g.whole(0)]), [1, 2], int64)
      g.output('boxes', g.concat(1, ...boxes.map((box) => g.node('Unsqueeze', [box, g.whole(1)]))), [1, 2, 4])
      g.output('scores', g.concat(1, ...objects.map(({ score }) => score)), [1, 2])
      break
    }
  }
  const task = kind.includes('segment')
    ? 'segment'
    : kind.includes('obb')
      ? 'obb'
      : kind === 'pose'
        ? 'pose'
        : 'detect'
  const own = isNamed ? {} : ultralytics(task, height, width)
  const kindOf = kind === 'rt-detr-rows' ? { description: 'Ultralytics rtdetr-l model' } : {}
  const points2 = kind === 'pose' ? { kpt_shape: '[2, 3]' } : {}
  return g.bytes({ ...own, ...kindOf, ...points2, ...options.metadata })
}

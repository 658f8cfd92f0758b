/**
 * Tiny pairs of the SAM family, one of each way in which it is exported: they segment what is bright, if a point of the
 * prompt (or a corner of its box) lies at it. So the mask shows in which frame the picture and the points were.
 */
import { elementTypes, type ValueInfo } from '../../core/model-export/onnx-graph.ts'
import { float, int64, TinyGraph } from './tiny-graph.ts'

export interface TinySam {
  readonly encoder: Buffer
  readonly decoder: Buffer
}

interface Plan {
  readonly side: number
  readonly image: string
  /** The mean of the channels above which a cell is bright, as the graph is given its pixels. */
  readonly bright: number
  /** Outputs of the encoder, the large ones first; the mask is made of the first. */
  readonly encoded: readonly string[]
  /** What the decoder calls them. */
  readonly embeddings: readonly string[]
  readonly points: string
  readonly labels: string
  readonly deep?: boolean
  readonly labelType?: ValueInfo['type']
  readonly boxes?: string
  readonly mask?: boolean
  readonly size?: ValueInfo['type']
  /** Points are in the frame of the size that is told. */
  readonly pointsInSize?: boolean
  readonly masks: readonly string[]
  readonly scores: string
  readonly object?: string
  readonly candidates: 1 | 3 | 4
  readonly half?: boolean
}

const usual = { side: 1024, bright: 0.9, points: 'point_coords', labels: 'point_labels' }
const transformers = {
  ...usual,
  image: 'pixel_values',
  points: 'input_points',
  labels: 'input_labels',
  labelType: int64,
  deep: true,
  masks: ['pred_masks'],
  scores: 'iou_scores',
  candidates: 3,
} as const
const three = ['image_embeddings.0', 'image_embeddings.1', 'image_embeddings.2']

const plans = {
  /** samexporter's and ONNX-SAM2's. */
  samexporter: {
    ...usual,
    image: 'image',
    encoded: ['high_res_feats_0', 'high_res_feats_1', 'image_embed'],
    embeddings: ['high_res_feats_0', 'high_res_feats_1', 'image_embed'],
    mask: true,
    masks: ['masks'],
    scores: 'iou_predictions',
    candidates: 3,
  },
  osam: {
    ...usual,
    image: 'input',
    encoded: ['high_res_features1', 'high_res_features2', 'image_embeddings'],
    embeddings: ['high_res_features1', 'high_res_features2', 'image_embeddings'],
    mask: true,
    size: int64,
    masks: ['masks'],
    scores: 'scores',
    candidates: 3,
  },
  darktable: {
    ...usual,
    image: 'image',
    encoded: ['high_res_feats_0', 'high_res_feats_1', 'image_embed'],
    embeddings: ['high_res_feats_0', 'high_res_feats_1', 'image_embed'],
    mask: true,
    masks: ['masks', 'low_res_masks'],
    scores: 'iou_predictions',
    candidates: 3,
  },
  'transformers-sam': {
    ...transformers,
    encoded: ['image_embeddings', 'image_positional_embeddings'],
    embeddings: ['image_positional_embeddings', 'image_embeddings'],
  },
  'transformers-sam2': {
    ...transformers,
    encoded: three,
    embeddings: three,
    boxes: 'input_boxes',
    object: 'object_score_logits',
  },
  /** As SAM 3's tracker: 1008 pixels, and -1..1. */
  'transformers-1008': {
    ...transformers,
    side: 1008,
    bright: 0.4,
    encoded: three,
    embeddings: three,
    boxes: 'input_boxes',
    object: 'object_score_logits',
  },
  'transformers-half': {
    ...transformers,
    encoded: three,
    embeddings: three,
    boxes: 'input_boxes',
    half: true,
  },
  efficient: {
    ...usual,
    image: 'batched_images',
    bright: 0.5,
    points: 'batched_point_coords',
    labels: 'batched_point_labels',
    deep: true,
    encoded: ['image_embeddings'],
    embeddings: ['image_embeddings'],
    size: int64,
    pointsInSize: true,
    masks: ['output_masks'],
    scores: 'iou_predictions',
    candidates: 3,
  },
  /** EdgeSAM's: no earlier mask, results in the other order. */
  edge: {
    ...usual,
    image: 'image',
    encoded: ['image_embeddings'],
    embeddings: ['image_embeddings'],
    masks: ['masks'],
    scores: 'scores',
    candidates: 4,
  },
} as const satisfies Record<string, Plan>

export type TinySamKind = keyof typeof plans
export const tinySamKinds = Object.keys(plans) as TinySamKind[]

const cellsOf = ({ side }: Plan, index: number) => side / 4 / 2 ** index

/** @param floor is added to all that it gives, which changes no mask while it is small */
const encoderOf = (plan: Plan, floor: number): Buffer => {
  const g = new TinyGraph()
  const type = plan.half === true ? elementTypes.float16 : float
  const given = g.input(plan.image, type, [1, 3, plan.side, plan.side])
  const picture = plan.half === true ? g.node('Cast', [given], { to: float }) : given
  const grey = g.node('ReduceMean', [picture], { axes: [1], keepdims: 1 })
  const isBright = g.node('Cast', [g.node('Greater', [grey, g.floats([plan.bright])])], { to: float })
  for (const [index, name] of plan.encoded.entries()) {
    const cell = 4 * 2 ** index
    const pooled = g.node('AveragePool', [isBright], { kernel_shape: [cell, cell], strides: [cell, cell] })
    const made = floor === 0 ? pooled : g.node('Add', [pooled, g.floats([floor])])
    const cells = cellsOf(plan, index)
    g.output(
      name,
      plan.half === true ? g.node('Cast', [made], { to: type }) : made,
      [1, 1, cells, cells],
      type,
    )
  }
  return g.bytes()
}

const decoderOf = (plan: Plan): Buffer => {
  const g = new TinyGraph()
  const { deep = false, candidates, half = false } = plan
  const cells = cellsOf(plan, 0)
  const type = half ? elementTypes.float16 : float
  for (const name of plan.embeddings) {
    const side = cellsOf(plan, plan.encoded.indexOf(name))
    g.input(name, type, [1, 1, side < 0 ? 64 : side, side < 0 ? 64 : side])
  }
  const largest = half ? g.node('Cast', [plan.encoded[0]!], { to: float }) : plan.encoded[0]!
  const points = g.input(plan.points, float, deep ? [1, 1, 'n', 2] : [1, 'n', 2])
  const labels = g.input(plan.labels, plan.labelType ?? float, deep ? [1, 1, 'n'] : [1, 'n'])
  const boxes = plan.boxes === undefined ? null : g.input(plan.boxes, float, [1, 'k', 4])
  const size = plan.size === undefined ? null : g.input('orig_im_size', plan.size, [2])
  const flat = (name: string) => g.node('Reshape', [name, g.whole(-1, 2)])
  const places = boxes === null ? flat(points) : g.concat(0, flat(points), flat(boxes))
  /** [M, 2, 1, 1], in cells of the largest embedding. */
  const inCells =
    plan.pointsInSize === true && size !== null
      ? g.node('Div', [
          g.node('Mul', [places, g.floats([cells])]),
          g.node('Cast', [g.node('Gather', [size, g.whole(1, 0)])], { to: float }),
        ])
      : g.node('Mul', [places, g.floats([1 / 4])])
  const at = g.node('Reshape', [inCells, g.whole(-1, 2, 1, 1)])
  const along = (axis: 0 | 1) => g.node('Slice', [at, g.whole(axis), g.whole(axis + 1), g.whole(1)])
  const steps = Array.from({ length: cells }, (_, cell) => cell + 0.5)
  const near = (axis: 0 | 1) => {
    const line = g.floats(steps, axis === 0 ? [1, 1, 1, cells] : [1, 1, cells, 1])
    const distance = g.node('Abs', [g.node('Sub', [line, along(axis)])])
    return g.node('Cast', [g.node('Less', [distance, g.floats([3])])], { to: float })
  }
  const nearest = g.node('ReduceMax', [g.node('Mul', [near(0), near(1)])], { axes: [0], keepdims: 1 })
  const hit = g.node('ReduceMax', [g.node('Mul', [nearest, largest])], { axes: [1, 2, 3], keepdims: 1 })
  const inside = g.node('Mul', [g.node('Mul', [largest, hit]), g.floats([16])])
  let right = g.node('Sub', [inside, g.floats([8])])
  // Labels are taken, and change nothing.
  const kinds = g.node('Cast', [labels], { to: float })
  const nothing = g.node('Mul', [g.node('ReduceSum', [kinds], { keepdims: 0 }), g.floats([0])])
  right = g.node('Add', [right, nothing])
  if (plan.mask === true) {
    const mask = g.input('mask_input', float, [1, 1, 256, 256])
    const has = g.input('has_mask_input', float, [1])
    right = g.node('Add', [right, g.node('Mul', [mask, has])])
  }
  const none = g.node('Sub', [g.node('Mul', [right, g.floats([0])]), g.floats([8])])
  const all = g.node('Neg', [none])
  // Of three masks the best scored is the second; of four the first is the one for clear prompts.
  const planes = { 1: [right], 3: [none, right, all], 4: [right, none, all, none] }[candidates]
  const scores = { 1: [0.9], 3: [0.2, 0.9, 0.5], 4: [0.9, 0.2, 0.5, 0.2] }[candidates]
  const small = g.concat(1, ...planes)
  const give = (name: string, from: string, shape: (number | string)[]) =>
    g.output(name, half ? g.node('Cast', [from], { to: type }) : from, shape, type)
  for (const name of plan.masks) {
    let made = small
    let shape: (number | string)[] = [1, candidates, cells, cells]
    if (size !== null) {
      const sizes = g.concat(0, g.whole(1, candidates), g.node('Cast', [size], { to: int64 }))
      made = g.node('Resize', [small, '', '', sizes], { mode: 'linear' })
      shape = [1, candidates, 'height', 'width']
    } else if (plan.masks.length > 1 && name === 'masks') {
      made = g.node('Resize', [small, '', '', g.whole(1, candidates, 1024, 1024)], { mode: 'linear' })
      shape = [1, candidates, 1024, 1024]
    }
    if (deep) made = g.node('Unsqueeze', [made, g.whole(0)])
    give(name, made, deep ? [1, ...shape] : shape)
  }
  give(
    plan.scores,
    g.floats(scores, deep ? [1, 1, candidates] : [1, candidates]),
    deep ? [1, 1, candidates] : [1, candidates],
  )
  if (plan.object !== undefined) give(plan.object, g.floats([2], [1, 1, 1]), [1, 1, 1])
  return g.bytes()
}

export const tinySam = (kind: TinySamKind, floor = 0): TinySam => ({
  encoder: encoderOf(plans[kind], floor),
  decoder: decoderOf(plans[kind]),
})

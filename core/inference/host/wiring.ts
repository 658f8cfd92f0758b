/**
 * What a pair of SAM graphs can do and how each tensor of it is called, found by the names and shapes that the graphs
 * give. Pure. The names are those of the exporters: segment-anything, samexporter, osam, darktable, transformers.
 */
import type { SamFamilyContract, SamFamilyTensors } from '../manifest.ts'
import { FRAME } from './pixels.ts'
import type { Slot } from './sessions.ts'

interface Graph {
  readonly inputs: readonly Slot[]
  readonly outputs: readonly Slot[]
}

export interface Wiring {
  readonly image: {
    readonly slot: Slot
    /** hwc: [H, W, 3] of 0..255, which the graph normalises and pads; nchw: [1, 3, side, side]. */
    readonly layout: 'hwc' | 'nchw'
    /** stretch: the picture fills the square; letterbox: it keeps its shape, zeros right and below. */
    readonly fit: 'letterbox' | 'stretch'
    readonly side: number
    readonly mean: readonly number[]
    readonly std: readonly number[]
  }
  /** What the decoder takes of what the encoder gives, in the order of the encoder's outputs. */
  readonly embeddings: readonly { readonly output: Slot; readonly input: Slot }[]
  readonly points: Slot
  readonly labels: Slot
  /** Null where a box is two points with the labels 2 and 3, or can't be asked: see `boxes`. */
  readonly boxInput: Slot | null
  /** labels: as two points; input: by `boxInput`; none: only points are understood. */
  readonly boxes: 'labels' | 'input' | 'none'
  readonly mask: Slot | null
  readonly hasMask: Slot | null
  readonly size: Slot | null
  /** The graph wants the padding point that SAM was trained with. */
  readonly padded: boolean
  /** Side of the square that points are given in. */
  readonly pointSide: number
  readonly masks: Slot
  readonly scores: Slot
  readonly objectScore: Slot | null
}

/** Usual names, the best first. */
const usual: Readonly<Record<Exclude<keyof SamFamilyTensors, 'image' | 'embeddings'>, readonly string[]>> = {
  points: ['point_coords', 'input_points', 'batched_point_coords'],
  labels: ['point_labels', 'input_labels', 'batched_point_labels'],
  boxes: ['input_boxes'],
  mask: ['mask_input'],
  hasMask: ['has_mask_input'],
  size: ['orig_im_size'],
  // The small ones first: nothing is gained by masks that the graph enlarges.
  masks: ['low_res_masks', 'pred_masks', 'masks', 'output_masks'],
  scores: ['iou_predictions', 'iou_scores', 'scores'],
  objectScore: ['object_score_logits', 'object_score'],
}

/** ImageNet's, over 0..255: what SAM and SAM 2 were trained with. */
const imageNet = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] }
/** SAM 3's. */
const halves = { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] }
/** EfficientSAM normalises 0..1 inside. */
const shares = { mean: [0, 0, 0], std: [255, 255, 255] }

const SAM3_SIDE = 1008
/** Where the decoder brings its masks to the size that it is told, and its points from it. */
export const TOLD_SIDE = 256

const sameShape = (a: Slot, b: Slot) => a.shape.join() === b.shape.join()

/** Pairs the decoder's inputs with the encoder's outputs: by name, then by a shape that only two have, then by order. */
const pairEmbeddings = (
  outputs: readonly Slot[],
  inputs: readonly Slot[],
  given: SamFamilyTensors['embeddings'],
) => {
  const free = [...outputs]
  const pairs = new Map<Slot, Slot>()
  const pair = (input: Slot, output: Slot | undefined) => {
    if (output === undefined) return
    free.splice(free.indexOf(output), 1)
    pairs.set(input, output)
  }
  const open = () => inputs.filter((input) => !pairs.has(input))
  for (const input of open())
    pair(
      input,
      free.find(({ name }) => name === (given?.[input.name] ?? input.name)),
    )
  for (const input of open()) {
    const alike = free.filter((output) => sameShape(output, input))
    if (alike.length === 1 && open().filter((other) => sameShape(other, input)).length === 1)
      pair(input, alike[0])
  }
  const left = open()
  if (left.length === free.length || (left.length === 1 && outputs.length === 1))
    for (const input of left) pair(input, free[0])
  const missing = open().map(({ name }) => name)
  if (missing.length > 0)
    throw new Error(`The decoder wants ${missing.join(', ')}, which the encoder does not give.`)
  return outputs.flatMap((output) =>
    [...pairs].filter(([, one]) => one === output).map(([input]) => ({ output, input })),
  )
}

/** Of a square's side, what the graph says; null when it is left open. */
const sideOf = ({ shape }: Slot): number | null => {
  const last = shape.at(-1)
  return shape.length === 4 && typeof last === 'number' && last > 3 ? last : null
}

/**
 * @throws Error with what is missing when the graphs are no such pair
 */
export const wire = (encoder: Graph, decoder: Graph, contract: SamFamilyContract): Wiring => {
  const { kind, preprocessing = {}, tensors = {} } = contract
  const find = (slots: readonly Slot[], what: keyof typeof usual): Slot | null => {
    const names = tensors[what] === undefined ? usual[what] : [tensors[what]]
    for (const name of names) {
      const slot = slots.find((one) => one.name === name)
      if (slot !== undefined) return slot
    }
    return null
  }
  const need = (slots: readonly Slot[], what: keyof typeof usual): Slot => {
    const slot = find(slots, what)
    if (slot === null)
      throw new Error(`The decoder lacks its ${what} (${tensors[what] ?? usual[what].join(', ')}).`)
    return slot
  }
  const pixels = encoder.inputs.find(({ name }) => name === tensors.image) ?? encoder.inputs[0]
  if (pixels === undefined || encoder.inputs.length > 1)
    throw new Error(`The encoder must have one input, not ${encoder.inputs.length}.`)
  const points = need(decoder.inputs, 'points')
  const labels = need(decoder.inputs, 'labels')
  const [boxInput, mask, hasMask, size] = (['boxes', 'mask', 'hasMask', 'size'] as const).map((what) =>
    find(decoder.inputs, what),
  ) as [Slot | null, Slot | null, Slot | null, Slot | null]
  const prompts = [points, labels, boxInput, mask, hasMask, size]
  const inputs = decoder.inputs.filter((slot) => !prompts.includes(slot))
  const embeddings = pairEmbeddings(encoder.outputs, inputs, tensors.embeddings)
  if (embeddings.length === 0) throw new Error('The decoder takes nothing of what the encoder gives.')

  const isEfficient = points.name.startsWith('batched_')
  const layout = preprocessing.layout ?? (pixels.shape.length === 3 ? 'hwc' : 'nchw')
  if (preprocessing.layout === undefined && pixels.shape.length !== 3 && pixels.shape.length !== 4)
    throw new Error(`The encoder's input has ${pixels.shape.length} dimensions, not 3 or 4.`)
  const side = preprocessing.side ?? (layout === 'nchw' ? sideOf(pixels) : null) ?? FRAME
  const hasFine = embeddings.length > 2
  // darktable keeps a photo's shape with SAM 2, all others stretch it; it gives its small masks beside the large ones.
  const isDarktable =
    kind === 'sam2' && size === null && find(decoder.outputs, 'masks')?.name === 'low_res_masks'
  const stretches = isEfficient || (kind !== 'sam' && hasFine && !isDarktable)
  const usualPixels = isEfficient ? shares : side === SAM3_SIDE ? halves : imageNet
  return {
    image: {
      slot: pixels,
      layout,
      fit: preprocessing.fit ?? (stretches ? 'stretch' : 'letterbox'),
      side,
      mean: preprocessing.mean ?? usualPixels.mean,
      std: preprocessing.std ?? usualPixels.std,
    },
    embeddings,
    points,
    labels,
    boxInput,
    boxes: boxInput !== null ? 'input' : kind === 'transformers' ? 'none' : 'labels',
    mask,
    hasMask,
    size,
    padded: kind === 'sam' && !isEfficient,
    pointSide: isEfficient ? TOLD_SIDE : side,
    masks: need(decoder.outputs, 'masks'),
    scores: need(decoder.outputs, 'scores'),
    objectScore: find(decoder.outputs, 'objectScore'),
  }
}

/**
 * Maskwright's own split of a SAM as a pair with SAM's official contract, for other programs: nodes before and after the
 * graphs, whose weights stay as they are. The decoder's names and its `masks` are those of segment-anything's
 * `scripts/export_onnx_model.py` with four masks; the encoder takes pixels as samexporter's does.
 */
import { FRAME_SIDE } from '../../common/geometry/letterbox.ts'
import { MASK_SIDE } from '../inference/host/policy.ts'
import type { TokensContract } from '../inference/manifest.ts'
import { elementTypes, reframe, type GraphNode, type ValueInfo } from './onnx-graph.ts'

const { float, uint8, int64, float16 } = elementTypes
const GRID = 64
const CHANNELS = 256
const MASKS = 4

const embeddings: ValueInfo = { name: 'image_embeddings', type: float, shape: [1, CHANNELS, GRID, GRID] }

/**
 * `input_image` float [H, W, 3], RGB 0..255, upright, long side 1024 -> `image_embeddings` float [1, 256, 64, 64]. The
 * graph normalises and pads. SAM's no-mask embedding is in them already, so that only the decoder below takes them.
 */
export const samEncoderOf = (model: Buffer, { image, size, tokens }: TokensContract['encoder']): Buffer =>
  reframe(model, {
    inputs: [{ name: 'input_image', type: float, shape: ['height', 'width', 3] }],
    outputs: [embeddings],
    constants: [
      { name: size, type: 'int64', values: [FRAME_SIDE, FRAME_SIDE] },
      { name: 'frame/first', type: 'int64', values: [0] },
      { name: 'frame/grid', type: 'int64', values: [1, CHANNELS, GRID, GRID] },
    ],
    before: [
      { type: 'Cast', inputs: ['input_image'], output: 'frame/bytes', attributes: { to: uint8 } },
      { type: 'Unsqueeze', inputs: ['frame/bytes', 'frame/first'], output: image },
    ],
    after: [
      { type: 'Cast', inputs: [tokens], output: 'frame/floats', attributes: { to: float } },
      {
        type: 'Transpose',
        inputs: ['frame/floats'],
        output: 'frame/channels',
        attributes: { perm: [0, 2, 1] },
      },
      { type: 'Reshape', inputs: ['frame/channels', 'frame/grid'], output: embeddings.name },
    ],
  })

/** Hands an input on under the name that the graph has for it; branches of the graph may take it by that name. */
const given = (input: string, output: string): GraphNode[] =>
  input === output ? [] : [{ type: 'Identity', inputs: [input], output }]

/** `orig_im_size` and the low masks [1, 4, 256, 256] to `masks` [1, 4, height, width], as SAM's `mask_postprocessing`. */
const upscale = (low: string): GraphNode[] => {
  const resize = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }
  return [
    { type: 'Resize', inputs: [low, '', '', 'frame/square'], output: 'frame/large', attributes: resize },
    { type: 'ReduceMax', inputs: ['orig_im_size'], output: 'frame/long', attributes: { keepdims: 1 } },
    { type: 'Div', inputs: ['frame/side', 'frame/long'], output: 'frame/scale' },
    { type: 'Mul', inputs: ['orig_im_size', 'frame/scale'], output: 'frame/exact' },
    { type: 'Add', inputs: ['frame/exact', 'frame/half'], output: 'frame/raised' },
    { type: 'Floor', inputs: ['frame/raised'], output: 'frame/whole' },
    { type: 'Cast', inputs: ['frame/whole'], output: 'frame/unpadded', attributes: { to: int64 } },
    {
      type: 'Slice',
      inputs: ['frame/large', 'frame/zeros', 'frame/unpadded', 'frame/axes'],
      output: 'frame/cut',
    },
    { type: 'Cast', inputs: ['orig_im_size'], output: 'frame/original', attributes: { to: int64 } },
    {
      type: 'Concat',
      inputs: ['frame/batch', 'frame/original'],
      output: 'frame/sizes',
      attributes: { axis: 0 },
    },
    { type: 'Resize', inputs: ['frame/cut', '', '', 'frame/sizes'], output: 'masks', attributes: resize },
  ]
}

/**
 * `image_embeddings`, `point_coords`, `point_labels`, `mask_input`, `has_mask_input`, `orig_im_size` -> `masks`,
 * `iou_predictions`, `low_res_masks`. Mask 0 is the one-answer mask, 1 to 3 are a single point's alternatives.
 */
export const samDecoderOf = (model: Buffer, names: TokensContract['decoder']): Buffer =>
  reframe(model, {
    inputs: [
      embeddings,
      { name: 'point_coords', type: float, shape: [1, 'num_points', 2] },
      { name: 'point_labels', type: float, shape: [1, 'num_points'] },
      { name: 'mask_input', type: float, shape: [1, 1, MASK_SIDE, MASK_SIDE] },
      { name: 'has_mask_input', type: float, shape: [1] },
      { name: 'orig_im_size', type: float, shape: [2] },
    ],
    outputs: [
      { name: 'masks', type: float, shape: [1, MASKS, 'height', 'width'] },
      { name: 'iou_predictions', type: float, shape: [1, MASKS] },
      { name: 'low_res_masks', type: float, shape: [1, MASKS, MASK_SIDE, MASK_SIDE] },
    ],
    constants: [
      { name: 'frame/flat', type: 'int64', values: [1, CHANNELS, GRID * GRID] },
      { name: 'frame/half', type: 'float', values: [0.5] },
      { name: 'frame/side', type: 'float', values: [FRAME_SIDE] },
      { name: 'frame/square', type: 'int64', values: [1, MASKS, FRAME_SIDE, FRAME_SIDE] },
      { name: 'frame/batch', type: 'int64', values: [1, MASKS] },
      { name: 'frame/zeros', type: 'int64', values: [0, 0] },
      { name: 'frame/axes', type: 'int64', values: [2, 3] },
    ],
    renamed: {
      [names.masks]: 'low_res_masks',
      [names.scores]: 'iou_predictions',
    },
    before: [
      { type: 'Reshape', inputs: [embeddings.name, 'frame/flat'], output: 'frame/rows' },
      { type: 'Transpose', inputs: ['frame/rows'], output: 'frame/columns', attributes: { perm: [0, 2, 1] } },
      { type: 'Cast', inputs: ['frame/columns'], output: names.tokens, attributes: { to: float16 } },
      { type: 'Greater', inputs: ['has_mask_input', 'frame/half'], output: names.hasMask },
      ...given('point_coords', names.points),
      ...given('point_labels', names.labels),
      ...given('mask_input', names.mask),
    ],
    after: upscale('low_res_masks'),
  })

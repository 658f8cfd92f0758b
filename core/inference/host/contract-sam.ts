/**
 * SAM as it is exported in the wild (samexporter, AnyLabeling, Acly, segment-anything's own script). What the
 * manifest leaves out is read from the graphs' inputs.
 */
import { openHalfCasts } from './half.ts'
import { fileOf, type ModelChoice, type SamContract } from '../manifest.ts'
import { CROP_SIDE, FRAME, type Pixels } from './pixels.ts'
import { MASK_SIDE } from './policy.ts'
import { candidatesOf, type OpenSession, type SamModel } from './sam.ts'
import { float32, type Session, type TensorData } from './sessions.ts'

/** ImageNet's, over 0..255: what SAM was trained with. */
const usualMean: readonly number[] = [123.675, 116.28, 103.53]
const usualStd: readonly number[] = [58.395, 57.12, 57.375]

const only = (session: Session, slots: 'inputs' | 'outputs', what: string) => {
  const [slot, ...more] = session[slots]
  if (slot === undefined || more.length > 0) {
    throw new Error(
      `${what} must have one ${slots === 'inputs' ? 'input' : 'output'}, not ${session[slots].length}.`,
    )
  }
  return slot
}

/** [height, width, 3], 0..255; the graph normalises and pads. */
const toHwc = ({ width, height, rgb }: Pixels): TensorData =>
  float32(Float32Array.from(rgb), [height, width, 3])

/** [1, 3, 1024, 1024], normalised, then padded with zeros right and bottom. */
const toNchw = (
  { width, height, rgb }: Pixels,
  mean: readonly number[],
  std: readonly number[],
): TensorData => {
  const plane = FRAME * FRAME
  const data = new Float32Array(3 * plane)
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / std[channel]!
    for (let y = 0; y < height; y++) {
      const to = channel * plane + y * FRAME
      for (let x = 0; x < width; x++) {
        data[to + x] = (rgb[(y * width + x) * 3 + channel]! - mean[channel]!) * scale
      }
    }
  }
  return float32(data, [1, 3, FRAME, FRAME])
}

const decoderInputs = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input']
const decoderOutputs = ['low_res_masks', 'iou_predictions']

export const openSamModel = async (
  choice: ModelChoice,
  contract: SamContract,
  open: OpenSession,
): Promise<SamModel> => {
  const encoder = await open(fileOf(choice, 'encoder'))
  const decoder = await open(fileOf(choice, 'decoder'))
  const pixels = only(encoder, 'inputs', 'The encoder')
  const embedded = only(encoder, 'outputs', 'The encoder')
  const { layout, mean, std } = contract.preprocessing ?? {}
  const kind = layout ?? (pixels.shape.length === 3 ? 'hwc' : pixels.shape.length === 4 ? 'nchw' : null)
  if (kind === null) throw new Error(`The encoder's input has ${pixels.shape.length} dimensions, not 3 or 4.`)
  const wanted = decoder.inputs.map((slot) => slot.name)
  const missing = [
    ...decoderInputs.filter((name) => !wanted.includes(name)),
    ...decoderOutputs.filter((name) => !decoder.outputs.some((slot) => slot.name === name)),
  ]
  if (missing.length > 0) throw new Error(`The decoder lacks ${missing.join(', ')}.`)
  const strange = wanted.filter((name) => !decoderInputs.includes(name) && name !== 'orig_im_size')
  if (strange.length > 0) throw new Error(`The decoder wants ${strange.join(', ')}, which SAM does not have.`)
  // Only low_res_masks is used; the smaller the image size it is given, the less it upscales for nothing.
  const size: Record<string, TensorData> = wanted.includes('orig_im_size')
    ? { orig_im_size: float32(Float32Array.of(MASK_SIDE, MASK_SIDE), [2]) }
    : {}

  const casts = await openHalfCasts()
  return {
    // A graph that pads may as well enlarge.
    cropSide: kind === 'hwc' ? FRAME : CROP_SIDE,

    async encode(frame) {
      const input = kind === 'hwc' ? toHwc(frame) : toNchw(frame, mean ?? usualMean, std ?? usualStd)
      const outputs = await encoder.run({ [pixels.name]: input }, [embedded.name])
      return casts.toHalves(outputs[embedded.name]!)
    },

    // embeddings: [1, 256, 64, 64]; coords: [1, N, 2]; labels: [1, N]; low_res_masks: [1, C, 256, 256]
    async decode(embedding, { coords, labels, mask }) {
      const { data, dims } = await casts.toFloats(embedding)
      const outputs = await decoder.run(
        {
          image_embeddings: float32(data, dims),
          point_coords: float32(coords, [1, labels.length, 2]),
          point_labels: float32(labels, [1, labels.length]),
          mask_input: float32(mask ?? new Float32Array(MASK_SIDE * MASK_SIDE), [1, 1, MASK_SIDE, MASK_SIDE]),
          has_mask_input: float32(Float32Array.of(mask === null ? 0 : 1), [1]),
          ...size,
        },
        decoderOutputs,
      )
      return candidatesOf(outputs.low_res_masks!, outputs.iou_predictions!)
    },

    relax: () => encoder.relax(),

    async dispose() {
      await Promise.all([encoder, decoder, casts].map((owned) => owned.dispose()))
    },
  }
}

/**
 * The official way back from logits to a full-size mask, straight from its definition (segment_anything,
 * Sam.postprocess_masks): every pixel, no window, no shortcut. Slow; what polygonOfLogits is measured against.
 */
import { resizedSize, type LogitsFrame } from '../../../common/geometry/letterbox.ts'

/** torch.nn.functional.interpolate(mode='bilinear', align_corners=False): where output k of `to` lies in `from`. */
const tapOf = (k: number, from: number, to: number) => {
  const at = Math.max(0, ((k + 0.5) * from) / to - 0.5)
  const low = Math.min(Math.floor(at), from - 1)
  return { low, high: Math.min(low + 1, from - 1), weight: at - low }
}

/** [height * width] of one plane resized from `stride`-wide rows. */
const resize = (
  plane: Float32Array,
  stride: number,
  from: { width: number; height: number },
  to: { width: number; height: number },
) => {
  const result = new Float32Array(to.width * to.height)
  const columns = Array.from({ length: to.width }, (_, x) => tapOf(x, from.width, to.width))
  for (let y = 0, i = 0; y < to.height; y++) {
    const row = tapOf(y, from.height, to.height)
    const [above, below] = [row.low * stride, row.high * stride]
    for (const { low, high, weight } of columns) {
      const upper = plane[above + low]! * (1 - weight) + plane[above + high]! * weight
      const lower = plane[below + low]! * (1 - weight) + plane[below + high]! * weight
      result[i++] = upper * (1 - row.weight) + lower * row.weight
    }
  }
  return result
}

/** The mask of the crop, [crop.height * crop.width], 1 where the logit is > 0. */
export const officialMask = (logits: Float32Array, { crop }: LogitsFrame): Uint8Array => {
  const frame = resize(logits, 256, { width: 256, height: 256 }, { width: 1024, height: 1024 })
  const full = resize(frame, 1024, resizedSize(crop), crop)
  const mask = new Uint8Array(full.length)
  for (let i = 0; i < full.length; i++) mask[i] = full[i]! > 0 ? 1 : 0
  return mask
}

/** Logits [256 * 256] from a function of image points. */
export const logitsOf = (frame: LogitsFrame, field: (x: number, y: number) => number): Float32Array => {
  const resized = resizedSize(frame.crop)
  return Float32Array.from({ length: 65536 }, (_, i) =>
    field(
      frame.crop.x + (((i % 256) + 0.5) * 4 * frame.crop.width) / resized.width,
      frame.crop.y + ((Math.floor(i / 256) + 0.5) * 4 * frame.crop.height) / resized.height,
    ),
  )
}

/** Photos whose canvas is enlarged by mirroring: a stand-in for larger photos, of which the model sees less. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompressionType, Transformer } from '@napi-rs/image'
import type { Part, Polygon } from '../../common/model.ts'
import { decodeUpright } from '../../core/images/decode.ts'

/** Where pixel `at` of a line comes from that is mirrored at both of its ends. */
const mirrored = (at: number, length: number) => {
  const within = ((at % (2 * length)) + 2 * length) % (2 * length)
  return within < length ? within : 2 * length - 1 - within
}

export interface Enlarged {
  readonly file: string
  readonly width: number
  readonly height: number
  /** The outline where the object lies in the canvas. */
  move(shape: Polygon): Polygon
}

/**
 * The photo in the middle of a canvas `times` as wide and high, the rest filled with its mirror images.
 * @param folder where the canvas is written, as PNG
 */
export const enlarge = async (file: string, times: number, folder: string): Promise<Enlarged> => {
  const { width, height, rgb } = await decodeUpright(file)
  const [wide, high] = [width * times, height * times]
  const [left, top] = [Math.floor((wide - width) / 2), Math.floor((high - height) / 2)]
  const rgba = new Uint8Array(wide * high * 4).fill(255)
  const columns = Int32Array.from({ length: wide }, (_, x) => mirrored(x - left, width))
  for (let y = 0; y < high; y++) {
    const row = mirrored(y - top, height) * width
    for (let x = 0; x < wide; x++) {
      const [from, to] = [3 * (row + columns[x]!), 4 * (y * wide + x)]
      rgba[to] = rgb[from]!
      rgba[to + 1] = rgb[from + 1]!
      rgba[to + 2] = rgb[from + 2]!
    }
  }
  const made = join(folder, `canvas-${times}.png`)
  writeFileSync(
    made,
    await Transformer.fromRgbaPixels(rgba, wide, high).png({ compressionType: CompressionType.Fast }),
  )
  const movePart = ({ outer, holes }: Part): Part => ({
    outer: outer.map(([x, y]) => [x + left, y + top]),
    holes: holes.map((hole) => hole.map(([x, y]) => [x + left, y + top])),
  })
  return {
    file: made,
    width: wide,
    height: high,
    move: (shape) => ({ type: 'polygon', parts: shape.parts.map(movePart) }),
  }
}

/**
 * Asks a model about a picture whose answer is known: a bright field on dark ground, in a picture that is no square. A
 * model whose export is understood wrongly (points in another frame, masks elsewhere) gives another field or none.
 */
import { said } from '../../../common/said.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { FRAME, frameSize, type Pixels } from './pixels.ts'
import { MASK_SIDE, promptIn, viewOf } from './policy.ts'
import type { Encoded, SamModel } from './sam.ts'

const image: Size = { width: 1000, height: 600 }
/** In the image; off its middle both ways. */
const field = { x0: 600, y0: 130, x1: 700, y1: 210 }
/** IoU of the best mask. SAM has over .9 here; a stretch or a shift that is not seen leaves under .3. */
const ENOUGH = 0.5

const ground: readonly number[] = [40, 60, 50]
const bright: readonly number[] = [235, 225, 210]

const pictureOf = (size: Size): Pixels => {
  const rgb = new Uint8Array(3 * size.width * size.height)
  for (let y = 0, at = 0; y < size.height; y++) {
    const row = ((y + 0.5) * image.height) / size.height
    for (let x = 0; x < size.width; x++) {
      const column = ((x + 0.5) * image.width) / size.width
      const isIn = column > field.x0 && column < field.x1 && row > field.y0 && row < field.y1
      for (let channel = 0; channel < 3; channel++) rgb[at++] = (isIn ? bright : ground)[channel]!
    }
  }
  return { ...size, rgb }
}

/** IoU of a mask over the 1024 frame with the field. */
const overlap = (logits: Float32Array): number => {
  const cells = MASK_SIDE / Math.max(image.width, image.height)
  let [both, either] = [0, 0]
  for (const [at, value] of logits.entries()) {
    const x = ((at % MASK_SIDE) + 0.5) / cells
    const y = (Math.floor(at / MASK_SIDE) + 0.5) / cells
    if (x > image.width || y > image.height) continue
    const isIn = x > field.x0 && x < field.x1 && y > field.y0 && y < field.y1
    if (isIn && value > 0) both++
    if (isIn || value > 0) either++
  }
  return either === 0 ? 0 : both / either
}

/** What the encoder makes of the test picture. */
export const encodeCanary = (model: Pick<SamModel, 'encode' | 'frameOf'>): Promise<Encoded> => {
  const crop = { x: 0, y: 0, ...image }
  return model.encode(pictureOf(model.frameOf(crop, FRAME)), frameSize(crop, FRAME))
}

/**
 * One encode, and one click in the middle of the field.
 * @returns what the encoder made of the picture
 * @throws Error when no mask lies on the field
 */
export const tryCanary = async (model: SamModel): Promise<Encoded> => {
  const crop = { x: 0, y: 0, ...image }
  const view = viewOf(crop, image, false, model.cropSide)
  const embedding = await encodeCanary(model)
  const middle = { x: (field.x0 + field.x1) / 2, y: (field.y0 + field.y1) / 2 }
  const found = await model.decode(
    embedding,
    promptIn(view, [{ type: 'point', ...middle, positive: true }], null),
  )
  const best = Math.max(...found.map(({ logits }) => overlap(logits)))
  if (!(best >= ENOUGH))
    throw new Error(
      [
        said(
          'Its mask of a test picture lies elsewhere than the object that was clicked ({share} overlap).',
          { share: `${Math.round(100 * (best || 0))}%` },
        ),
        said(
          'Its export may want its pictures or points in another way; manifest.json can say how (docs/models.md).',
        ),
      ].join(' '),
    )
  return embedding
}

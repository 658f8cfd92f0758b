/** Maskwright's own split of SAM (docs/models.md): token encoder, token-side decoder with the mask prompt inside. */
import { fileOf, type ModelChoice, type TokensContract } from '../manifest.ts'
import { CROP_SIDE, FRAME, frameSize, paddedSize } from './pixels.ts'
import { MASK_SIDE } from './policy.ts'
import { openHalfCasts } from './half.ts'
import { candidatesOf, type OpenSession, type SamModel } from './sam.ts'
import { float32 } from './sessions.ts'

const noMask = new Float32Array(MASK_SIDE * MASK_SIDE)
const MASKS = 4

export const openTokensModel = async (
  choice: ModelChoice,
  contract: TokensContract,
  open: OpenSession,
): Promise<SamModel> => {
  const { encoder: image, decoder: names } = contract
  const encoder = await open(fileOf(choice, 'encoder'))
  const decoder = await open(fileOf(choice, 'decoder'))
  const casts = await openHalfCasts()

  // Written by each decode: 1 MB of new memory each time would take a millisecond of a click.
  const masks = {
    data: new Float32Array(MASKS * MASK_SIDE * MASK_SIDE),
    dims: [1, MASKS, MASK_SIDE, MASK_SIDE],
  }
  const scores = { data: new Float32Array(MASKS), dims: [1, MASKS] }

  return {
    takesMask: true,
    boxes: 'labels',
    cropSide: CROP_SIDE,
    frameOf: frameSize,

    // image: uint8 [1, H, W, 3]; size: int64 [2] = padded height and width; tokens: float16 [1, 4096, 256]
    encode({ width, height, rgb }) {
      const padded =
        choice.variant.pad === 'margin' ? paddedSize({ width, height }) : { width: FRAME, height: FRAME }
      const size = BigInt64Array.of(BigInt(padded.height), BigInt(padded.width))
      return encoder.runHalves(
        {
          [image.image]: { type: 'uint8', data: rgb, dims: [1, height, width, 3] },
          [image.size]: { type: 'int64', data: size, dims: [2] },
        },
        image.tokens,
      )
    },

    // coords: [1, N, 2]; labels: [1, N]; mask: [1, 1, 256, 256]; masks: [1, 4, 256, 256]; scores: [1, 4]
    async decode({ data, dims }, { coords, labels, mask }) {
      await decoder.runInto(
        {
          [names.tokens]: { type: 'float16', data, dims },
          [names.points]: float32(coords, [1, labels.length, 2]),
          [names.labels]: float32(labels, [1, labels.length]),
          [names.mask]: float32(mask ?? noMask, [1, 1, MASK_SIDE, MASK_SIDE]),
          [names.hasMask]: { type: 'bool', data: Uint8Array.of(mask === null ? 0 : 1), dims: [1] },
        },
        {
          [names.masks]: float32(masks.data, masks.dims),
          [names.scores]: float32(scores.data, scores.dims),
        },
      )
      return candidatesOf(masks, scores)
    },

    planes: (embedding) => casts.toFloats(embedding),

    relax: () => encoder.relax(),

    async dispose() {
      await Promise.all([encoder, decoder, casts].map((owned) => owned.dispose()))
    },
  }
}

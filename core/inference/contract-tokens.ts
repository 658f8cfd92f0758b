/** Maskwright's own split of SAM (docs/models.md): token encoder, mask preparation, token-side decoder. */
import { fileOf, type ModelChoice, type TokensContract } from './manifest.ts'
import { FRAME, paddedSize } from './pixels.ts'
import { MASK_SIDE } from './policy.ts'
import { candidatesOf, type OpenSession, type SamModel } from './sam.ts'
import { float32 } from './sessions.ts'

const TOKENS = [1, 4096, 256]

export const openTokensModel = async (
  choice: ModelChoice,
  contract: TokensContract,
  open: OpenSession,
): Promise<SamModel> => {
  const { encoder: image, decoder: names, maskprep: prep } = contract
  const encoder = await open(fileOf(choice, 'encoder'))
  const decoder = await open(fileOf(choice, 'decoder'))
  const maskprep = await open(fileOf(choice, 'maskprep'))

  return {
    // image: uint8 [1, H, W, 3]; size: int64 [2] = padded height and width; tokens: [1, 4096, 256]
    async encode({ width, height, rgb }) {
      const padded =
        choice.variant.pad === 'margin' ? paddedSize({ width, height }) : { width: FRAME, height: FRAME }
      const size = BigInt64Array.of(BigInt(padded.height), BigInt(padded.width))
      const outputs = await encoder.run(
        {
          [image.image]: { type: 'uint8', data: rgb, dims: [1, height, width, 3] },
          [image.size]: { type: 'int64', data: size, dims: [2] },
        },
        [image.tokens],
      )
      return outputs[image.tokens]!
    },

    // tokens: [1, 4096, 256]; coords: [1, N, 2]; labels: [1, N]; masks: [1, 4, 256, 256]; scores: [1, 4]
    async decode(embedding, { coords, labels, mask }) {
      let tokens = embedding.data
      if (mask !== null) {
        const feeds = {
          [prep.tokens]: float32(tokens, TOKENS),
          [prep.mask]: float32(mask, [1, 1, MASK_SIDE, MASK_SIDE]),
        }
        tokens = (await maskprep.run(feeds, [prep.tokensOut]))[prep.tokensOut]!.data
      }
      const outputs = await decoder.run(
        {
          [names.tokens]: float32(tokens, TOKENS),
          [names.points]: float32(coords, [1, labels.length, 2]),
          [names.labels]: float32(labels, [1, labels.length]),
        },
        [names.masks, names.scores],
      )
      return candidatesOf(outputs[names.masks]!, outputs[names.scores]!)
    },

    relax: () => encoder.relax(),

    async dispose() {
      await Promise.all([encoder, decoder, maskprep].map((session) => session.dispose()))
    },
  }
}

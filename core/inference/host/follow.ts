/** Carries objects from image to image with what the encoder made of both: the model's side of core/follow. */
import { FRAME_SIDE, modelToImage, wholeImage } from '../../../common/geometry/letterbox.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { BoxPrompt } from '../../../common/model.ts'
import { followObject, type KnownMask } from '../../follow/follow.ts'
import { findAlike } from '../../follow/alike.ts'
import { coverageOfShape, GRID_SIDE, gridOf } from '../../follow/grid.ts'
import { TOKEN_LENGTH, tokensOf, type Tokens } from '../../follow/tokens.ts'
import type { Alike, AlikeQuestion, CarriedMask, Followed, FollowQuestion, KnownObject } from '../follow.ts'
import type { InferenceImage } from '../image.ts'
import type { Embedding } from './embeddings.ts'
import type { DecoderPrompt } from './policy.ts'
import type { CandidateView, Tensor } from './sam.ts'
import { createSession, float32 } from './sessions.ts'

/** y = exp(20 q r' - 20) of q [n, 256] and r [m, 256]: an ONNX graph of 163 bytes (onnx.helper, opset 13). */
const AFFINITY =
  'CAg6mAEKMgoBcQoBcgoBYxIBeiIER2VtbSoPCgVhbHBoYRUAAKBBoAEBKg0KBnRyYW5zQhgBoAECCgsKAXoSAXkiA0V4cBIBZyoNCAEQASIEAACg' +
  'wUIBY1oVCgFxEhAKDggBEgoKAxIBbgoDEgFkWhUKAXISEAoOCAESCgoDEgFtCgMSAWRiFQoBeRIQCg4IARIKCgMSAW4KAxIBbUIECgAQDQ=='

/** Affinities between two images that are kept while one question is answered: up to 64 MB each. */
const MOST_AFFINITIES = 2

interface FollowerParts {
  readonly modelId: string
  readonly threads: number
  /** What the encoder makes of the whole image. */
  readonly embed: (image: InferenceImage) => Promise<Embedding>
  /** What the encoder says of each cell, float32. */
  readonly planes: (embedding: Embedding) => Promise<Tensor>
  readonly decode: (embedding: Embedding, prompt: DecoderPrompt) => Promise<CandidateView[]>
}

export interface Follower {
  /** @throws what `embed` and `decode` throw */
  follow(image: InferenceImage, question: FollowQuestion): Promise<Followed>
  /** @throws what `embed` and `decode` throw */
  alike(image: InferenceImage, question: AlikeQuestion): Promise<Alike>
}

const openAffinity = async (threads: number) => {
  const session = await createSession(Buffer.from(AFFINITY, 'base64'), {
    provider: 'cpu',
    threads,
    arena: false,
  })
  const matrix = ({ columns, rows, data }: Tokens) => float32(data, [columns * rows, TOKEN_LENGTH])
  return async (now: Tokens, then: Tokens): Promise<Float32Array> =>
    (await session.run({ q: matrix(now), r: matrix(then) }, ['y'])).y!.data
}

interface Seen {
  readonly embedding: Embedding
  readonly tokens: Tokens
}

/** What the decoder was asked, in pixels of the image. @param box in the 1024 frame */
const promptOf = ([x0, y0, x1, y1]: readonly [number, number, number, number], image: Size): BoxPrompt => {
  const crop = wholeImage(image)
  const low = modelToImage({ x: x0, y: y0 }, crop)
  const high = modelToImage({ x: x1, y: y1 }, crop)
  return {
    type: 'box',
    x0: low.x,
    y0: low.y,
    x1: Math.min(image.width, high.x),
    y1: Math.min(image.height, high.y),
  }
}

export const createFollower = ({ modelId, threads, embed, planes, decode }: FollowerParts): Follower => {
  let opened: ReturnType<typeof openAffinity> | null = null

  const look = async (image: InferenceImage): Promise<Seen> => {
    opened ??= openAffinity(threads)
    const embedding = await embed(image)
    const { data, dims } = await planes(embedding)
    return { embedding, tokens: tokensOf(data, dims, gridOf(embedding)) }
  }

  /** What is known of the other images of a question, the last used at hand. */
  const createOthers = (now: Seen, images: readonly InferenceImage[]) => {
    const known = new Map<number, Promise<Seen & { readonly affinity: Float32Array }>>()
    const make = async (image: InferenceImage) => {
      const then = await look(image)
      const affinity = await opened!
      return { ...then, affinity: await affinity(now.tokens, then.tokens) }
    }
    return (index: number) => {
      const one = known.get(index) ?? make(images[index]!)
      known.delete(index)
      known.set(index, one)
      for (const oldest of known.keys()) if (known.size > MOST_AFFINITIES) known.delete(oldest)
      return one
    }
  }

  return {
    async follow(image, { images, objects }) {
      const now = await look(image)
      const { width, height } = now.embedding
      const other = createOthers(now, images)
      const maskOf = async (known: KnownObject): Promise<KnownMask> => {
        const { embedding, tokens, affinity } = await other(known.image)
        const { columns, rows } = tokens
        return { columns, rows, affinity, coverage: coverageOfShape(known.shape, embedding) }
      }
      const carry = async ({ previous, keyframe }: FollowQuestion['objects'][number]) => {
        const found = await followObject(
          { width, height },
          await maskOf(previous),
          keyframe === null ? null : await maskOf(keyframe),
          ({ box, mask }) =>
            decode(now.embedding, { coords: Float32Array.from(box), labels: Float32Array.of(2, 3), mask }),
        )
        if (found === null) return null
        const { index, logits, confidence, box } = found
        // The decoder writes over what it gave out.
        return {
          logits: logits.slice(),
          candidate: index,
          confidence,
          prompt: promptOf(box, { width, height }),
        }
      }
      // Those of one keyframe one after the other: no affinity is made twice.
      const order = objects
        .map((_, index) => index)
        .sort((a, b) => (objects[a]!.keyframe?.image ?? -1) - (objects[b]!.keyframe?.image ?? -1))
      const masks: (CarriedMask | null)[] = objects.map(() => null)
      for (const index of order) masks[index] = await carry(objects[index]!)
      return { modelId, width, height, masks }
    },
    async alike(image, { from, shape, known, most }) {
      const now = await look(image)
      const size = { width: now.embedding.width, height: now.embedding.height }
      const then = await look(from)
      const coverage = coverageOfShape(shape, then.embedding)
      /** The middle of a cell, in the 1024 frame. */
      const middle = (cell: number) => (cell + 0.5) * (FRAME_SIDE / GRID_SIDE)
      const found = await findAlike(
        size,
        now.tokens,
        { tokens: then.tokens, coverage },
        known.map((one) => coverageOfShape(one, size)),
        ({ x, y }) => {
          const coords = Float32Array.of(middle(x), middle(y), 0, 0)
          return decode(now.embedding, { coords, labels: Float32Array.of(1, -1), mask: null })
        },
        most,
      )
      const masks = found.map(({ logits, index, confidence, cell }) => {
        const point = modelToImage({ x: middle(cell.x), y: middle(cell.y) }, wholeImage(size))
        const prompt = { type: 'point', x: point.x, y: point.y, positive: true } as const
        return { logits, candidate: index, confidence, prompt }
      })
      return { modelId, ...size, masks }
    },
  }
}

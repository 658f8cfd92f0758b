/** Runs the detectors of the user: opens the file, gives it a picture, makes boxes in the photo of what comes out. */
import { randomUUID } from 'node:crypto'
import { createScratch } from '../../../../common/geometry/scratch.ts'
import { CodedError, messageOf } from '../../../../common/errors.ts'
import type { Size } from '../../../../common/geometry/point.ts'
import { said } from '../../../../common/said.ts'
import type {
  Decoding,
  Detected,
  Detection,
  DetectorRecipe,
  DetectQuestion,
  ProbedOutput,
  ProbeQuestion,
} from '../../detector.ts'
import type { Pixels } from '../pixels.ts'
import type { Serving } from '../server/serving.ts'
import { createSession, type Session, type TensorData } from '../sessions.ts'
import { decode, outputsRead, type Floats, type Found } from './decode.ts'
import { inputFor, openFramer, type Framer, type Placing } from './frame.ts'
import { floatsOf, halvesOf } from '../half-floats.ts'
import { gridOf, outlineOf } from './outline.ts'
import { cornersOf } from './rotated.ts'
import { createServedDetector, type ServedDetector } from './served.ts'

export interface Detectors {
  /** @throws CodedError model-unavailable when the file can't be opened, inference-failed when it fails */
  detect(pixels: Pixels, question: DetectQuestion): Promise<Detected>
  /** @throws CodedError as `detect` */
  probe(question: ProbeQuestion): Promise<ProbedOutput[]>
  /** For idle times: closes the file, so that its memory goes back; the next question opens it again. */
  relax(): Promise<void>
}

/** A box narrower than this is none, image pixels. */
const SMALLEST = 1

interface Opened {
  readonly key: string
  readonly session: Session
  /** The same on the server; null where there is none. */
  readonly served: ServedDetector | null
}

const floats = (tensor: TensorData): Floats => {
  const { dims } = tensor
  if (tensor.type === 'float32') return { data: tensor.data, dims }
  if (tensor.type === 'float16') return { data: floatsOf(tensor.data), dims }
  return { data: Float32Array.from(tensor.data, Number), dims }
}

/** DETR's pixel_mask is brought to the size of its features, whatever its own. */
const MASK = { width: 64, height: 64 } as const
const maskOf = ({ width, height }: Size): TensorData => ({
  type: 'int64',
  data: new BigInt64Array(width * height).fill(1n),
  dims: [1, height, width],
})

type Inputs = Pick<ProbeQuestion, 'image' | 'sizes' | 'pixelMask'> & Pick<DetectorRecipe, 'texts'>

const feedsOf = (
  tensor: TensorData,
  { image, sizes, pixelMask, texts }: Inputs,
): Record<string, TensorData> => {
  const { width, height } = image
  const side = BigInt64Array.of(BigInt(height), BigInt(width))
  return {
    [image.name]: tensor,
    ...(sizes !== null && { [sizes]: { type: 'int64', data: side, dims: [1, 2] } as const }),
    ...(pixelMask !== null && { [pixelMask]: maskOf(texts === undefined ? MASK : image) }),
    ...Object.fromEntries(
      (texts ?? []).map(({ name, data, dims }) => [
        name,
        { type: 'int64', data: BigInt64Array.from(data, BigInt), dims } as const,
      ]),
    ),
  }
}

const greyOf = ({ type, width, height }: ProbeQuestion['image']): TensorData => {
  const dims = [1, 3, height, width]
  const count = 3 * width * height
  if (type === 'uint8') return { type, data: new Uint8Array(count).fill(114), dims }
  const data = new Float32Array(count).fill(114 / 255)
  return type === 'float32' ? { type, data, dims } : { type, data: halvesOf(data), dims }
}

/** The output that holds masks; null where there is none. */
const masksIn = (decoding: Decoding): string | null => {
  if (decoding.kind === 'queries') return decoding.masks
  if (decoding.kind === 'labelled' || decoding.kind === 'words') return null
  return decoding.extra.kind === 'coefficients' ? decoding.extra.prototypes : null
}

/** @param provider as of the model for masks; one that can't run the detector is replaced by the CPU */
export const createDetectors = (
  provider: string,
  threads: number,
  serving: Serving | null = null,
): Detectors => {
  let framer: Promise<Framer> | null = null
  let opened: Opened | null = null
  const scratch = createScratch()

  const openOn = async (model: string): Promise<Session> => {
    if (provider === 'cpu') return createSession(model, { provider, threads })
    return createSession(model, { provider, threads }).catch(() =>
      createSession(model, { provider: 'cpu', threads }),
    )
  }
  /** One at a time: a person works with one detector, and each has some 100 MB. */
  const openedOf = async ({ model, version }: { model: string; version: string }): Promise<Opened> => {
    const key = `${version} ${model}`
    if (opened?.key === key) return opened
    await opened?.session.dispose()
    opened = null
    const session = await openOn(model).catch((thrown: unknown) => {
      throw new CodedError(
        'model-unavailable',
        said("The detector can't be opened: {why}", { why: messageOf(thrown) }),
        {
          cause: thrown,
        },
      )
    })
    const served = serving === null ? null : createServedDetector(serving, model, session)
    opened = { key, session, served }
    return opened
  }
  const run = async (session: Session, feeds: Record<string, TensorData>, fetches: readonly string[]) => {
    try {
      return await session.runAny(feeds, fetches)
    } catch (thrown) {
      throw new CodedError(
        'inference-failed',
        said('The detector failed: {why}', { why: messageOf(thrown) }),
        { cause: thrown },
      )
    }
  }

  const toImage = ({ scaleX, scaleY, left, top }: Placing, x: number, y: number) => ({
    x: (x - left) / scaleX,
    y: (y - top) / scaleY,
  })

  const detectionOf = (found: Found, placing: Placing, image: Size): Omit<Detection, 'outline' | 'mask'> => {
    const [a, b, c, d] = found.box
    const [low, high] = [toImage(placing, a, b), toImage(placing, c, d)]
    const hold = (value: number, limit: number) => Math.min(limit, Math.max(0, value))
    const corners = found.rotated === null ? null : cornersOf(found.rotated)
    return {
      classIndex: found.classIndex,
      score: Math.min(1, Math.max(0, found.score)),
      box: [
        hold(low.x, image.width),
        hold(low.y, image.height),
        hold(high.x, image.width),
        hold(high.y, image.height),
      ],
      corners: corners?.map(([x, y]) => toImage(placing, x, y)) ?? null,
      points: found.points.map(({ x, y, seen }) => ({ ...toImage(placing, x, y), seen })),
    }
  }

  return {
    async detect(pixels, question) {
      const { minScore, outlines, keepsMasks } = question
      const image = inputFor(question.recipe.image, pixels)
      const recipe = { ...question.recipe, image }
      const { decoding } = recipe
      const { session, served } = await openedOf(question)
      framer ??= openFramer(threads)
      const { tensor, placing } = await (await framer).frame(pixels, image)
      const start = performance.now()
      const fetches = outputsRead(decoding, outlines !== null)
      const feeds = feedsOf(tensor, recipe)
      const read = (raw: Record<string, TensorData>) => {
        const outputs = Object.fromEntries(fetches.map((name) => [name, floats(raw[name]!)]))
        return { outputs, all: decode(recipe, outputs, minScore) }
      }
      const there = (await served?.run(feeds, fetches)) ?? null
      const isTrusted = there !== null && served?.isTrusted() === true
      const { outputs, all } = read(isTrusted ? there : await run(session, feeds, fetches))
      if (there !== null && !isTrusted) served?.compare(all, read(there).all, minScore)
      const ms = performance.now() - start
      const masks = masksIn(decoding)
      const detections = all.flatMap((found): Detection[] => {
        const plain = detectionOf(found, placing, pixels)
        const [x0, y0, x1, y1] = plain.box
        // It lies in the padding, or is nothing.
        if (x1 - x0 < SMALLEST || y1 - y0 < SMALLEST) return []
        const grid = outlines === null || masks === null ? null : gridOf(found, outputs[masks])
        const outlined =
          grid === null || outlines === null
            ? null
            : outlineOf({
                grid,
                box: plain.box,
                frame: image,
                placing,
                image: pixels,
                options: outlines,
                maskId: keepsMasks ? randomUUID() : null,
                scratch,
              })
        return [{ ...plain, ...(outlined ?? { outline: null, mask: null }) }]
      })
      return { width: pixels.width, height: pixels.height, detections, ms }
    },
    async probe(question) {
      const { session } = await openedOf(question)
      const names = session.outputs.map(({ name }) => name)
      const raw = await run(session, feedsOf(greyOf(question.image), question), names)
      return names.map((name) => ({ name, type: raw[name]!.type, shape: [...raw[name]!.dims] }))
    },
    async relax() {
      const last = opened
      opened = null
      await last?.session.dispose()
    },
  }
}

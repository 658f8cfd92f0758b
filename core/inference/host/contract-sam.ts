/**
 * SAM, SAM 2 and their kin as they are exported in the wild: whatever the graphs call their tensors, however they want
 * the picture, however many embeddings and masks they give (wiring.ts), it is one `SamModel` to the rest.
 */
import { openHalfCasts } from './half.ts'
import { fileOf, type ModelChoice, type SamFamilyContract } from '../manifest.ts'
import { CROP_SIDE, FRAME, frameSize, type Pixels } from './pixels.ts'
import { MASK_SIDE, type DecoderPrompt } from './policy.ts'
import { byTheBox, candidatesOf, type Encoded, type OpenSession, type SamModel, type Tensor } from './sam.ts'
import { float32, type Session, type TensorData } from './sessions.ts'
import { fromSquare, squareOf, toSquare } from './square.ts'
import { TOLD_SIDE, wire, type Wiring } from './wiring.ts'

/** [height, width, 3], 0..255; the graph normalises and pads. */
const toHwc = ({ width, height, rgb }: Pixels): Tensor => ({
  data: Float32Array.from(rgb),
  dims: [height, width, 3],
})

/** [1, 3, side, side], normalised, then padded with zeros right and bottom. */
const toNchw = ({ width, height, rgb }: Pixels, { side, mean, std }: Wiring['image']): Tensor => {
  const plane = side * side
  const data = new Float32Array(3 * plane)
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / std[channel]!
    for (let y = 0; y < height; y++) {
      const to = channel * plane + y * side
      for (let x = 0; x < width; x++) {
        data[to + x] = (rgb[(y * width + x) * 3 + channel]! - mean[channel]!) * scale
      }
    }
  }
  return { data, dims: [1, 3, side, side] }
}

const product = (dims: readonly number[]) => dims.reduce((all, one) => all * one, 1)

/** The prompt's points for the graph, in its own square, and its box where that is asked apart. */
const pointsFor = ({ coords, labels }: DecoderPrompt, wiring: Wiring, shown: Encoded['shown']) => {
  const { image, pointSide, padded, boxes } = wiring
  const square = squareOf(image.fit, shown)
  const place = (at: number): [number, number] => [
    (coords[2 * at]! * pointSide) / square.width,
    (coords[2 * at + 1]! * pointSide) / square.height,
  ]
  const points = Array.from(labels, (label, at) => ({ label, at: place(at) }))
  const corners = points.filter(({ label }) => label === 2 || label === 3).map(({ at }) => at)
  const plain = points.filter(({ label }) => label === 0 || label === 1)
  const [low, high] = corners
  if (low === undefined || high === undefined || boxes === 'labels')
    return { points: padded ? points : points.filter(({ label }) => label >= 0), box: null }
  if (boxes === 'input') return { points: plain, box: [...low, ...high] }
  // Nothing but points is understood: the middle of the box is one.
  const middle: [number, number] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]
  return { points: [{ label: 1, at: middle }, ...plain], box: null }
}

export const openSamModel = async (
  choice: ModelChoice,
  contract: SamFamilyContract,
  open: OpenSession,
): Promise<SamModel> => {
  const encoder = await open(fileOf(choice, 'encoder'))
  const decoder = await open(fileOf(choice, 'decoder'))
  const wiring = wire(encoder, decoder, contract)
  const { image, embeddings, points, labels, boxInput, mask, hasMask, size, masks, scores, objectScore } =
    wiring
  const casts = await openHalfCasts()

  /** As the graph types it. */
  const typed = async (type: string, { data, dims }: Tensor): Promise<TensorData> => {
    if (type === 'float16') return { type: 'float16', ...(await casts.toHalves({ data, dims })) }
    if (type === 'int64')
      return { type: 'int64', data: BigInt64Array.from(data, (one) => BigInt(Math.round(one))), dims }
    if (type === 'int32') return { type: 'int32', data: Int32Array.from(data), dims }
    if (type === 'bool' || type === 'uint8') return { type, data: Uint8Array.from(data), dims }
    return float32(data, dims)
  }
  const run = async (session: Session, feeds: Record<string, TensorData>, names: readonly string[]) => {
    const given = await session.runAny(feeds, names)
    return Promise.all(
      names.map(async (name): Promise<Tensor> => {
        const tensor = given[name]!
        if (tensor.type === 'float32') return tensor
        if (tensor.type === 'float16') return casts.toFloats(tensor)
        throw new Error(`${name} is ${tensor.type}, not float32 or float16.`)
      }),
    )
  }
  /** The embeddings that the decoder was given last, as it takes them: a second click asks the same. */
  let wide: { of: Uint16Array; feeds: Record<string, TensorData> } | null = null

  const partsOf = ({ data, dims, parts = [dims] }: Encoded) => {
    let from = 0
    return parts.map((part) => ({ data: data.subarray(from, (from += product(part))), dims: part }))
  }
  const widen = async (embedding: Encoded) => {
    if (wide?.of === embedding.data) return wide.feeds
    const feeds: Record<string, TensorData> = {}
    for (const [index, part] of partsOf(embedding).entries()) {
      const { input } = embeddings[index]!
      feeds[input.name] =
        input.type === 'float16'
          ? { type: 'float16', ...part }
          : await typed(input.type, await casts.toFloats(part))
    }
    wide = { of: embedding.data, feeds }
    return feeds
  }
  const sideOfMask = typeof mask?.shape.at(-1) === 'number' ? Number(mask.shape.at(-1)) : MASK_SIDE

  return {
    takesMask: mask !== null,
    boxes: wiring.boxes,
    // A graph that pads, or sees a stretched picture, may as well enlarge.
    cropSide: image.layout === 'hwc' || image.fit === 'stretch' ? FRAME : CROP_SIDE,
    frameOf: (crop, side) =>
      image.fit === 'stretch'
        ? { width: image.side, height: image.side }
        : frameSize(crop, Math.round((side * image.side) / FRAME)),

    async encode(frame, shown) {
      const input = image.layout === 'hwc' ? toHwc(frame) : toNchw(frame, image)
      const outputs = await run(
        encoder,
        { [image.slot.name]: await typed(image.slot.type, input) },
        embeddings.map(({ output }) => output.name),
      )
      const made = []
      for (const output of outputs) made.push(await casts.toHalves(output))
      const [only] = made
      if (only !== undefined && made.length === 1 && image.fit === 'letterbox') return only
      const data = new Uint16Array(made.reduce((sum, part) => sum + part.data.length, 0))
      made.reduce((at, part) => (data.set(part.data, at), at + part.data.length), 0)
      return { data, dims: [data.length], parts: made.map(({ dims }) => dims), shown }
    },

    async decode(embedding, prompt) {
      const { shown } = embedding
      const square = squareOf(image.fit, shown)
      const asked = pointsFor(prompt, wiring, shown)
      const count = asked.points.length
      const deep = points.shape.length === 4
      const feeds: Record<string, TensorData> = { ...(await widen(embedding)) }
      const give = async (
        slot: { name: string; type: string } | null,
        data: Float32Array,
        dims: number[],
      ) => {
        if (slot !== null) feeds[slot.name] = await typed(slot.type, { data, dims })
      }
      const coords = Float32Array.from(asked.points.flatMap(({ at }) => at))
      await give(points, coords, deep ? [1, 1, count, 2] : [1, count, 2])
      const said = Float32Array.from(asked.points, ({ label }) => label)
      await give(labels, said, labels.shape.length === 3 ? [1, 1, count] : [1, count])
      await give(boxInput, Float32Array.from(asked.box ?? []), [1, asked.box === null ? 0 : 1, 4])
      if (mask !== null) {
        const cells = prompt.mask === null ? null : toSquare(prompt.mask, square, sideOfMask)
        await give(mask, cells ?? new Float32Array(sideOfMask ** 2), [1, 1, sideOfMask, sideOfMask])
        await give(hasMask, Float32Array.of(cells === null ? 0 : 1), [1])
      }
      await give(size, Float32Array.of(TOLD_SIDE, TOLD_SIDE), [2])
      const wanted = [masks, scores, ...(objectScore === null ? [] : [objectScore])]
      const [given, rated, object] = await run(
        decoder,
        feeds,
        wanted.map(({ name }) => name),
      )
      const found = candidatesOf(fromSquare(given!, square), rated!, object)
      return wiring.boxes === 'none' ? byTheBox(found, prompt) : found
    },

    async planes(embedding) {
      const parts = partsOf(embedding)
      const coarse = parts.reduce((a, b) => (b.dims.at(-1)! < a.dims.at(-1)! ? b : a))
      return fromSquare(await casts.toFloats(coarse), squareOf(image.fit, embedding.shown), 64)
    },

    relax: () => encoder.relax(),

    async dispose() {
      await Promise.all([encoder, decoder, casts].map((owned) => owned.dispose()))
    },
  }
}

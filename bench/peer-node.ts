/**
 * The peers' way without Python: the original graphs in onnxruntime-node with default options, upscaled by the graph
 * to the photo's size, then the whole mask traced. Speaks the protocol of peer.py.
 */
import { wholeImage } from '../common/geometry/letterbox.ts'
import { createInterface } from 'node:readline'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { polygonOfMask } from '../common/geometry/mask-to-polygon.ts'
import { decodeUpright } from '../core/images/decode.ts'
import { openResize } from '../core/inference/host/resize.ts'

const SIDE = 1024
const mean = [123.675, 116.28, 103.53] as const
const deviation = [58.395, 57.12, 57.375] as const

type Request =
  | { readonly op: 'load'; readonly encoder: string; readonly decoder: string }
  | { readonly op: 'encode'; readonly file: string }
  | { readonly op: 'click'; readonly points: readonly (readonly [number, number, number])[] }

const sessions: { encoder: InferenceSession | null; decoder: InferenceSession | null } = {
  encoder: null,
  decoder: null,
}
let embedding = new Tensor('float32', new Float32Array(0), [0])
let size = { width: 0, height: 0 }

const resize = await openResize(0)

const encode = async (file: string) => {
  const start = performance.now()
  const image = await decodeUpright(file)
  const read = performance.now()
  const frame = await resize.toFrame(image, wholeImage(image), SIDE)
  const input = new Float32Array(3 * SIDE * SIDE)
  for (let y = 0; y < frame.height; y++)
    for (let x = 0; x < frame.width; x++)
      for (let channel = 0; channel < 3; channel++)
        input[(channel * SIDE + y) * SIDE + x] =
          (frame.rgb[(y * frame.width + x) * 3 + channel]! - mean[channel]!) / deviation[channel]!
  const prepared = performance.now()
  const { output } = await sessions.encoder!.run({ input: new Tensor('float32', input, [1, 3, SIDE, SIDE]) })
  embedding = output as typeof embedding
  size = { width: image.width, height: image.height }
  const done = performance.now()
  return { read: read - start, prepare: prepared - read, run: done - prepared, total: done - start }
}

const click = async (points: readonly (readonly [number, number, number])[]) => {
  const start = performance.now()
  const scale = SIDE / Math.max(size.width, size.height)
  const count = points.length + 1
  const coords = Float32Array.from([...points.flatMap(([x, y]) => [x * scale, y * scale]), 0, 0])
  const labels = Float32Array.from([...points.map(([, , label]) => label), -1])
  const { masks } = await sessions.decoder!.run(
    {
      image_embeddings: embedding,
      point_coords: new Tensor('float32', coords, [1, count, 2]),
      point_labels: new Tensor('float32', labels, [1, count]),
      mask_input: new Tensor('float32', new Float32Array(256 * 256), [1, 1, 256, 256]),
      has_mask_input: new Tensor('float32', new Float32Array(1), [1]),
      orig_im_size: new Tensor('float32', Float32Array.of(size.height, size.width), [2]),
    },
    ['masks'],
  )
  const run = performance.now()
  const inside = Uint8Array.from(masks!.data as Float32Array, (logit) => (logit > 0 ? 1 : 0))
  const polygon = polygonOfMask(inside, size.width, size.height, {
    tolerance: 0.5,
    minArea: 16,
    minShare: 0.01,
  })
  const done = performance.now()
  const vertices = polygon?.parts.reduce((sum, part) => sum + part.outer.length, 0) ?? 0
  return { run: run - start, contour: done - run, total: done - start, points: vertices }
}

const answer = async (request: Request) => {
  switch (request.op) {
    case 'load':
      sessions.encoder = await InferenceSession.create(request.encoder)
      sessions.decoder = await InferenceSession.create(request.decoder)
      return { runtime: 'onnxruntime-node, as python has no onnxruntime here' }
    case 'encode':
      return encode(request.file)
    case 'click':
      return click(request.points)
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Request))}\n`)

/**
 * float32 to float16 and back, for models whose graphs know float32 alone: embeddings are kept as float16. By
 * onnxruntime's Cast, which rounds to the nearest.
 */
import { createSession, float32, type Halves, type Session } from './sessions.ts'
import type { Tensor } from './sam.ts'

/** y = Cast(x) of any shape, to float16 and to float32: ONNX graphs of 61 bytes (onnx.helper, opset 13). */
const TO_HALF = 'CAgSADoxChcKAXgSAXkiBENhc3QqCQoCdG8YCqABAhIAWgkKAXgSBAoCCAFiCQoBeRIECgIICkIECgAQDQ=='
const TO_FLOAT = 'CAgSADoxChcKAXgSAXkiBENhc3QqCQoCdG8YAaABAhIAWgkKAXgSBAoCCApiCQoBeRIECgIIAUIECgAQDQ=='

export interface HalfCasts {
  toHalves(tensor: Tensor): Promise<Halves>
  toFloats(halves: Halves): Promise<Tensor>
  dispose(): Promise<void>
}

const openCast = (graph: string): Promise<Session> =>
  createSession(Buffer.from(graph, 'base64'), { provider: 'cpu', threads: 1, arena: false })

export const openHalfCasts = async (): Promise<HalfCasts> => {
  const [shorten, widen] = await Promise.all([openCast(TO_HALF), openCast(TO_FLOAT)])
  return {
    toHalves: ({ data, dims }) => shorten.runHalves({ x: float32(data, dims) }, 'y'),
    toFloats: async ({ data, dims }) => (await widen.run({ x: { type: 'float16', data, dims } }, ['y'])).y!,
    async dispose() {
      await Promise.all([shorten.dispose(), widen.dispose()])
    },
  }
}

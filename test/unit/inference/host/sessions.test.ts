/** What the runtime computes on this machine, whatever its CPU can. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHalfCasts } from '../../../../core/inference/host/half.ts'
import { createSession } from '../../../../core/inference/host/sessions.ts'

/** float(MatMulInteger(a, b)): a uint8 [16, 16], b int8 [16, 16] of 127 in the file. */
const product = join(import.meta.dirname, '../../../fixtures/int8-product.onnx')

test('the largest int8 products are exact, with VNNI and without', async () => {
  const session = await createSession(product, { provider: 'cpu', threads: 0, preciseInt8: true })
  const a = { type: 'uint8', data: new Uint8Array(256).fill(255), dims: [16, 16] } as const
  const { y } = await session.run({ a }, ['y'])
  await session.dispose()
  expect(y?.dims).toEqual([16, 16])
  expect(new Set(y?.data)).toEqual(new Set([16 * 255 * 127]))
})

test('float16 keeps its bits, and JavaScript its Float16Array', async () => {
  const casts = await openHalfCasts()
  const halves = await casts.toHalves({ data: Float32Array.of(1, -0.5, 65504), dims: [3] })
  expect(halves).toEqual({ data: Uint16Array.of(0x3c00, 0xb800, 0x7bff), dims: [3] })
  expect((await casts.toFloats(halves)).data).toEqual(Float32Array.of(1, -0.5, 65504))
  expect('Float16Array' in globalThis).toBe(Number(process.versions.node.split('.')[0]) >= 24)
})

/** A graph on a server: asked by the protocol, and believed in nothing that could be wrong. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createConnection, Unreachable } from '../../../../core/inference/host/server/connection.ts'
import { BadAnswer } from '../../../../core/inference/host/server/protocol.ts'
import {
  createServedSession,
  askModel,
  misfitOf,
} from '../../../../core/inference/host/server/served-session.ts'
import { createSession, float32, type Session } from '../../../../core/inference/host/sessions.ts'
import { startInferenceServer, type InferenceServer, type Lie } from '../../../support/inference-server.ts'
import { float, TinyGraph } from '../../../support/tiny-graph.ts'

/** y = x + 1, z = 2 x, of any number of rows. */
const graph = (() => {
  const g = new TinyGraph()
  const x = g.input('x', float, ['rows', 4])
  g.output('y', g.node('Add', [x, g.floats([1])]), ['rows', 4])
  g.output('z', g.node('Mul', [x, g.floats([2])]), ['rows', 4])
  return g.bytes()
})()

let server: InferenceServer
let local: Session
beforeAll(async () => {
  server = await startInferenceServer({ 'my model': graph })
  local = await createSession(graph, { provider: 'cpu', threads: 1 })
})
afterAll(async () => {
  await server.close()
  await local.dispose()
})

const asking = (change: { wholeMs?: number; signal?: AbortSignal; url?: string } = {}) => ({
  connection: createConnection({
    url: change.url ?? server.url,
    model: '',
    connectMs: 1000,
    wholeMs: 0,
    leastMs: 0,
    retryMs: 0,
  }),
  model: 'my model',
  wholeMs: () => change.wholeMs ?? 5000,
  signal: change.signal ?? new AbortController().signal,
})
const feeds = { x: float32(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 4]) }
const ask = (change: Parameters<typeof asking>[0] = {}, isFinite = true) =>
  createServedSession(asking(change), local, { isFinite }).run(feeds, ['z', 'y'])

test('a graph gives there what it gives here', async () => {
  expect(await ask()).toEqual({
    y: { type: 'float32', dims: [2, 4], data: Float32Array.of(2, 3, 4, 5, 6, 7, 8, 9) },
    z: { type: 'float32', dims: [2, 4], data: Float32Array.of(2, 4, 6, 8, 10, 12, 14, 16) },
  })
  expect(server.seen.at(-1)).toBe('POST /v2/models/my%20model/infer')
})

test('what the server tells of a model is compared with the graph here', async () => {
  const there = await askModel(asking())
  expect(there).toMatchObject({ versions: ['1'], platform: 'onnxruntime_onnx' })
  expect(misfitOf(there, local, ['y'])).toBeNull()
  const slot = (name: string, type: string, shape: (number | string)[]) => ({ name, type, shape })
  const misfit = (inputs: ReturnType<typeof slot>[], outputs: ReturnType<typeof slot>[]) =>
    misfitOf(there, { inputs, outputs }, ['y'])
  const [x, y] = [slot('x', 'float32', ['n', 4]), slot('y', 'float32', ['n', 4])]
  expect(misfit([slot('image', 'uint8', [1, 3])], [y])).toMatch(
    /no input “image” \(UINT8 \[1, 3\]\).*wants an input “x”/,
  )
  expect(misfit([slot('x', 'float16', ['n', 4])], [y])).toBe(
    'its input “x” is FP32 [any, 4], not FP16 [any, 4]',
  )
  expect(misfit([x], [slot('y', 'float32', ['n', 5])])).toMatch(
    /output “y” is FP32 \[any, 4\], not FP32 \[any, 5\]/,
  )
  expect(misfit([x], [slot('y', 'float32', [1, 'n', 4])])).toMatch(/output “y”/)
})

const lies: [Lie, RegExp][] = [
  ['wrong-shape', /z has the shape \[1, 2, 4\], not \[any, 4\]/],
  ['wrong-type', /z has numbers of the type INT64, not FP32/],
  ['not-a-number', /z holds values that are no numbers/],
  ['wrong-length', /z has 8 bytes/],
  ['too-long', /longer than 64\.0 MB/],
  ['endless', /longer than 64\.0 MB/],
  ['wrong-head', /head is 100000000 bytes long/],
  ['no-head', /no JSON/],
  ['redirect', /leads elsewhere \(302 http:\/\/127\.0\.0\.1:1\//],
  ['error', /refuses \(500\): out of memory on device 0/],
  ['page', /web page/],
  ['too-few', /lacks z/],
  ['twice', /z twice/],
]
test.each(lies)('an answer that is %s is refused, in words', async (lie, words) => {
  server.plan(lie)
  const refused = ask()
  await expect(refused).rejects.toThrow(words)
  await expect(refused).rejects.toBeInstanceOf(BadAnswer)
  expect(await ask(), 'the next one is good').toHaveProperty('y')
})

test('a shape that is known must be that shape, though the graph leaves it open', async () => {
  const shapes = new Map([['y', [1, 4]]])
  const session = createServedSession(asking(), local, { shapes, isFinite: true })
  await expect(session.run(feeds, ['y'])).rejects.toThrow('y has the shape [2, 4], not [1, 4]')
})

test('infinities are let through where a graph may give them', async () => {
  const session = createServedSession(asking(), local, { isFinite: false })
  const x = float32(Float32Array.of(1, -Infinity, 3, 4), [1, 4])
  expect((await session.run({ x }, ['y'])).y?.data[1]).toBe(-Infinity)
  server.plan('not-a-number')
  await expect(session.run({ x }, ['y'])).rejects.toThrow('no numbers')
})

test.each<[string, Parameters<typeof asking>[0], Lie | null, RegExp]>([
  ['a connection that breaks off', {}, 'broken-off', /broke off|aborted/],
  ['a server that stands still', { wholeMs: 100 }, 'silent', /did not answer within 0\.1 s/],
  ['a server that is not there', { url: 'http://127.0.0.1:1' }, null, /nothing listens there/],
])('%s is told from a bad answer', async (_, change, lie, words) => {
  if (lie !== null) server.plan(lie)
  const refused = ask(change)
  await expect(refused).rejects.toThrow(words)
  await expect(refused).rejects.toBeInstanceOf(Unreachable)
})

test('it is aborted at once', async () => {
  const control = new AbortController()
  server.plan('silent')
  const before = server.inferred.length
  const asked = ask({ signal: control.signal })
  await vi.waitFor(() => expect(server.inferred.length).toBe(before + 1))
  control.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
})

test('a connection that the server has closed meanwhile is opened anew', async () => {
  const session = createServedSession(asking(), local, { isFinite: true })
  await session.run(feeds, ['y'])
  await server.goAway()
  await server.comeBack()
  expect(await session.run(feeds, ['y'])).toHaveProperty('y')
})

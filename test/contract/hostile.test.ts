/** 10,000 calls and frames that no page of ours sends: each is answered with a code or ends its own connection alone. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Packr } from 'msgpackr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { calls } from '../../common/contract.ts'
import type { Reply } from '../../common/rpc.ts'
import { workKinds } from '../../common/work-kinds.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { createCore, type Core } from '../../core/core.ts'
import { forkInferenceProcess } from '../../core/inference/client/fork.ts'
import { createPage } from '../../core/shell/page.ts'
import { frameLimits, isFrameWithin } from '../../web/frame.ts'
import { startWebServer, type WebServer } from '../../web/server.ts'
import { createRandom } from '../support/random.ts'

const packr = new Packr({ useRecords: false, moreTypes: true })

const random = createRandom(20_260_801)
const below = (count: number) => Math.floor(random() * count)
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

const claim = (head: number, count: number): Buffer => {
  const bytes = Buffer.alloc(5)
  bytes[0] = head
  bytes.writeUInt32BE(count, 1)
  return bytes
}
const nested = (head: Buffer, deep: number) =>
  Buffer.concat([...Array<Buffer>(deep).fill(head), Buffer.of(0xc0)])

/** Frames that must not be decoded. */
const rudeFrames: Record<string, () => Buffer> = {
  'an array that claims four billion': () => claim(0xdd, 0xffffffff),
  'a map that claims two billion': () => claim(0xdf, 0x7fffffff),
  'three million nils': () => Buffer.concat([claim(0xdd, 3_000_000), Buffer.alloc(3_000_000, 0xc0)]),
  'a text of 2 MB': () => Buffer.concat([claim(0xdb, 2_000_000), Buffer.alloc(2_000_000, 0x61)]),
  'a text that is not there': () => Buffer.concat([Buffer.of(0x92), claim(0xdb, 900_000)]),
  'arrays 10,000 deep': () => nested(Buffer.of(0x91), 10_000),
  'maps 10,000 deep': () => nested(Buffer.of(0x81, 0xa1, 0x61), 10_000),
  'a type that makes functions (records)': () => Buffer.of(0xd4, 0x72, 0x40, 0x91, 0xa1, 0x61, 0x01),
  'a Set': () => packr.pack([1, 'app.info', new Set([1])]),
  'a byte that the format never uses': () => Buffer.of(0xc1),
  'nothing at all': () => Buffer.alloc(0),
  'two values in one': () => Buffer.concat([packr.pack([1, 'app.info', {}]), Buffer.of(0xc0)]),
  'no call': () => packr.pack({ id: 1 }),
  'an id that is none': () => packr.pack([-1, 'app.info', {}]),
}

test.each(Object.entries(rudeFrames).slice(0, -2))(
  '%s is seen before anything is made of it',
  (_name, frame) => {
    expect(isFrameWithin(frame())).toBe(false)
  },
)

test('what the page sends is let through, up to the limits', () => {
  const vertex = [1023.25, 767.5]
  const polygon = { type: 'polygon', parts: [{ outer: Array(100).fill(vertex), holes: [] }] }
  const added = Array(5000).fill({ id: 'a', shape: polygon, modelId: null, prompts: [] })
  const diff = { labels: {}, annotations: { added, updated: [], removed: [] } }
  const frames = [
    [1, 'edit.commit', { diff }],
    [2 ** 40, 'inference.segment', { maskInput: new Float32Array(256 * 256), crop: null, left: undefined }],
    [3, 'settings.set', { tolerance: 0.5, minArea: -1, theme: 'ä'.repeat(300) }],
  ]
  for (const frame of frames) expect(isFrameWithin(packr.pack(frame))).toBe(true)
  expect(isFrameWithin(Buffer.alloc(frameLimits.bytes + 1))).toBe(false)
  const deepest = (deep: number) => isFrameWithin(nested(Buffer.of(0x91), deep))
  expect([deepest(frameLimits.depth), deepest(frameLimits.depth + 1)]).toEqual([true, false])
})

const scalars: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1.5,
  NaN,
  Infinity,
  -0,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\0',
  '../../../etc/passwd',
  '/dev/zero',
  '/proc/self/environ',
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  '__proto__',
  '\u202e\u0007\u001b[2J',
  '\ud800',
  'x'.repeat(5000),
  'y'.repeat(300_000),
  new Float32Array(3),
  new Uint8Array(1000),
  { __proto__: null, constructor: 1, toString: 'no' },
  [],
  Array(2000).fill(null),
]

const hostileValue = (depth: number): unknown => {
  const kind = depth > 4 ? 0 : random()
  if (kind < 0.7) return pick(scalars)
  if (kind < 0.85) return Array.from({ length: below(4) }, () => hostileValue(depth + 1))
  return Object.fromEntries(
    Array.from({ length: below(4) }, (_, index) => [
      pick(['id', 'folder', `k${index}`]),
      hostileValue(depth + 1),
    ]),
  )
}

const names = [...Object.keys(calls), 'no.such', '__proto__', 'toString', 'z'.repeat(100_000)]
const kinds = [...Object.keys(workKinds), 'no such', 7]
const hostileCall = (): [name: unknown, input: unknown] => {
  const name = random() < 0.95 ? pick(names) : hostileValue(3)
  const known = Object.entries(calls).find(([key]) => key === name)?.[1].input
  const keys = known && 'shape' in known ? Object.keys(known.shape) : ['to', 'folder']
  const input =
    random() < 0.1
      ? hostileValue(0)
      : Object.fromEntries(keys.map((key) => [key, key === 'kind' ? pick(kinds) : hostileValue(1)]))
  return [name, input]
}

describe('the real core behind the real server', () => {
  let folder: string
  let core: Core
  let server: WebServer
  let secret: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'maskwright-hostile-'))
    core = createCore({
      version: '1.2.3',
      shell: 'test',
      dataFolder: folder,
      modelFolders: [],
      startInferenceProcess: () => forkInferenceProcess(),
      startDecoderProcess: forkDecoderProcess,
    })
    server = await startWebServer(core, createPage('/no-page', core), 0)
    const token = server.newAddress().split('token=')[1]!
    const admitted = await fetch(`${server.origin}/session`, {
      method: 'POST',
      body: token,
      headers: { origin: server.origin },
    })
    secret = ((await admitted.json()) as { secret: string }).secret
  })
  afterAll(async () => {
    await server.close()
    await core.close()
    rmSync(folder, { recursive: true })
  })

  const connect = () =>
    new Promise<WebSocket>((resolve, reject) => {
      const address = `${server.origin.replace('http', 'ws')}/socket`
      const socket = new WebSocket(address, ['maskwright', secret], { origin: server.origin })
      socket.once('open', () => resolve(socket))
      socket.once('error', reject)
    })

  test.each(Object.entries(rudeFrames))('%s ends the connection that sent it', async (_name, frame) => {
    const socket = await connect()
    const code = new Promise((resolve) => socket.once('close', resolve))
    socket.send(frame())
    expect(await code).toBe(1007)
  })

  test('10,000 calls: each is answered, none by a fault inside, and the server goes on', async () => {
    const socket = await connect()
    const waiting = new Map<number, (reply: Reply) => void>()
    socket.on('message', (data: Buffer) => {
      const [id, message] = packr.unpack(data) as [number, Reply]
      waiting.get(id)?.(message)
    })
    const ask = (id: number, name: unknown, input: unknown) =>
      new Promise<Reply>((resolve) => {
        waiting.set(id, resolve)
        socket.send(packr.pack([id, name, input]))
      })
    const codes = new Map<string, number>()
    for (let from = 1; from <= 10_000; from += 100) {
      const asked = Array.from({ length: 100 }, (_, index) => ({ id: from + index, call: hostileCall() }))
      const replies = await Promise.all(asked.map(({ id, call }) => ask(id, ...call)))
      replies.forEach((reply, index) => {
        const code = reply.ok ? 'ok' : reply.error.code
        codes.set(code, (codes.get(code) ?? 0) + 1)
        const shown = JSON.stringify(asked[index]?.call).slice(0, 300)
        expect(code, `${shown}: ${reply.ok ? '' : reply.error.message}`).not.toBe('internal')
        if (!reply.ok) expect(reply.error.message.length).toBeLessThan(10_000)
      })
    }
    expect([...codes.values()].reduce((sum, count) => sum + count)).toBe(10_000)
    expect(codes.get('bad-input')).toBeGreaterThan(4000)
    expect(await ask(10_001, 'project.current', {})).toEqual({ ok: true, output: { project: null } })
    socket.terminate()
  }, 120_000)
})

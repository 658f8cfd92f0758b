/** What a script in the page could send: frames over the web shell's socket, and calls as the desktop's page makes them. */
import { Packr } from 'msgpackr'
import WebSocket from 'ws'
import { calls } from '../../../common/contract.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Reply } from '../../../common/rpc.ts'
import { CodedError } from '../../../common/errors.ts'
import type { Core } from '../../../core/core.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import { createPage } from '../../../core/shell/page.ts'
import { startWebServer, type WebServer } from '../../../web/server.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateValue } from '../mutate/json.ts'
import { oddText } from '../mutate/odd.ts'
import { openCore } from '../../support/open-core.ts'
import { objectOf, picturePaths, pictures, projectFiles } from '../project-seed.ts'
import type { Random } from '../random.ts'
import type { Answers, Case, Target } from '../target.ts'

type Call = readonly [name: unknown, input: unknown]

interface FrameCase extends Case {
  /** Over the socket. */
  readonly sent: readonly Uint8Array[]
  /** As the desktop's page makes them. */
  readonly calls: readonly Call[]
}

const packr = new Packr({ useRecords: false, moreTypes: true })

const filter = { text: 'a', show: 'all' }
const point = { type: 'point', x: 3, y: 4, positive: true }
const question = {
  imageId: 1,
  revision: 1,
  prompts: [point],
  maskInput: new Float32Array(16),
  crop: null,
  zoom: false,
  purpose: 'prompt',
  quality: 'fast',
}
/** Each as a page of ours may send it. */
const plain: readonly Call[] = [
  ...Object.keys(calls).map((name): Call => [name, {}]),
  ['images.list', { filter, offset: 0, limit: 10 }],
  ['images.locate', { imageId: 1, filter }],
  ['images.open', { imageId: 1 }],
  ['edit.history', { imageId: 1 }],
  ['edit.steps', { imageId: 1, limit: 10 }],
  ['labels.usage', { labelId: 'cat' }],
  ['labels.delete', { labelId: 'dog' }],
  ['edit.commit', { diff: diffOf({ annotations: { added: [objectOf('a-new-one', 2, 'cat')] } }) }],
  ['edit.undo', { imageId: 1 }],
  ['edit.redo', { imageId: null }],
  ['damaged.list', { imageId: 2 }],
  ['damaged.delete', { imageId: 2, sequence: 1 }],
  ['inference.focus', { imageId: 1, ahead: [2, 3] }],
  ['inference.segment', question],
  ['settings.set', { theme: 'dark', tolerance: 0.5, threads: 2 }],
  ['folders.list', { folder: '/proc/self' }],
  ['project.open', { folder: 'home/private' }],
  ['project.repair', { folder: 'home/shared', from: 'new' }],
  ['project.rescue', { to: 'elsewhere', folder: 'home/private' }],
  [
    'work.start',
    {
      kind: 'export',
      request: { format: 'coco', out: 'home/private', copyImages: true, validation: 0, seed: 1 },
    },
  ],
  [
    'work.start',
    { kind: 'boxes', request: { source: { path: 'home/private/secret.txt' }, scope: { kind: 'project' } } },
  ],
  ['work.start', { kind: 'everything', request: { imageId: 1, pointsPerSide: 4, budgetMs: 100 } }],
  ['work.cancel', { id: 'x' }],
  ['models.remove', { id: '../../home/shared' }],
]

const makeCall = (random: Random): Call => {
  const [name, input] = random.pick(plain)
  return [
    random.chance(0.05) ? oddText(random) : name,
    random.chance(0.1) ? input : mutateValue(input, random),
  ]
}

const claim = (head: number, count: number) => {
  const bytes = Buffer.alloc(5)
  bytes[0] = head
  bytes.writeUInt32BE(count, 1)
  return bytes
}

const makeFrame = (random: Random): Uint8Array => {
  const frame = packr.pack([1 + random.below(1e6), ...makeCall(random)])
  if (random.chance(0.3)) return frame
  if (random.chance(0.1)) {
    const at = random.below(frame.length)
    const size = claim(
      random.pick([0xdb, 0xdd, 0xdf, 0xc6, 0xc9]),
      random.pick([70_000, 2 ** 24, 2 ** 32 - 1]),
    )
    return Buffer.concat([frame.subarray(0, at), size, frame.subarray(at)])
  }
  return mutateBytes(frame, random).bytes
}

const make = (random: Random): FrameCase => ({
  about: 'calls and frames',
  files: new Map(),
  sent: Array.from({ length: 1 + random.below(4) }, () => makeFrame(random)),
  calls: Array.from({ length: 1 + random.below(4) }, () => makeCall(random)),
})

/** The contract's own refusals name its fields: they are for whoever writes a page, and no user meets them. */
const judge = (reply: Reply): unknown => {
  if (reply.ok) return reply.output
  const { code, message } = reply.error
  if (code === 'bad-input' && message.length < 2000 && !/\bat .+:\d+/.test(message)) return null
  throw new CodedError(code, message)
}

const createSocket = (server: WebServer) => {
  let secret: string | null = null
  let socket: WebSocket | null = null
  let heard: ((id: number, message: unknown) => void) | null = null

  const admit = async () => {
    const token = server.newAddress().split('token=')[1]!
    const headers = { origin: server.origin }
    const answer = await fetch(`${server.origin}/session`, { method: 'POST', body: token, headers })
    return ((await answer.json()) as { secret: string }).secret
  }
  const connect = async () => {
    secret ??= await admit()
    const address = `${server.origin.replace('http', 'ws')}/socket`
    const fresh = new WebSocket(address, ['maskwright', secret], { origin: server.origin })
    await new Promise<void>((open, failed) => {
      fresh.once('open', () => open())
      fresh.once('error', failed)
    })
    fresh.on('error', () => undefined)
    fresh.on('message', (data: Buffer) => {
      const [id, message] = packr.unpack(data) as [number, unknown]
      heard?.(id, message)
    })
    return fresh
  }
  /** Resolves with the answer of a call; rejects when the connection ends before it. */
  const ask = (open: WebSocket, id: number): Promise<Reply> =>
    new Promise((done, failed) => {
      const lost = () => failed(new CodedError('disconnected', 'The connection ended.'))
      open.once('close', lost)
      heard = (answered, reply) => {
        if (answered !== id) return
        open.off('close', lost)
        done(reply as Reply)
      }
      open.send(packr.pack([id, 'project.current', {}]))
    })
  return {
    /** Sends frames, each of which may end its connection; then a call of ours must be answered. */
    async send(frames: readonly Uint8Array[], answers: Answers) {
      for (const frame of frames) {
        if (socket?.readyState !== WebSocket.OPEN) socket = await connect()
        const open = socket
        open.send(frame)
        await ask(open, 2 ** 40).catch(() => null)
      }
      await answers.ask('a call after the frames', async () => {
        if (socket?.readyState !== WebSocket.OPEN) socket = await connect()
        return judge(await ask(socket, 2 ** 41))
      })
    },
    close: () => socket?.terminate(),
  }
}

const startCore = async (core: Core, shared: string) => {
  const opened = await core.dispatch('project.open', { folder: shared })
  if (!opened.ok) throw new Error(opened.error.message)
}

export const frames: Target<FrameCase> = {
  name: 'frames',
  kept: {},
  make,
  mayChange: (path) =>
    path === 'data' ||
    path.startsWith('data/') ||
    (path.startsWith('home/shared') && !picturePaths.some((picture) => path === `home/shared/${picture}`)),
  async start(place) {
    place.fill(new Map([...pictures, ['home/shared/.maskwright/project.sqlite', projectFiles(true)['']!]]))
    const { core } = openCore(place.data, {
      startInferenceProcess: () => forkInferenceProcess(),
      // What the page names without having it from the core is asked of the user, who refuses.
      dialogs: {
        chooseFolder: () => Promise.resolve(null),
        chooseFile: () => Promise.resolve(null),
        confirm: () => Promise.resolve(false),
      },
    })
    await startCore(core, place.shared)
    const server = await startWebServer(core, createPage('/no-page', core), 0)
    const socket = createSocket(server)
    return {
      async run({ sent, calls: made }, answers) {
        for (const [name, input] of made) {
          const what = typeof name === 'string' && Object.hasOwn(calls, name) ? name : 'an unknown call'
          await answers.ask(what, async () => judge(await core.dispatchForPage(name, input)))
        }
        await socket.send(sent, answers)
        const current = await answers.ask('current', async () =>
          judge(await core.dispatchForPage('project.current', {})),
        )
        if ((current as { project: unknown } | null)?.project === null)
          answers.fault('the open project is gone')
      },
      async close() {
        socket.close()
        await server.close()
        await core.close()
      },
    }
  },
}

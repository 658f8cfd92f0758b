/** The WebSocket transport: the page's real client against the real server, and who is refused. */
import { request as httpRequest } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import type { AppEvent, CallName, CallOutput } from '../../common/contract.ts'
import { CodedError } from '../../common/errors.ts'
import { createClient, createDispatch, type Client, type Handlers } from '../../common/rpc.ts'
import { createPage } from '../../core/shell/page.ts'
import { createSocketTransport, type SocketTransport } from '../../renderer/host-socket.ts'
import { startWebServer, type WebServer } from '../../web/server.ts'
import { createPageGlobals, type PageGlobals } from '../support/page-globals.ts'

/** A core that answers `inference.segment` with the mask it was given, doubled, and never answers `settings.get`. */
const echo = {
  'inference.segment': ({
    imageId,
    revision,
    maskInput,
  }: {
    imageId: number
    revision: number
    maskInput: Float32Array
  }) =>
    ({
      id: 'an answer',
      imageId,
      revision,
      modelId: 'echo',
      width: 1,
      height: 1,
      crop: { x: 0, y: 0, width: 1, height: 1 },
      candidates: [{ index: 0, score: 0.5, logits: maskInput.map((value) => value * 2) }],
      canBeBetter: false,
      more: 0,
      timings: { wait: 0, encode: 0, decode: 0 },
    }) satisfies CallOutput<'inference.segment'>,
  'settings.get': () => new Promise(() => undefined),
  'project.current': () => ({ project: null }),
} as unknown as Handlers

const listeners = new Set<(event: AppEvent) => void>()
const core = {
  dispatchForPage: createDispatch(echo),
  subscribe: (listener: (event: AppEvent) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
const photo = new Uint8Array([137, 80, 78, 71])
const pictures = {
  readDisplay: (id: number) =>
    id === 1
      ? Promise.resolve({ bytes: photo, contentType: 'image/png' })
      : Promise.reject(new CodedError('not-found', 'There is no such image.')),
  pictureVersion: () => 'a',
  readThumbnail: () => Promise.resolve({ bytes: photo, contentType: 'image/png' }),
}

let folder: string
let server: WebServer
let globals: PageGlobals
let socket: SocketTransport
let client: Client

const connectPage = (address: string) => {
  globals = createPageGlobals(address)
  vi.stubGlobal('fetch', globals.fetch)
  vi.stubGlobal('WebSocket', globals.WebSocket)
  socket = createSocketTransport(globals.place)
  client = createClient(socket.transport)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskwright-page-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  server = await startWebServer(core, createPage(folder, pictures), 0)
})

afterEach(async () => {
  vi.unstubAllGlobals()
  await server.close()
  await rm(folder, { recursive: true })
})

const segment = (mask: Float32Array<ArrayBuffer>) =>
  client.call('inference.segment', {
    imageId: 1,
    revision: 7,
    prompts: [{ type: 'point', x: 1, y: 2, positive: true }],
    maskInput: mask,
    crop: null,
    zoom: false,
    purpose: 'prompt',
    quality: 'fast',
  })

describe('a page with the token', () => {
  beforeEach(() => connectPage(server.newAddress()))
  afterEach(() => globals.leave())

  it('gets typed arrays both ways as they are', async () => {
    const mask = Float32Array.from({ length: 256 * 256 }, (_, index) => Math.sin(index))
    const answer = await segment(mask)
    const logits = answer.candidates[0]?.logits
    expect(logits).toBeInstanceOf(Float32Array)
    expect(logits).toEqual(mask.map((value) => value * 2))
    expect(answer.revision).toBe(7)
  })

  it('is told the code of an unknown call and of bad input', async () => {
    const call = (name: string, input: unknown) => client.call(name as CallName, input as never)
    await expect(call('no.such', {})).rejects.toMatchObject({ code: 'unknown-call' })
    await expect(call('constructor', {})).rejects.toMatchObject({ code: 'unknown-call' })
    await expect(call('labels.usage', { labelId: 3 })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'labels.usage: labelId must be a text.',
    })
  })

  it('hears events', async () => {
    const heard = new Promise((resolve) => client.on('notice', resolve))
    await client.call('project.current', {})
    for (const listener of listeners)
      listener({ name: 'notice', payload: { level: 'info', message: 'hello' } })
    expect(await heard).toEqual({ level: 'info', message: 'hello' })
  })

  it('gets `disconnected` for calls in flight when the wire is cut, and connects again', async () => {
    const states: string[] = []
    socket.onConnection((connection) => states.push(connection))
    await client.call('project.current', {})
    const unanswered = client.call('settings.get', {})
    globals.cut()
    await expect(unanswered).rejects.toMatchObject({ code: 'disconnected' })
    expect(await client.call('project.current', {})).toEqual({ project: null })
    expect(states).toEqual(['connected', 'reconnecting', 'connected'])
    expect(listeners.size).toBe(1)
  })

  it('stays in when it is loaded anew, with nothing but the storage of its tab', async () => {
    await client.call('project.current', {})
    socket = createSocketTransport(globals.place)
    expect(await createClient(socket.transport).call('project.current', {})).toEqual({ project: null })
    const image = `${server.origin}${socket.pictureFolder()}/image/1`
    expect((await globals.fetch(new URL(image))).status).toBe(200)
  })

  it('is told when the server does not know it any more', async () => {
    await client.call('project.current', {})
    const refused = new Promise<void>((resolve) =>
      socket.onConnection((connection) => {
        if (connection === 'refused') resolve()
      }),
    )
    const port = Number(new URL(server.origin).port)
    await server.close()
    server = await startWebServer(core, createPage(folder, pictures), port)
    await refused
    await expect(client.call('project.current', {})).rejects.toMatchObject({ code: 'disconnected' })
  })
})

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** A plain request; Node's own fetch would not send these headers. */
const ask = (path: string, headers: Record<string, string>, method = 'GET', body = '') =>
  new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(`${server.origin}${path}`, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('latin1')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    request.once('error', reject)
    request.end(body)
  })

const tokenOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(1)).get('token') ?? ''
const show = (token: string, origin = server.origin) => ask('/session', { origin }, 'POST', token)
const admitPage = async () =>
  JSON.parse((await show(tokenOf(server.newAddress()))).body) as { secret: string; pictures: string }

/** What the upgrade is answered with: 101 or the status of the refusal. */
const knock = (protocols: string[], headers: Record<string, string>, path = '/socket') =>
  new Promise<number>((resolve, reject) => {
    const knocking = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, protocols, { headers })
    knocking.once('open', () => {
      knocking.terminate()
      resolve(101)
    })
    knocking.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    knocking.once('error', reject)
  })

describe('who is refused', () => {
  it('a socket without the secret, of another origin, without an origin, or by another name', async () => {
    const { secret, pictures: pictureName } = await admitPage()
    const { origin } = server
    const port = new URL(origin).port
    const mine = ['maskwright', secret]
    expect(await knock(mine, { origin })).toBe(101)
    expect(await knock([], { origin })).toBe(401)
    expect(await knock(['maskwright'], { origin })).toBe(401)
    expect(await knock(['maskwright', `${secret}x`], { origin })).toBe(401)
    expect(await knock(['maskwright', pictureName], { origin })).toBe(401)
    expect(await knock([], { origin, cookie: `maskwright_${port}=${secret}` })).toBe(401)
    expect(await knock(mine, {})).toBe(403)
    expect(await knock(mine, { origin: 'https://evil.example' })).toBe(403)
    expect(await knock(mine, { origin: `http://127.0.0.1:${Number(port) + 1}` })).toBe(403)
    const host = `evil.example:${port}`
    expect(await knock(mine, { origin: `http://${host}`, host })).toBe(403)
    expect(await knock(mine, { origin }, '/elsewhere')).toBe(404)
  })

  it('a token that is wrong, used, late, or shown by another origin', async () => {
    expect((await show('wrong')).status).toBe(401)
    expect((await show('')).status).toBe(401)
    expect((await show('x'.repeat(1000))).status).toBe(401)
    const token = tokenOf(server.newAddress())
    expect((await show(token, 'https://evil.example')).status).toBe(403)
    expect((await ask('/session', {}, 'POST', token)).status).toBe(403)
    const admitted = await show(token)
    expect(admitted.status).toBe(200)
    expect((await show(token)).status).toBe(401)
    expect((await show(tokenOf(server.newAddress(-1)))).status).toBe(401)
  })

  it('tells which address was used, and gives each page a secret of its own', async () => {
    const used: string[] = []
    server.onAdmitted((address) => used.push(address))
    const addresses = [server.newAddress(), server.newAddress()]
    const pages = [await show(tokenOf(addresses[0]!)), await show(tokenOf(addresses[1]!))]
    expect(used).toEqual(addresses)
    expect(pages[0]!.body).not.toBe(pages[1]!.body)
  })

  it('no answer sets a cookie, as the browser would show it to every server on 127.0.0.1', async () => {
    const token = tokenOf(server.newAddress())
    const admitted = await show(token)
    const { secret, pictures: name } = JSON.parse(admitted.body) as { secret: string; pictures: string }
    const answers = [
      admitted,
      await ask('/', {}),
      await ask('/session', { authorization: `Bearer ${secret}` }),
      await ask(`/${name}/image/1`, {}),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const { headers } of answers) expect(headers['set-cookie']).toBeUndefined()
  })

  it('an image without a session, or asked for by another page', async () => {
    const { secret, pictures: name } = await admitPage()
    const mine = { 'sec-fetch-site': 'same-origin' }
    const path = `/${name}/image/1`
    const image = await ask(`${path}?v=a`, mine)
    expect(image.status).toBe(200)
    expect(image.headers['cache-control']).toContain('immutable')
    // Of another folder, or of the file before it changed: shown, but not kept under that name.
    expect((await ask(`${path}?v=b`, mine)).headers['cache-control']).not.toContain('immutable')
    const kept = { ...mine, 'if-none-match': String(image.headers.etag) }
    expect((await ask(`${path}?v=a`, kept)).status).toBe(304)
    expect((await ask(`/${name}/image/2`, mine)).status).toBe(404)
    for (const refused of ['/image/1', '/thumb/1', `/${secret}/image/1`, `/${name}x/image/1`, '/%69mage/1'])
      expect((await ask(refused, mine)).status, refused).toBeGreaterThanOrEqual(401)
    expect((await ask(path, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await ask(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask(path, { ...mine, host: 'evil.example' })).status).toBe(403)
  })

  it('paths outside the page, and other methods', async () => {
    const page = await ask('/', {})
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    await writeFile(`${folder}-secret.json`, '{}')
    for (const path of [
      '/../x.json',
      '/%2e%2e/x.json',
      `/..%2f${folder.split('/').at(-1)}-secret.json`,
      '/%00.js',
      '/%',
    ]) {
      expect((await ask(path, {})).status).toBeGreaterThanOrEqual(400)
    }
    await rm(`${folder}-secret.json`)
    expect((await ask('/', { origin: server.origin }, 'DELETE')).status).toBe(405)
  })

  it('frames that are no calls: the connection is closed', async () => {
    const { secret } = await admitPage()
    for (const frame of [Buffer.from('text'), Buffer.from([0xc1]), Buffer.from([0x93, 0xff, 0xc0, 0xc0])]) {
      const rude = new WebSocket(`${server.origin.replace('http', 'ws')}/socket`, ['maskwright', secret], {
        headers: { origin: server.origin },
      })
      const code = await new Promise((resolve) => {
        rude.once('open', () => rude.send(frame))
        rude.once('close', resolve)
      })
      expect(code).toBe(1007)
    }
  })
})

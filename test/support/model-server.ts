/** A server of model files on this machine that does what the test says: breaks off, lies, ignores what it is asked. */
import { createServer, type ServerResponse } from 'node:http'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** How one request is answered; the ones without a plan are answered well. */
type Behaviour =
  | { readonly kind: 'break'; readonly after: number; readonly chunked?: boolean }
  | { readonly kind: 'ignore-range'; readonly breakAfter?: number }
  | { readonly kind: 'hang'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'bytes'; readonly bytes: Buffer<ArrayBuffer>; readonly chunked?: boolean }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'wrong-range' }

interface SeenRequest {
  readonly file: string
  readonly range: string | null
  readonly ifRange: string | null
  sent: number
}

export interface ModelServer {
  readonly url: string
  readonly seen: SeenRequest[]
  /** The next requests are answered so, one after the other. */
  plan(...behaviours: Behaviour[]): void
  /** Other bytes under the same address from now on. */
  replace(file: string, bytes: Buffer<ArrayBuffer>): void
  close(): Promise<void>
}

const tagOf = (bytes: Buffer) => `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`

/** @param folder its files are served under their names */
export const startModelServer = async (folder: string): Promise<ModelServer> => {
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(join(folder, name))]))
  const seen: SeenRequest[] = []
  const planned: Behaviour[] = []

  const send = (response: ServerResponse, request: SeenRequest, bytes: Buffer) =>
    new Promise<void>((resolve) => {
      request.sent += bytes.length
      response.write(bytes, () => setTimeout(resolve, 100))
    })

  const server = createServer((incoming, response) => {
    const file = incoming.url ?? ''
    const range = incoming.headers.range ?? null
    const ifRange = (incoming.headers['if-range'] as string | undefined) ?? null
    const request: SeenRequest = { file, range, ifRange, sent: 0 }
    seen.push(request)
    const how = planned.shift() ?? null
    const whole = how?.kind === 'bytes' ? how.bytes : files.get(file)
    const answer = async () => {
      if (how?.kind === 'status') return response.writeHead(how.status).end('no')
      if (how?.kind === 'redirect') return response.writeHead(302, { location: how.to }).end()
      if (whole === undefined) return response.writeHead(404).end('not here')
      const etag = tagOf(whole)
      const asked = /^bytes=(\d+)-$/.exec(range ?? '')
      const usesRange =
        asked !== null && how?.kind !== 'ignore-range' && (ifRange === null || ifRange === etag)
      const from = usesRange ? Number(asked[1]) : 0
      const body = whole.subarray(from)
      const chunked = (how?.kind === 'bytes' || how?.kind === 'break') && how.chunked === true
      const shown = how?.kind === 'wrong-range' ? from + 1 : from
      response.writeHead(usesRange ? 206 : 200, {
        etag,
        ...(chunked ? {} : { 'content-length': body.length }),
        ...(usesRange ? { 'content-range': `bytes ${shown}-${whole.length - 1}/${whole.length}` } : {}),
      })
      const after =
        how?.kind === 'break' || how?.kind === 'hang'
          ? how.after
          : how?.kind === 'ignore-range'
            ? how.breakAfter
            : undefined
      if (after === undefined) {
        await send(response, request, body)
        return response.end()
      }
      await send(response, request, body.subarray(0, after))
      // An orderly end that comes too early, or a connection that is gone.
      if (how?.kind === 'break') return chunked ? response.end() : response.destroy()
      if (how?.kind === 'ignore-range') return response.destroy()
      return response
    }
    void answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    plan: (...behaviours) => void planned.push(...behaviours),
    replace: (file, bytes) => void files.set(`/${file}`, bytes),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** A catalogue with the files of `folder`, as they are, at `url`. */
export const catalogueOf = (folder: string, url: string, id: string): string => {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { name: string }[]
  }
  const files = manifest.files.map((file) => {
    const bytes = readFileSync(join(folder, file.name))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { ...file, url: `${url}/${file.name}`, bytes: bytes.length, sha256 }
  })
  const variants = [{ id, name: `Tiny ${id}` }]
  return JSON.stringify({ models: [{ id, manifest: { ...manifest, name: `Tiny ${id}`, files, variants } }] })
}

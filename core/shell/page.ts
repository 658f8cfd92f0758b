/**
 * What both shells answer to the page: the built renderer's files, and images and thumbnails by id, never by path.
 * The shells only carry the answer, over a custom protocol or over HTTP.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { hasCode, toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { Core } from '../core.ts'
import type { EncodedPicture } from '../images/pictures.ts'

export type Pictures = Pick<Core, 'readDisplay' | 'readThumbnail' | 'pictureVersion'>

export interface PageAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * Only our own files run. Inline styles are allowed because the component libraries place popups with them; they can
 * load nothing, as every source of content is our own origin.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const commonHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const answer = (
  status: number,
  contentType: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): PageAnswer => ({
  status,
  headers: { ...commonHeaders, 'Content-Type': contentType, 'Cache-Control': 'no-store', ...headers },
  // A copy only when the bytes do not own plain memory.
  body: body.buffer instanceof ArrayBuffer ? (body as Uint8Array<ArrayBuffer>) : new Uint8Array(body),
})

/** An answer in words, for what went wrong. */
export const answerText = (status: number, text: string): PageAnswer =>
  answer(status, 'text/plain; charset=utf-8', new TextEncoder().encode(text))

const answerPicture = async (
  read: (imageId: ImageId) => Promise<EncodedPicture>,
  id: number,
  lasting: boolean,
  ifNoneMatch: string | null,
): Promise<PageAnswer> => {
  try {
    const { bytes, contentType } = await read(id)
    const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
    const headers = {
      ETag: etag,
      'Cache-Control': lasting ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    }
    return ifNoneMatch === etag
      ? answer(304, contentType, new Uint8Array(), headers)
      : answer(200, contentType, bytes, headers)
  } catch (thrown) {
    const missing = hasCode(thrown, 'not-found') || hasCode(thrown, 'no-project')
    return answerText(missing ? 404 : 422, toErrorReply(thrown).message)
  }
}

const answerFile = async (rendererFolder: string, pathname: string): Promise<PageAnswer> => {
  const file = normalize(join(rendererFolder, pathname === '/' ? 'index.html' : pathname))
  const contentType = contentTypes[extname(file)]
  if (!file.startsWith(rendererFolder + sep) || contentType === undefined) return answerText(404, 'Not found')
  try {
    // Built assets carry a hash of their content in their name.
    const cache = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return answer(200, contentType, await readFile(file), { 'Cache-Control': cache })
  } catch {
    return answerText(404, 'Not found')
  }
}

export type AnswerPage = (url: URL, ifNoneMatch: string | null) => Promise<PageAnswer>

export const isPicturePath = (pathname: string): boolean => /^\/(image|thumb)\//.test(pathname)

/**
 * Answers GET requests of the page. `/image/<id>` and `/thumb/<id>` may carry `?v=<version>`; with the one that the
 * image has now they may be kept for ever. `/image/<id>?decoded` is of our own decoding. A request that was on its way while another folder was opened has not.
 * Never rejects.
 * @param rendererFolder Absolute path of the built renderer.
 */
export const createPage = (rendererFolder: string, pictures: Pictures): AnswerPage => {
  const root = normalize(rendererFolder)
  return (url, ifNoneMatch) => {
    // As it is written: a shell that asks for a session sees the same letters, and no others that mean the same.
    const picture = /^\/(image|thumb)\/([1-9]\d{0,15})$/.exec(url.pathname)
    if (picture) {
      const read = (id: ImageId) =>
        picture[1] === 'image'
          ? pictures.readDisplay(id, url.searchParams.has('decoded'))
          : pictures.readThumbnail(id)
      const id = Number(picture[2])
      const lasting = url.searchParams.get('v') === pictures.pictureVersion(id)
      return answerPicture(read, id, lasting, ifNoneMatch)
    }
    try {
      return answerFile(root, decodeURIComponent(url.pathname))
    } catch {
      return Promise.resolve(answerText(400, 'Bad address'))
    }
  }
}

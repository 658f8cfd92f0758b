/** One GET of bytes from an offset on. Follows redirects itself, since none may leave https. */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'

const MAX_REDIRECTS = 6

const isLoopback = ({ hostname }: URL) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** https, or this machine itself when the download began there. */
const isAllowed = (url: URL, first: URL) =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(first))

export interface Wanted {
  readonly url: URL
  /** First byte. */
  readonly from: number
  /** Names the version that the bytes before `from` are of; null when it is not known. */
  readonly etag: string | null
  readonly signal: AbortSignal
}

/**
 * @returns the answer to the last hop, its body unread
 * @throws CodedError download-failed for a redirect that is not allowed; what fetch throws when there is no answer
 */
export const request = async ({ url: first, from, etag, signal }: Wanted): Promise<Response> => {
  // Compressed bytes could not be counted, nor gone on with.
  const headers = new Headers({ 'accept-encoding': 'identity' })
  if (from > 0) headers.set('range', `bytes=${from}-`)
  if (from > 0 && etag !== null) headers.set('if-range', etag)
  let url = first
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!isAllowed(url, first)) {
      throw new CodedError(
        'download-failed',
        said('{host} leads to {place}, which is not encrypted: nothing was downloaded from there.', {
          host: first.host,
          place: `${url.protocol}//${url.host}`,
        }),
      )
    }
    const response = await fetch(url, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    url = new URL(location, url)
  }
  throw new CodedError('download-failed', said('{host} redirects in a circle.', { host: first.host }))
}

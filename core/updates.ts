/** Looks for a newer version when the user asks for it, and never otherwise. */
import { z } from 'zod'
import type { CallOutput } from '../common/contract.ts'
import { CodedError, messageOf } from '../common/errors.ts'
import { said } from '../common/said.ts'
import { request } from './model-install/request.ts'

/** As GitHub answers for the newest release: https://docs.github.com/rest/releases/releases#get-the-latest-release */
const releaseSchema = z.object({
  tag_name: z.string().regex(/^v?\d+\.\d+\.\d+$/),
  html_url: z.url({ protocol: /^https$/ }).max(500),
})

const PATIENCE_MS = 15_000
/** Ours has a few kB. */
const LONGEST_ANSWER = 1_000_000

/** True when `a` is newer than `b`; both `1.2.3`. */
const isNewer = (a: string, b: string): boolean => {
  const [ours = [], theirs = []] = [a, b].map((text) => text.split('.').map(Number))
  const at = ours.findIndex((number, index) => number !== theirs[index])
  return at >= 0 && (ours[at] ?? 0) > (theirs[at] ?? 0)
}

const readShort = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > LONGEST_ANSWER) throw new Error('its answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/**
 * @param address of the newest release, as JSON; undefined where a build has none
 * @throws CodedError offline, download-failed
 */
export const findUpdate = async (
  address: string | undefined,
  version: string,
): Promise<CallOutput<'app.updates'>> => {
  if (address === undefined) return { state: 'unknown', version }
  const url = new URL(address)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const response = await request({ url, from: 0, etag: null, signal }).catch((thrown: unknown) => {
    if (thrown instanceof CodedError) throw thrown
    throw new CodedError(
      'offline',
      said("{host} can't be reached. Is this computer connected?", { host: url.host }),
      {
        cause: thrown,
      },
    )
  })
  try {
    if (!response.ok) throw new Error(`it answers ${response.status}`)
    const { tag_name: tag, html_url: page } = releaseSchema.parse(JSON.parse(await readShort(response)))
    const newest = tag.replace(/^v/, '')
    return isNewer(newest, version) ? { state: 'newer', version, newest, page } : { state: 'newest', version }
  } catch (thrown) {
    const reason =
      thrown instanceof z.ZodError || thrown instanceof SyntaxError
        ? said('its answer is no release')
        : messageOf(thrown)
    throw new CodedError(
      'download-failed',
      said('{host} does not say which version is the newest: {reason}.', { host: url.host, reason }),
      {
        cause: thrown,
      },
    )
  }
}

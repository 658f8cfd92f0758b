/**
 * Downloads one file of known size and sum. Bytes are collected in `<file>.part`, which survives whatever breaks off
 * and is gone on with; `<file>` itself appears only when its sum is right.
 */
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError, messageOf } from '../../common/errors.ts'
import { hashFile } from '../files/hash.ts'
import { readSmallText } from '../files/small-file.ts'
import type { RemoteFile } from './catalogue.ts'
import { bytesText } from '../../common/bytes.ts'
import { said } from '../../common/said.ts'
import { cancelled, offline, refused, wrongFile } from './failures.ts'
import { request } from './request.ts'

export interface DownloadOptions {
  /** Aborts; what has come is kept. */
  readonly signal: AbortSignal
  /** Bytes of the file that are on the disk. Goes back when the server starts over. */
  readonly onBytes: (done: number) => void
  /** A connection that is silent for so long counts as broken, ms. */
  readonly stallMs?: number
  /** Before the 1st, 2nd, ... attempt after one that brought nothing, ms. */
  readonly waitsMs?: readonly number[]
}

/** Broken off, to be tried again; any other error ends the download. */
class Broken extends Error {}

export const partOf = (file: string): string => `${file}.part`
const noteOf = (file: string) => `${file}.part.etag`

export const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0

const dropPart = async (file: string) => {
  await rm(partOf(file), { force: true })
  await rm(noteOf(file), { force: true })
}

/** Weak tags name no bytes, so a range can't be asked for by them. */
const strongTag = (response: Response) => {
  const tag = response.headers.get('etag')
  return tag === null || tag.startsWith('W/') ? null : tag
}

const reasonOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error ? thrown.cause : null
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return messageOf(thrown)
}

/** Where the answer's bytes begin; refuses what is not this file. */
const startOf = (response: Response, { name, bytes }: RemoteFile, host: string, from: number): number => {
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  const differs = (size: number) =>
    wrongFile(
      name,
      host,
      said('it has {size} ({sizeBytes, number} bytes) instead of {wanted} ({wantedBytes, number})', {
        size: bytesText(size),
        sizeBytes: size,
        wanted: bytesText(bytes),
        wantedBytes: bytes,
      }),
    )
  if (response.status === 206) {
    const [, first, total] =
      /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? []
    if (total !== undefined && total !== '*' && Number(total) !== bytes) throw differs(Number(total))
    // Bytes from somewhere else are of no use; the next attempt asks for all of it.
    return Number(first) === from ? from : -1
  }
  if (Number.isFinite(length) && length !== bytes) throw differs(length)
  return 0
}

/**
 * Goes on from `<target>.part` and tries again when the connection breaks off, for as long as bytes come.
 * @throws CodedError cancelled, offline (what has come is kept), download-failed; errors of the file system as they are
 */
export const downloadFile = async (
  file: RemoteFile,
  target: string,
  { signal, onBytes, stallMs = 30_000, waitsMs = [500, 2000, 5000] }: DownloadOptions,
): Promise<void> => {
  const url = new URL(file.url)
  const part = partOf(target)
  let ranges = true

  const attempt = async () => {
    const broken = new AbortController()
    let timer = setTimeout(() => undefined, 0)
    const live = () => {
      clearTimeout(timer)
      timer = setTimeout(
        () => broken.abort(new Broken(said('nothing came for {seconds} s', { seconds: stallMs / 1000 }))),
        stallMs,
      )
    }
    const either = AbortSignal.any([signal, broken.signal])
    /** The network's errors are worth another attempt; the disk's and our own are not. */
    const onNetwork = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work
      } catch (thrown) {
        if (signal.aborted) throw cancelled()
        if (thrown instanceof CodedError) throw thrown
        throw new Broken(broken.signal.aborted ? String(broken.signal.reason) : reasonOf(thrown), {
          cause: thrown,
        })
      }
    }
    try {
      live()
      if (!ranges) await dropPart(target)
      const from = await sizeOf(part)
      const etag = await readSmallText(noteOf(target), { limit: 4096 }).catch(() => null)
      const response = await onNetwork(request({ url, from, etag, signal: either }))
      if (response.status === 416) {
        ranges = false
        throw new Broken(said('it starts over'))
      }
      if (response.status >= 500 || response.status === 429)
        throw new Broken(said('status {status}', { status: response.status }))
      if (response.status !== 200 && response.status !== 206) throw refused(url, response.status)
      const start = startOf(response, file, url.host, from)
      if (start < 0 || response.body === null) {
        ranges = false
        throw new Broken(said('it sends another range'))
      }
      // A read is always waiting: what has come when the connection breaks would be dropped otherwise.
      const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
      let next = reader.read()
      next.catch(() => undefined)
      const tag = strongTag(response)
      if (tag !== null) await writeFile(noteOf(target), tag)
      else await rm(noteOf(target), { force: true })

      const handle = await open(part, start === 0 ? 'w' : 'a')
      let done = start
      onBytes(done)
      try {
        for (;;) {
          const { done: ended, value } = await onNetwork(next)
          if (ended) break
          live()
          next = reader.read()
          next.catch(() => undefined)
          done += value.length
          if (done > file.bytes) {
            await dropPart(target)
            throw wrongFile(
              file.name,
              url.host,
              said('it does not end after {size}', { size: bytesText(file.bytes) }),
            )
          }
          await handle.writeFile(value)
          onBytes(done)
        }
        await handle.sync()
      } finally {
        await reader.cancel().catch(() => undefined)
        await handle.close()
      }
      if (done < file.bytes) throw new Broken(said('it ended after {size}', { size: bytesText(done) }))
    } finally {
      clearTimeout(timer)
    }
  }

  let idle = 0
  let best = await sizeOf(part)
  if (best > file.bytes) await dropPart(target)
  while ((await sizeOf(part)) !== file.bytes) {
    if (signal.aborted) throw cancelled()
    try {
      await attempt()
    } catch (thrown) {
      if (!(thrown instanceof Broken)) throw thrown
      const has = await sizeOf(part)
      idle = has > best ? 0 : idle + 1
      best = Math.max(best, has)
      if (idle > waitsMs.length) {
        const kept =
          has > 0
            ? said('{has} of {bytes} are kept.', { has: bytesText(has), bytes: bytesText(file.bytes) })
            : said('Nothing was installed.')
        throw offline(url, thrown.message, kept, thrown)
      }
      await sleep(waitsMs[Math.max(0, idle - 1)] ?? 0, undefined, { signal }).catch(() => {
        throw cancelled()
      })
    }
  }
  if ((await hashFile(part)) !== file.sha256) {
    await dropPart(target)
    throw wrongFile(file.name, url.host, said('its checksum is wrong'))
  }
  await rename(part, target)
  await rm(noteOf(target), { force: true })
}

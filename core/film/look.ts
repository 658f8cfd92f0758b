/** What a film is, read without writing anything, or in words why it is none. The film is a stranger's file. */
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FilmLook } from '../../common/contract/film.ts'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import type { FilmLength } from '../../common/film.ts'
import { bestJpeg, inputOf, lastLineOf, PICTURES, runFfmpeg } from './ffmpeg.ts'

/** As many bytes of a file tell that it is a list of films. */
const HEAD_BYTES = 512
/** So long the sizes of frames are looked at, ms: a huge film on a slow drive is told without them. */
const SAMPLE_MS = 8_000
/** Where in the film frames are taken to see how large they are. */
const samplePlaces = [0.25, 0.75] as const

const lists = /^\uFEFF?\s*(#EXTM3U|ffconcat|\[playlist\]|<\?xml|<asx|<smil|<MPD)/i

const headOf = async (film: string): Promise<string> => {
  const handle = await open(film)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await handle.close()
  }
}

/** @throws CodedError not-found, bad-input: in words, with what to do next */
const checkFile = async (film: string): Promise<number> => {
  const found = await stat(film).catch(() => null)
  if (found === null)
    throw new CodedError(
      'not-found',
      said(
        '{film} is not there: it was moved or renamed, or its drive is not connected. Choose the film again.',
        { film },
      ),
    )
  if (!found.isFile())
    throw new CodedError('bad-input', said('{film} is no file. Choose the film itself.', { film }))
  if (found.size === 0)
    throw new CodedError(
      'bad-input',
      said('{film} is empty: it was not copied whole. Copy it again.', { film }),
    )
  const head = await headOf(film).catch((thrown: unknown) => {
    throw new CodedError(
      'bad-input',
      said("{file} can't be read: {why}", { file: film, why: messageOf(thrown) }),
      { cause: thrown },
    )
  })
  if (lists.test(head))
    throw new CodedError(
      'bad-input',
      said('{film} is a list that names films, and none itself. Choose the film.', { film }),
    )
  return found.size
}

const noFilm = (film: string, words: string): CodedError => {
  if (words.includes('moov atom not found') && !words.includes('low score'))
    return new CodedError(
      'bad-input',
      said(
        '{film} has no end: the recording or the copy was cut off. Copy it again from where it comes from.',
        { film },
      ),
    )
  if (/Stream #.*Audio:/.test(words))
    return new CodedError('bad-input', said('{film} has sound and no pictures. Choose a film.', { film }))
  return new CodedError(
    'bad-input',
    said(
      '{film} is no film that ffmpeg can read: {reason}. If another program plays it, have that write an MP4.',
      { film, reason: lastLineOf(words) },
    ),
  )
}

interface Facts extends FilmLength {
  readonly width: number
  readonly height: number
}

/** What ffmpeg says of the first stream of moving pictures; null when there is none. */
const factsOf = (words: string): Facts | null => {
  const [, after] =
    /Stream #(?!.*\(attached pic\))[^\n]*Video: ([^\n]*(?:\n(?! *Stream #)[^\n]*)*)/.exec(words) ?? []
  const [line] = after?.split('\n') ?? []
  const [, across, down] = /[ ,](\d{1,5})x(\d{1,5})\b/.exec(line ?? '') ?? []
  if (after === undefined || across === undefined || down === undefined) return null
  const [, hours, minutes, rest] = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(words) ?? []
  const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
  const rate = Number(/(\d+(?:\.\d+)?)(k?) fps/.exec(line ?? '')?.[1])
  const turn = Number(/rotation of (-?\d+(?:\.\d+)?)/.exec(after)?.[1] ?? 0)
  const [width, height] = Math.round(Math.abs(turn) / 90) % 2 === 1 ? [down, across] : [across, down]
  return {
    width: Number(width),
    height: Number(height),
    seconds: seconds > 0 ? seconds : null,
    rate: rate > 0 ? rate : null,
  }
}

/** What a frame takes at some places, bytes; null when there was no time. */
const sampleBytes = async (
  ffmpeg: string,
  film: string,
  seconds: number | null,
): Promise<FilmLook['frameBytes']> => {
  const signal = AbortSignal.timeout(SAMPLE_MS)
  const bytesOf = async (as: readonly string[], at: number) => {
    let bytes = 0
    await runFfmpeg(
      ffmpeg,
      [
        ...['-loglevel', 'error', ...inputOf(film, '-ss', at.toFixed(3)), '-map', PICTURES],
        ...['-frames:v', '1', ...as, '-f', 'image2pipe', 'pipe:1'],
      ],
      { signal, onBytes: (part) => (bytes += part.length) },
    )
    return bytes
  }
  const mean = async (as: readonly string[]) => {
    const all: number[] = []
    for (const place of seconds === null ? [0] : samplePlaces)
      all.push(await bytesOf(as, place * (seconds ?? 0)))
    const some = all.filter((bytes) => bytes > 0)
    return some.length === 0 ? null : some.reduce((sum, bytes) => sum + bytes, 0) / some.length
  }
  try {
    const [jpeg, png] = await Promise.all([mean(['-c:v', 'mjpeg', ...bestJpeg]), mean(['-c:v', 'png'])])
    return jpeg === null || png === null ? null : { jpeg, png }
  } catch {
    return null
  }
}

/**
 * @param film absolute
 * @param ffmpeg its name or path
 * @throws CodedError not-found without ffmpeg or the film; bad-input when it is none; cancelled
 */
export const readFilm = async (
  film: string,
  ffmpeg: string,
  signal?: AbortSignal,
): Promise<Omit<FilmLook, 'frameBytes'>> => {
  const bytes = await checkFile(film)
  const { said: words } = await runFfmpeg(ffmpeg, inputOf(film), { signal })
  const facts = factsOf(words)
  if (facts === null) throw noFilm(film, words)
  return { name: basename(film), bytes, ...facts }
}

/** As `readFilm`, with what its frames will take. @throws as `readFilm` */
export const lookAtFilm = async (film: string, ffmpeg: string): Promise<FilmLook> => {
  const facts = await readFilm(film, ffmpeg)
  return { ...facts, frameBytes: await sampleBytes(ffmpeg, film, facts.seconds) }
}

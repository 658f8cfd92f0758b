/**
 * A film as frames: ffmpeg, which has to be on the machine, writes them to a new folder. The film is a stranger's file:
 * only containers of films are opened, and nothing but the file itself is read.
 */
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FilmRequest } from '../../common/contract/film.ts'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { framesOf } from '../../common/film.ts'
import { isDiskFull, systemCode } from '../files/system-code.ts'
import type { Drafts } from './drafts.ts'
import { bestJpeg, inputOf, lineByLine, PICTURES, runFfmpeg, versionOfFfmpeg, lastLineOf } from './ffmpeg.ts'
import { readFilm } from './look.ts'

interface FrameTools {
  /** Its name or path. */
  readonly ffmpeg: string
  readonly drafts: Drafts
}

interface FrameControl {
  readonly signal: AbortSignal
  /** @param total as far as the film tells */
  readonly reach: (done: number, total: number | null) => void
}

/** Less than this share of the frames that a film tells of, and it breaks off: rates are averages. */
const MOSTLY = 0.9

/** Before 5.1 the option that leaves the times of frames alone had another name. */
const passthrough = (version: string): string[] => {
  const [, major, minor] = /ffmpeg version n?(\d+)\.(\d+)/.exec(version) ?? []
  const isOld = major !== undefined && (Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1))
  return [isOld ? '-vsync' : '-fps_mode', 'passthrough']
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const isNewOrEmpty = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw new CodedError(
      'bad-input',
      said("{folder} can't be a folder of frames: {reason}. Choose another one.", {
        folder,
        reason: messageOf(thrown),
      }),
    )
  })
  return names.length === 0
}

/**
 * With the folders above it that are missing, one by one: where a system makes no folders (/proc), Node's own way never
 * comes to an end.
 * @param made those that were made, the outermost first
 */
const makeFolder = async (folder: string, made: string[]): Promise<void> => {
  try {
    await mkdir(folder)
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT' || (await isThere(dirname(folder)))) throw thrown
    await makeFolder(dirname(folder), made)
    await mkdir(folder)
  }
  made.push(folder)
}

const diskFull = (out: string) =>
  new CodedError(
    'disk-full',
    said(
      'The disk of {folder} is full: no frames were kept. Free some space, take fewer frames, or choose a folder on another disk.',
      { folder: out },
    ),
  )

/** What went wrong while they were written, in words. */
const failureOf = (out: string, thrown: unknown): CodedError => {
  if (thrown instanceof CodedError) return thrown
  if (isDiskFull(systemCode(thrown))) return diskFull(out)
  return new CodedError(
    'not-writable',
    said("Frames can't be written to {folder}: {reason}. Choose another folder.", {
      folder: out,
      reason: messageOf(thrown),
    }),
    { cause: thrown },
  )
}

/**
 * Frames in the folder that ffmpeg runs in, and a line for each on its standard output: what writes to a pipe that nobody
 * reads any more ends, and so ffmpeg ends with the program that started it, however that ended.
 */
const outputOf = (as: FilmRequest['as']): string[] => {
  const [codec, ending] = as === 'jpeg' ? ['mjpeg', 'jpg'] : ['png', 'png']
  const frames = `[f=image2:onfail=abort]frame_%06d.${ending}`
  const lines = '[f=framecrc:flush_packets=1:onfail=abort]pipe:1'
  return [...(as === 'jpeg' ? bestJpeg : []), '-c:v', codec, '-f', 'tee', `${frames}|${lines}`]
}

interface Written {
  readonly frames: number
  /** The film breaks off: these are the frames before. */
  readonly brokeOff: boolean
}

/**
 * Writes the frames upright, as frame_000001.jpg and so on, whole or not at all.
 * @throws CodedError not-found without ffmpeg or the film; bad-input when it is no film; conflict when the folder has
 *   something in it; not-writable, disk-full; cancelled
 */
export const writeFrames = async (
  { film, out, take, as }: FilmRequest,
  { signal, reach }: FrameControl,
  { ffmpeg, drafts }: FrameTools,
): Promise<Written> => {
  if (!(await isNewOrEmpty(out)))
    throw new CodedError(
      'conflict',
      said('{folder} has something in it: choose a new or empty folder for the frames.', { folder: out }),
    )
  const version = await versionOfFfmpeg(ffmpeg, signal)
  const total = framesOf(await readFilm(film, ffmpeg, signal), take)
  reach(0, total)
  const { folder: draft, forget } = await drafts.begin(out)
  const made: string[] = []
  let written = 0
  try {
    await makeFolder(draft, made)
    const filter = 'every' in take ? `framestep=step=${take.every}` : `fps=${take.perSecond}`
    const ended = await runFfmpeg(
      ffmpeg,
      [
        ...['-loglevel', 'error', ...inputOf(film), '-map', PICTURES, '-vf', filter],
        ...[...passthrough(version), ...outputOf(as)],
      ],
      {
        signal,
        folder: draft,
        onBytes: lineByLine((line) => {
          if (line.startsWith('#')) return
          written++
          reach(written, total === null ? null : Math.max(total, written))
        }),
      },
    )
    const frames = (await readdir(draft)).length
    if (/No space left|Disk quota exceeded/i.test(ended.said)) throw diskFull(out)
    if (frames === 0)
      throw new CodedError(
        'bad-input',
        said('{film} has no frame that can be read: {reason}', {
          film,
          reason: lastLineOf(ended.said),
        }),
      )
    await rmdir(out).catch(() => undefined)
    await rename(draft, out)
    return { frames, brokeOff: ended.code !== 0 || (total !== null && frames < MOSTLY * total - 1) }
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
    // Those above it that were made for it alone.
    for (const folder of made.toReversed()) await rmdir(folder).catch(() => undefined)
    throw failureOf(out, thrown)
  } finally {
    await forget()
  }
}

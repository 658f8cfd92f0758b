/**
 * A film as frames: ffmpeg, which has to be on the machine, writes them to a new folder. The film is a stranger's file:
 * only containers of films are opened, and nothing but the file itself is read.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { systemCode } from '../files/system-code.ts'

export interface FrameRequest {
  /** Absolute path. */
  readonly film: string
  /** A folder that is new or empty. */
  readonly out: string
  /** Every so many frames, or so many a second. */
  readonly take: { readonly every: number } | { readonly perSecond: number }
  /** jpeg: of the best quality that there is; png: without any loss, five times as large. */
  readonly as: 'jpeg' | 'png'
}

interface FrameControl {
  readonly signal: AbortSignal
  /** @param total as far as the film tells */
  readonly reach: (done: number, total: number | null) => void
}

/** Apps that are started from a desktop do not have these in their PATH. */
const usualFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin']

/** ffmpeg's names of MP4 and QuickTime, Matroska and WebM, AVI, MPEG, WMV, FLV, Ogg: no lists that name other files. */
const CONTAINERS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,asf,flv,ogg'
const closed = ['-nostdin', '-hide_banner', '-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS]

/** What ffmpeg says is kept up to this, characters. */
const SAID_LIMIT = 20_000

const absent = () =>
  new CodedError(
    'not-found',
    'Films are opened with ffmpeg, which is not on this machine. Install it (Debian and Ubuntu: sudo apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg) and try again.',
  )

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** @throws CodedError not-found when there is no ffmpeg, cancelled */
const run = (
  ffmpeg: string,
  args: readonly string[],
  signal?: AbortSignal,
  onLine: (line: string) => void = () => undefined,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const path = [process.env.PATH ?? '', ...usualFolders].join(delimiter)
    const child = spawn(ffmpeg, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path },
      windowsHide: true,
    })
    let [said, rest] = ['', '']
    const stop = () => child.kill('SIGKILL')
    signal?.addEventListener('abort', stop)
    if (signal?.aborted === true) stop()
    child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-SAID_LIMIT)))
    child.stdout.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    })
    child.on('error', (thrown) => reject(systemCode(thrown) === 'ENOENT' ? absent() : thrown))
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (signal?.aborted === true) reject(new CodedError('cancelled', 'Cancelled: nothing was written.'))
      else resolve({ code, said })
    })
  })

/** How many frames will come; null when the film does not tell. */
const expected = (said: string, take: FrameRequest['take']): number | null => {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(said) ?? []
  if (seconds === undefined) return null
  const duration = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const rate = Number(/Video:.*?(\d+(?:\.\d+)?) fps/.exec(said)?.[1])
  const count = 'perSecond' in take ? duration * take.perSecond : (duration * rate) / take.every
  return Number.isFinite(count) ? Math.max(1, Math.round(count)) : null
}

/** Before 5.1 the option that leaves the times of frames alone had another name. */
const passthrough = (version: string): string[] => {
  const [, major, minor] = /ffmpeg version n?(\d+)\.(\d+)/.exec(version) ?? []
  const isOld = major !== undefined && (Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1))
  return [isOld ? '-vsync' : '-fps_mode', 'passthrough']
}

const lastLine = (said: string) => said.trim().split('\n').at(-1)?.slice(0, 300) ?? ''

const isNewOrEmpty = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return []
    throw new CodedError('bad-input', `${folder} can't be a folder of frames: ${messageOf(thrown)}`)
  })
  return names.length === 0
}

/**
 * Writes the frames upright, as frame_000001.jpg and so on, whole or not at all.
 * @param ffmpeg its name or path
 * @returns how many there are
 * @throws CodedError not-found without ffmpeg or the film; bad-input when it is no film; conflict when the folder has
 *   something in it; not-writable, disk-full; cancelled
 */
export const writeFrames = async (
  { film, out, take, as }: FrameRequest,
  { signal, reach }: FrameControl,
  ffmpeg = 'ffmpeg',
): Promise<number> => {
  const found = await stat(film).catch(() => null)
  if (found === null) throw new CodedError('not-found', `There is no file ${film}.`)
  if (!found.isFile()) throw new CodedError('bad-input', `${film} is no file.`)
  if (!(await isNewOrEmpty(out)))
    throw new CodedError(
      'conflict',
      `${out} has something in it: choose a new or empty folder for the frames.`,
    )
  let version = ''
  await run(ffmpeg, ['-version'], signal, (line) => (version ||= line))
  const source = ['-i', `file:${film}`]
  const { said } = await run(ffmpeg, [...closed, ...source], signal)
  if (!/Stream #.*Video:/.test(said))
    throw new CodedError('bad-input', `${film} is no film that ffmpeg can read: ${lastLine(said)}`)
  const total = expected(said, take)
  reach(0, total)
  const draft = join(dirname(out), `.${randomUUID()}.frames`)
  try {
    await mkdir(draft, { recursive: true })
    const filter = 'every' in take ? `framestep=step=${take.every}` : `fps=${take.perSecond}`
    const quality = as === 'jpeg' ? ['-q:v', '1', '-qmin', '1'] : []
    const name = `file:${join(draft.replaceAll('%', '%%'), `frame_%06d.${as === 'jpeg' ? 'jpg' : 'png'}`)}`
    const ended = await run(
      ffmpeg,
      [
        ...['-loglevel', 'error', ...closed, ...source, '-map', '0:v:0', '-vf', filter],
        ...[...passthrough(version), ...quality, '-progress', 'pipe:1', '-f', 'image2', name],
      ],
      signal,
      (line) => {
        const frames = Number(/^frame=\s*(\d+)/.exec(line)?.[1])
        if (Number.isFinite(frames)) reach(frames, total === null ? null : Math.max(total, frames))
      },
    )
    const count = (await readdir(draft)).length
    if (/No space left/i.test(ended.said))
      throw new CodedError('disk-full', `The disk of ${out} is full: no frames were kept.`)
    // A film that breaks off gives the frames before.
    if (count === 0) throw new CodedError('bad-input', `${film} has no frames: ${lastLine(ended.said)}`)
    await rmdir(out).catch(() => undefined)
    await rename(draft, out)
    return count
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
    if (thrown instanceof CodedError) throw thrown
    throw new CodedError('not-writable', `Frames can't be written to ${out}: ${messageOf(thrown)}`, {
      cause: thrown,
    })
  }
}

/** The ffmpeg of the machine as a process: found, kept to one file of a film's format, ended when it is cancelled. */
import { spawn } from 'node:child_process'
import { basename, delimiter, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** Apps that are started from a desktop do not have these in their PATH, and none has what was installed since. */
const usualFolders = (): string[] => {
  const { LOCALAPPDATA: local, USERPROFILE: home, ProgramData: shared } = process.env
  if (process.platform !== 'win32')
    return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/usr/bin', '/snap/bin']
  return [
    ...(local === undefined ? [] : [join(local, 'Microsoft', 'WinGet', 'Links')]),
    ...(home === undefined ? [] : [join(home, 'scoop', 'shims')]),
    ...(shared === undefined ? [] : [join(shared, 'chocolatey', 'bin')]),
  ]
}

/** ffmpeg's names of MP4 and QuickTime, Matroska and WebM, AVI, MPEG, WMV, FLV, Ogg: no lists that name other files. */
const CONTAINERS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegvideo,mpegts,asf,flv,ogg'

/** Nothing but the film itself is read. @param film absolute */
export const inputOf = (film: string, ...options: string[]): string[] => [
  ...['-nostdin', '-hide_banner', '-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS],
  ...options,
  ...['-i', `file:${film}`],
]

/** The first stream of moving pictures: no cover of a song. */
export const PICTURES = '0:V:0'

/** By ffmpeg's own JPEG encoder as good as it gets. */
export const bestJpeg = ['-q:v', '1', '-qmin', '1'] as const

/** What ffmpeg says is kept up to this, characters. */
const SAID_LIMIT = 20_000

const absent = () =>
  new CodedError(
    'not-found',
    said(
      'Films are opened with ffmpeg, which is not on this machine. Install it (Debian and Ubuntu: sudo apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg) and try again.',
    ),
  )

/** What can't be started is as good as not there. */
const failureOf = (thrown: unknown): Error => {
  if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) return absent()
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** @throws CodedError not-found, of what is known at once */
const start = (ffmpeg: string, args: readonly string[], folder: string | undefined) => {
  try {
    // A path is meant from where this program runs, not from the folder that ffmpeg runs in.
    return spawn(basename(ffmpeg) === ffmpeg ? ffmpeg : resolve(ffmpeg), args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: [process.env.PATH ?? '', ...usualFolders()].join(delimiter) },
      windowsHide: true,
    })
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

interface Run {
  readonly signal?: AbortSignal | undefined
  /** Hears what it writes to its standard output. */
  readonly onBytes?: (bytes: Buffer) => void
  /** That it runs in. */
  readonly folder?: string
}

interface Ended {
  readonly code: number | null
  readonly said: string
}

/**
 * @param ffmpeg its name or path
 * @throws CodedError not-found when there is no ffmpeg, cancelled
 */
export const runFfmpeg = (
  ffmpeg: string,
  args: readonly string[],
  { signal, onBytes = () => undefined, folder }: Run = {},
): Promise<Ended> =>
  new Promise((done, reject) => {
    const child = start(ffmpeg, args, folder)
    let words = ''
    const stop = () => child.kill('SIGKILL')
    signal?.addEventListener('abort', stop)
    if (signal?.aborted === true) stop()
    child.stderr.on('data', (bytes: Buffer) => (words = (words + bytes.toString()).slice(-SAID_LIMIT)))
    child.stdout.on('data', onBytes)
    child.on('error', (thrown) => reject(failureOf(thrown)))
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (signal?.aborted === true)
        reject(new CodedError('cancelled', said('Cancelled: nothing was written.')))
      else done({ code, said: words })
    })
  })

/** What ffmpeg says last is why it ended; shortened. */
export const lastLineOf = (words: string): string => words.trim().split('\n').at(-1)?.slice(0, 300) ?? ''

/** Hands on whole lines of what comes in pieces. */
export const lineByLine = (onLine: (line: string) => void): ((bytes: Buffer) => void) => {
  let rest = ''
  return (bytes) => {
    const lines = (rest + bytes.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}

/** The first line of `ffmpeg -version`. @throws CodedError not-found when there is no ffmpeg */
export const versionOfFfmpeg = async (ffmpeg: string, signal?: AbortSignal): Promise<string> => {
  let first = ''
  await runFfmpeg(ffmpeg, ['-version'], { signal, onBytes: lineByLine((line) => (first ||= line)) })
  return first
}

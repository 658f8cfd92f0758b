/** Films for tests, made by the machine's own ffmpeg. Where there is none, tests that need one say so and are skipped. */
import { spawnSync } from 'node:child_process'

/** Why no film can be made here; null when one can. */
export const filmsMissing =
  spawnSync('ffmpeg', ['-version']).status === 0 ? null : 'this machine has no ffmpeg'

/** @param args ffmpeg's, without those for every run. @throws Error with what it says */
export const runFfmpegHere = (args: readonly string[]): void => {
  const { status, stderr } = spawnSync('ffmpeg', ['-nostdin', '-y', '-loglevel', 'error', ...args])
  if (status !== 0) throw new Error(stderr.toString())
}

/** A test picture with a clock: 10 frames a second. */
export const writeTestFilm = (file: string, seconds = 2, size = '64x48'): string => {
  const source = `testsrc=size=${size}:rate=10:duration=${seconds}`
  runFfmpegHere(['-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', `file:${file}`])
  return file
}

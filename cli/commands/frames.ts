/** `maskwright frames`: a film becomes a folder of images. */
import { resolve } from 'node:path'
import { plural } from '../../common/words.ts'
import type { FilmTake } from '../../common/film.ts'
import { createDrafts } from '../../core/film/drafts.ts'
import { writeFrames } from '../../core/film/frames.ts'
import { dataFolderOf, ffmpegOf } from '../../core/shell/places.ts'
import { numberOption, onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'

const takeOf = (every: string | undefined, fps: string | undefined): FilmTake => {
  if (every !== undefined && fps !== undefined) throw new UsageError('--every and --fps do not go together')
  if (fps !== undefined) return { perSecond: numberOption('fps', fps, 0.001, 1000) }
  const step = numberOption('every', every ?? '1', 1, 1e6)
  if (!Number.isInteger(step)) throw new UsageError(`--every takes a whole number, not "${every}"`)
  return { every: step }
}

export const frames: Command = {
  usage: ['FILM --out FOLDER [--every N | --fps F] [--png]'],
  details: [
    'FILM       a film: MP4, MOV, MKV, WebM, AVI, MPEG, WMV, FLV, Ogg',
    '--out      a new or empty folder for its frames, upright, as frame_000001.jpg and so on',
    '--every N  every Nth frame; all of them when left out',
    '--fps F    F frames a second of the film, such as 2 or .5',
    '--png      without loss; JPEG of the best quality when left out, a fifth as large',
    '',
    'It needs ffmpeg on the machine. Cancelled or failed, it leaves nothing behind.',
    'Example: maskwright frames walk.mp4 --out walk --every 5',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        every: { type: 'string' },
        fps: { type: 'string' },
        png: { type: 'boolean', default: false },
      },
    })
    const film = resolve(onlyArgument(positionals, 'FILM'))
    if (values.out === undefined || values.out === '') throw new UsageError('--out FOLDER is missing')
    const out = resolve(values.out)
    const take = takeOf(values.every, values.fps)
    const drafts = createDrafts(dataFolderOf(process.env))
    await drafts.sweep()
    const stop = new AbortController()
    const forget = terminal.onInterrupt(() => stop.abort())
    try {
      const { frames: count, brokeOff } = await writeFrames(
        { film, out, take, as: values.png ? 'png' : 'jpeg' },
        {
          signal: stop.signal,
          reach: (done, total) => terminal.show(`${done}${total === null ? '' : ` of ${total}`} frames`),
        },
        { ffmpeg: ffmpegOf(process.env), drafts },
      )
      if (brokeOff) terminal.say(`${film} breaks off: these are the frames before.`)
      terminal.print(`Wrote ${plural(count, 'frame')} to ${out}`)
    } finally {
      terminal.show('')
      forget()
    }
  },
}

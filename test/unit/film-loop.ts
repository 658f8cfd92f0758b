/** Writes the frames of a film until somebody kills it. Arguments: film, folder of frames, data folder. */
import { createDrafts } from '../../core/film/drafts.ts'
import { writeFrames } from '../../core/film/frames.ts'

const [film = '', out = '', data = ''] = process.argv.slice(2)
await writeFrames(
  { film, out, take: { every: 1 }, as: 'png' },
  { signal: new AbortController().signal, reach: (done) => void process.stdout.write(`${done}\n`) },
  { ffmpeg: 'ffmpeg', drafts: createDrafts(data) },
)

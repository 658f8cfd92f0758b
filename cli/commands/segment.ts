/** `maskwright segment`: objects of images by points and boxes, through the same pipeline as a click in the app. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { Polygon } from '../../common/model.ts'
import { bandsSchema, type Bands } from '../../common/rendition.ts'
import type { Size } from '../../common/geometry/point.ts'
import { encodeMaskPicture } from '../../core/images/mask-picture.ts'
import { predictObjects, sizeOfImage, type CandidateChoice } from '../../core/predict/predict.ts'
import { checkPrompts } from '../../core/predict/check-prompts.ts'
import { probeFile } from '../../core/images/read-file.ts'
import type { Inference } from '../../core/inference/client/inference.ts'
import { openSettings } from '../../core/settings.ts'
import { parseCommand, UsageError, type Command, type Terminal } from '../command.ts'
import { checkMaskTarget } from '../overwrite.ts'
import { describeObject, foundOf, linesOfObject } from '../objects.ts'
import { placesOf } from '../places.ts'
import { promptsOf } from '../prompts.ts'
import { SERVER_USAGE, serverDetails, serverOption, serverOptions } from '../server-option.ts'
import { withInference } from '../segmenter.ts'
import { answerStream } from '../stream.ts'

const parse = (args: readonly string[]) =>
  parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      point: { type: 'string', multiple: true, default: [] },
      box: { type: 'string', multiple: true, default: [] },
      candidate: { type: 'string', default: '0' },
      bands: { type: 'string' },
      json: { type: 'boolean', default: false },
      mask: { type: 'string' },
      force: { type: 'boolean', default: false },
      zoom: { type: 'boolean', default: false },
      stream: { type: 'boolean', default: false },
      ...serverOptions,
    },
  })

const candidateOf = (text: string): CandidateChoice => {
  if (!/^(best|[0-3])$/.test(text)) throw new UsageError(`--candidate is best, 0, 1, 2 or 3, not "${text}"`)
  return text === 'best' ? 'best' : (Number(text) as 0 | 1 | 2 | 3)
}

/** @throws UsageError */
const bandsOf = (text: string | undefined): Bands | null => {
  if (text === undefined) return null
  const parsed = /^\d+,\d+,\d+$/.test(text) ? bandsSchema.safeParse(text.split(',').map(Number)) : null
  if (parsed?.success === true) return parsed.data
  throw new UsageError(`--bands takes three bands for red, green and blue, as 4,3,2, not "${text}"`)
}

/** @throws CodedError bad-input where the file has no such band to be shown */
const checkBands = async (file: string, shown: Bands): Promise<void> => {
  const { bands } = await probeFile(file)
  if (Math.max(...shown) > bands)
    throw new CodedError(
      'bad-input',
      bands === 0 ? `${file} has no bands to choose from.` : `${file} has ${bands} bands.`,
    )
}

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parse(args)
  if (positionals.length === 0) throw new UsageError('IMAGE is missing')
  const prompts = promptsOf(values.point, values.box)
  const { json, mask, zoom, force } = values
  const candidate = candidateOf(values.candidate)
  if (typeof candidate === 'number' && candidate > 0 && (prompts.length > 1 || prompts[0]?.type === 'box'))
    throw new UsageError(
      '--candidate 1 to 3 are alternatives for a single --point; more prompts have one mask',
    )
  if (mask === '') throw new UsageError('--mask takes the name of a PNG file')
  if (mask !== undefined && positionals.length > 1) throw new UsageError('--mask goes with one IMAGE')
  const bands = bandsOf(values.bands)
  const files = positionals.map((file) => resolve(file))
  return { files, prompts, candidate, bands, json, mask, zoom, force, ...serverOption(values) }
}

const writeMask = async (file: string, polygon: Polygon, { width, height }: Size) => {
  const png = await encodeMaskPicture(rasterise(polygon, width, height), { width, height })
  await writeFile(file, png).catch((thrown: unknown) => {
    const reason = messageOf(thrown)
    throw new CodedError('not-writable', `The mask can't be written to ${file}: ${reason}`, { cause: thrown })
  })
}

const settingsOf = (terminal: Terminal) =>
  openSettings(placesOf(process.env).dataFolder, (message) => terminal.say(message)).get()

const runStream = async (args: readonly string[], terminal: Terminal): Promise<void> => {
  const { values, positionals } = parse(args)
  if (positionals.length > 1)
    throw new UsageError('--stream takes one IMAGE, or none and an "image" in each line')
  if (values.point.length > 0 || values.box.length > 0 || values.mask !== undefined)
    throw new UsageError('--stream reads its prompts from standard input')
  const server = serverOption(values)
  const settings = settingsOf(terminal)
  const stopping = new AbortController()
  const forget = terminal.onInterrupt(() => stopping.abort())
  try {
    const answer = (inference: Inference) =>
      answerStream(inference, {
        input: process.stdin,
        print: (line) => terminal.print(line),
        image: positionals[0] ?? null,
        polygon: settings,
        signal: stopping.signal,
      })
    await withInference(settings, terminal, answer, server)
  } finally {
    forget()
  }
}

export const segment: Command = {
  usage: [
    'IMAGE... --point x,y[,0|1] ... --box x0,y0,x1,y1',
    '[--candidate best|0|1|2|3] [--bands r,g,b] [--zoom] [--mask out.png [--force]] [--json]',
    '--stream [IMAGE]   questions and answers as lines of JSON',
    SERVER_USAGE,
  ],
  details: [
    'IMAGE            jpg, png, webp, bmp, gif, avif, tiff, jp2 or heic; turned as its EXIF says. Several have the same prompts',
    '--point x,y      a point on the object; x,y,0 for one that is not on it. Several are taken in their order',
    '--box ...        a box around the object, left, top, right, bottom',
    '--candidate      which mask: 0 (default), the alternatives 1 to 3 of a single point, or the best by score',
    '--bands r,g,b    of a picture of many bands, which are red, green and blue; the first is 1. Else the first three',
    '--zoom           look at a crop around the prompts, for small objects',
    '--mask out.png   writes the mask, 255 inside and 0 outside, in the size of the image',
    '--force          the mask may replace a file that is no mask, even the image itself',
    '--json           prints JSON, a line an image: bbox is [x, y, width, height], polygon has parts with outer ring',
    '                 and holes',
    '--stream         reads a line of JSON from standard input, {"image", "points", "labels", "bboxes"}, and answers',
    '                 with a line of JSON; docs/scripting.md',
    ...serverDetails(17),
    '',
    'All numbers are pixels of the upright image, from its top left corner.',
    'Example: maskwright segment photo.jpg --point 220,110 --point 300,200,0 --mask face.png',
  ].join('\n'),
  async run(args, terminal) {
    if (args.includes('--stream')) return runStream(args, terminal)
    const { files, prompts, candidate, bands, json, mask, zoom, force, server } = optionsOf(args)
    // Before the model is loaded: a slip of the pen is answered at once.
    for (const file of files) {
      checkPrompts(prompts, await sizeOfImage(file))
      if (bands !== null) await checkBands(file, bands)
      if (mask !== undefined && !force) await checkMaskTarget(mask, file)
    }
    const settings = settingsOf(terminal)
    const answer = async (inference: Inference) => {
      for (const file of files) {
        const prediction = await predictObjects(inference, file, [prompts], {
          zoom,
          candidate,
          ...(bands === null ? {} : { rendition: { bands, stretch: null } }),
          polygon: settings,
        })
        const [object] = prediction.objects
        if (object === undefined) continue
        if (mask !== undefined) await writeMask(mask, foundOf(object).mask, prediction)
        const described = describeObject(file, prediction, object)
        if (json) terminal.print(JSON.stringify(described))
        else for (const line of linesOfObject(described)) terminal.print(line)
      }
    }
    await withInference(settings, terminal, answer, { server })
  },
}

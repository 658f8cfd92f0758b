/** `maskwright segment`: one object of one image, through the same pipeline as a click in the app. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Settings } from '../../common/contract/settings.ts'
import type { Candidate, SegmentAnswer } from '../../common/segmentation.ts'
import { CodedError, toErrorReply, messageOf } from '../../common/errors.ts'
import { polygonOfLogits } from '../../common/geometry/mask-to-polygon.ts'
import { areaOf, bboxOf, ringsOfPart } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { Polygon, Prompt } from '../../common/model.ts'
import { encodeMaskPng } from '../../core/images/mask-png.ts'
import { probeImage } from '../../core/images/read-file.ts'
import { openSettings } from '../../core/settings.ts'
import { onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { checkMaskTarget } from '../overwrite.ts'
import { placesOf } from '../places.ts'
import { checkPrompts, promptsOf } from '../prompts.ts'
import { segmentStepwise, withInference } from '../segmenter.ts'

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      point: { type: 'string', multiple: true, default: [] },
      box: { type: 'string', multiple: true, default: [] },
      candidate: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      mask: { type: 'string' },
      force: { type: 'boolean', default: false },
      zoom: { type: 'boolean', default: false },
    },
  })
  const file = onlyArgument(positionals, 'IMAGE')
  const prompts = promptsOf(values.point, values.box)
  const { candidate, json, mask, zoom, force } = values
  if (!/^(best|[0-3])$/.test(candidate))
    throw new UsageError(`--candidate is best, 0, 1, 2 or 3, not "${candidate}"`)
  if (/[1-3]/.test(candidate) && (prompts.length > 1 || prompts[0]?.type === 'box'))
    throw new UsageError(
      '--candidate 1 to 3 are alternatives for a single --point; more prompts have one mask',
    )
  if (mask === '') throw new UsageError('--mask takes the name of a PNG file')
  return { file: resolve(file), prompts, candidate, json, mask, zoom, force }
}

/** @throws CodedError not-found, image-unreadable, with the file's name */
const sizeOf = async (file: string): Promise<Size> => {
  if (!existsSync(file)) throw new CodedError('not-found', `There is no file ${file}`)
  return probeImage(file).catch((thrown: unknown) => {
    const { code, message } = toErrorReply(thrown)
    throw new CodedError(code, `${file}: ${message}`, { cause: thrown })
  })
}

const chooseCandidate = (candidates: readonly Candidate[], wanted: string): Candidate => {
  const chosen =
    wanted === 'best'
      ? candidates.toSorted((a, b) => b.score - a.score)[0]
      : candidates.find(({ index }) => index === Number(wanted))
  if (!chosen) throw new CodedError('not-found', `This model has no mask ${wanted} for these prompts.`)
  return chosen
}

const polygonOf = (
  { logits }: Candidate,
  answer: SegmentAnswer,
  options: Settings,
  prompts: readonly Prompt[],
): Polygon => {
  const frame = { crop: answer.crop, imageWidth: answer.width, imageHeight: answer.height }
  const polygon = polygonOfLogits(logits, frame, options, prompts)
  if (!polygon) throw new CodedError('not-found', 'The model found no object at these prompts.')
  return polygon
}

const hundredths = (value: number) => Math.round(value * 100) / 100

/** What is printed of an object: numbers in pixels of the upright image. */
const describe = (file: string, answer: SegmentAnswer, chosen: Candidate, polygon: Polygon) => {
  const box = bboxOf(polygon)
  return {
    image: file,
    width: answer.width,
    height: answer.height,
    model: answer.modelId,
    candidate: chosen.index,
    score: Math.round(chosen.score * 1e4) / 1e4,
    bbox: [box.x, box.y, box.width, box.height].map(hundredths),
    area: hundredths(areaOf(polygon)),
    polygon,
    candidates: answer.candidates.map(({ index, score }) => ({
      index,
      score: Math.round(score * 1e4) / 1e4,
    })),
  }
}

const textOf = (object: ReturnType<typeof describe>): string[] => {
  const { bbox, polygon, candidates } = object
  const rings = polygon.parts.flatMap((part) => ringsOfPart(part))
  const holes = rings.length - polygon.parts.length
  const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0)
  const others = candidates.filter(({ index }) => index !== object.candidate)
  const alternatives = others.map(({ index, score }) => `${index} (${score})`).join(', ')
  return [
    `Image    ${object.image}, ${object.width} x ${object.height}`,
    `Mask     ${object.candidate}, score ${object.score}${alternatives ? `; others: ${alternatives}` : ''}`,
    `Box      x ${bbox[0]}, y ${bbox[1]}, width ${bbox[2]}, height ${bbox[3]}`,
    `Area     ${object.area} pixels`,
    `Polygon  ${counted(polygon.parts.length, 'part', 'parts')}, ${counted(holes, 'hole', 'holes')}, ${vertices} vertices`,
    ...polygon.parts.flatMap((part) =>
      ringsOfPart(part).map(
        (ring, index) =>
          `  ${index === 0 ? 'outer' : 'hole '}  ${ring.map((point) => point.join(',')).join(' ')}`,
      ),
    ),
  ]
}

const writeMask = async (file: string, polygon: Polygon, { width, height }: SegmentAnswer) => {
  const png = await encodeMaskPng(rasterise(polygon, width, height), { width, height })
  await writeFile(file, png).catch((thrown: unknown) => {
    const reason = messageOf(thrown)
    throw new CodedError('not-writable', `The mask can't be written to ${file}: ${reason}`, { cause: thrown })
  })
}

export const segment: Command = {
  usage: [
    'IMAGE --point x,y[,0|1] ... --box x0,y0,x1,y1',
    '[--candidate best|0|1|2|3] [--zoom] [--mask out.png [--force]] [--json]',
  ],
  details: [
    'IMAGE            jpg, png, webp, bmp, gif, avif or tiff; turned as its EXIF says',
    '--point x,y      a point on the object; x,y,0 for one that is not on it. Several are taken in their order',
    '--box ...        a box around the object, left, top, right, bottom',
    '--candidate      which mask: 0 (default), the alternatives 1 to 3 of a single point, or the best by score',
    '--zoom           look at a crop around the prompts, for small objects',
    '--mask out.png   writes the mask, 255 inside and 0 outside, in the size of the image',
    '--force          the mask may replace a file that is no mask, even the image itself',
    '--json           prints JSON: bbox is [x, y, width, height], polygon has parts with outer ring and holes',
    '',
    'All numbers are pixels of the upright image, from its top left corner.',
    'Example: maskwright segment photo.jpg --point 220,110 --point 300,200,0 --mask face.png',
  ].join('\n'),
  async run(args, terminal) {
    const { file, prompts, candidate, json, mask, zoom, force } = optionsOf(args)
    checkPrompts(prompts, await sizeOf(file))
    if (mask !== undefined && !force) await checkMaskTarget(mask, file)
    const settings = openSettings(placesOf(process.env).dataFolder, (message) => terminal.say(message)).get()
    const answer = await withInference(settings, terminal, (inference) =>
      segmentStepwise(inference, file, prompts, zoom),
    )
    const chosen = chooseCandidate(answer.candidates, candidate)
    const polygon = polygonOf(chosen, answer, settings, prompts)
    if (mask !== undefined)
      await writeMask(mask, polygonOf(chosen, answer, { ...settings, tolerance: 0 }, prompts), answer)
    const object = describe(file, answer, chosen, polygon)
    if (json) terminal.print(JSON.stringify(object))
    else for (const line of textOf(object)) terminal.print(line)
  },
}

/** Numbers and names as the panels write them. */
import type { ImageRecord } from '../../common/model.ts'
import { plural } from '../../common/words.ts'
import { count, momentText, percent } from '../texts/numbers.ts'
import { t } from '../texts/t.ts'

export { count, percent, plural }

/** A model's own estimate of its mask's IoU, which may come out above 1: .97 -> '97%'. */
export const scoreText = (score: number): string => percent(Math.max(0, Math.min(1, score)))

/** 'trip/day 2/boat.jpg' -> ['trip/day 2/', 'boat.jpg']. */
export const splitPath = (path: string): [folder: string, name: string] => {
  const cut = path.lastIndexOf('/') + 1
  return [path.slice(0, cut), path.slice(cut)]
}

/** Finds what a reader takes for one character: a flag or a family of emojis is one. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What of a name always stays: 'IMG_20250101_0042.jpg' -> ['IMG_20250101_', '0042.jpg']. Characters, never halves of one. */
export const halvesOf = (name: string, kept = 8): [start: string, end: string] => {
  const characters = Array.from(segmenter.segment(name), ({ segment }) => segment)
  const cut = Math.max(0, characters.length - kept)
  return [characters.slice(0, cut).join(''), characters.slice(cut).join('')]
}

/** 85 -> '85%', 3.5 -> '350%', .004 -> '0.4%': pixels of the screen for each of the image. */
export const zoomPercent = (scale: number, deviceRatio: number): string => {
  const share = scale * deviceRatio
  return percent(share, share < 0.1 ? 1 : 0)
}

export const providerName = (provider: string): string =>
  ({ cpu: 'CPU', cuda: 'CUDA', dml: 'DirectML', coreml: 'CoreML', webgpu: 'WebGPU', tensorrt: 'TensorRT' })[
    provider
  ] ?? provider

/** 'Reviewed by Ada, today 18:02' */
export const reviewText = ({ by, at }: NonNullable<ImageRecord['reviewed']>): string =>
  by === ''
    ? t('Reviewed, {when}', { when: momentText(at) })
    : t('Reviewed by {who}, {when}', { who: by, when: momentText(at) })

/** 42 -> '42 s', 135 -> '2 min', 7300 -> '2 h 2 min'. */
export const duration = (seconds: number): string => {
  if (seconds < 90) return t('{seconds} s', { seconds: Math.max(1, Math.round(seconds)) })
  const minutes = Math.round(seconds / 60)
  return minutes < 90
    ? t('{minutes} min', { minutes })
    : t('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}

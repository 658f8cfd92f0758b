/**
 * How the numbers of a picture become colours: which of its bands are red, green and blue, and which values are black and
 * white. One answer for the window, the list, the model and exports. Pure.
 */
import { z } from 'zod'

/** The values that are shown black and white, in the file's own numbers. */
export const stretchSchema = z.object({ black: z.number(), white: z.number() })
export type Stretch = z.infer<typeof stretchSchema>

/** More bands than any camera has. */
export const MAX_BANDS = 1024

const band = z.int().min(1).max(MAX_BANDS)
/** Which band is red, which green, which blue; the first is 1. */
export const bandsSchema = z.tuple([band, band, band])
export type Bands = z.infer<typeof bandsSchema>

export interface Rendition {
  /** Null: the first three. Only of a picture with bands to choose from. */
  readonly bands: Bands | null
  /** Null: found by percentiles. Only of a picture of more than 8 bits. */
  readonly stretch: Stretch | null
}

/** @returns null where nothing was chosen: the picture is shown as it is read */
export const renditionOf = ({
  shownBands,
  stretch,
}: {
  readonly shownBands: Bands | null
  readonly stretch: Stretch | null
}): Rendition | null => (shownBands === null && stretch === null ? null : { bands: shownBands, stretch })

/** Names what was chosen, for caches; '' where nothing was. */
export const nameOfRendition = (rendition: Rendition | null): string => {
  if (rendition === null) return ''
  const { bands, stretch } = rendition
  return `${bands?.join(',') ?? ''}/${stretch === null ? '' : `${stretch.black},${stretch.white}`}`
}

/** What is known of the values of a picture of more than 8 bits, in the file's own numbers. */
export const tonesSchema = z.object({
  /** The least and the largest value that is there. */
  least: z.number(),
  most: z.number(),
  /** What is black and white by percentiles. */
  found: stretchSchema,
  /** How many of the values that were looked at lie in each part of the range from the least to the largest. */
  histogram: z.array(z.number().nonnegative()).max(1024),
})
export type Tones = z.infer<typeof tonesSchema>

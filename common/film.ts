/** What a film is called, and how many frames it gives: the same for page, terminal and core. */

/** How films end that are opened: MP4, QuickTime, Matroska, WebM, AVI, MPEG, Windows Media, Flash, Ogg. Without the dot. */
export const filmEndings = [
  ...['mp4', 'm4v', 'mov', '3gp', '3g2', 'mkv', 'webm', 'avi'],
  ...['mpg', 'mpeg', 'm2v', 'ts', 'mts', 'm2ts', 'vob', 'wmv', 'asf', 'flv', 'f4v', 'ogv', 'ogg'],
] as const

/** By its ending: what it is is told by the file itself. */
export const isFilmName = (name: string): boolean => {
  const ending = /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase()
  return filmEndings.some((known) => known === ending)
}

/** Every so many frames, or so many a second. */
export type FilmTake = { readonly every: number } | { readonly perSecond: number }

export interface FilmLength {
  /** Null when the film does not tell. */
  readonly seconds: number | null
  /** Frames a second, on average. */
  readonly rate: number | null
}

/** About how many frames a film gives, one at least; null when it does not tell. */
export const framesOf = ({ seconds, rate }: FilmLength, take: FilmTake): number | null => {
  if (seconds === null) return null
  if ('perSecond' in take) return Math.max(1, Math.round(seconds * take.perSecond))
  return rate === null ? null : Math.max(1, Math.ceil(Math.round(seconds * rate) / take.every))
}

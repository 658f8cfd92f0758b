/**
 * Colours of new classes. The first seven are Okabe and Ito's set for colour-blind readers without black (Color
 * Universal Design, 2008, https://jfly.uni-koeln.de/color/); the rest comes from Sasha Trubetskoy's "20 simple,
 * distinct colors" (https://sashamaps.net/docs/resources/20-colors/) and Kelly's "Twenty-two colors of maximum
 * contrast" (1965), each the one that differs most from those before it, without the near-black and near-white ones.
 */
import type { Label } from './model.ts'
import { msg } from './said.ts'

const named: Readonly<Record<string, string>> = {
  '#e69f00': msg('orange'),
  '#56b4e9': msg('sky blue'),
  '#009e73': msg('bluish green'),
  '#f0e442': msg('yellow'),
  '#0072b2': msg('blue'),
  '#d55e00': msg('vermilion'),
  '#cc79a7': msg('reddish purple'),
  '#800000': msg('maroon'),
  '#911eb4': msg('purple'),
  '#fabed4': msg('pink'),
  '#f032e6': msg('magenta'),
  '#be0032': msg('vivid red'),
  '#8db600': msg('yellow green'),
  '#aaffc3': msg('mint'),
  '#808000': msg('olive'),
  '#875692': msg('dull purple'),
  '#654522': msg('dark brown'),
  '#f99379': msg('salmon'),
  '#a1caf1': msg('pale blue'),
  '#9a6324': msg('brown'),
  '#ffd8b1': msg('apricot'),
  '#c2b280': msg('buff'),
  '#e6194b': msg('red'),
  '#b3446c': msg('purplish red'),
}

export const palette: readonly string[] = Object.keys(named)

/** What people call a colour of the palette; any other colour is named by its code. */
export const colorName = (color: string): string => named[color] ?? color

type Oklab = readonly [l: number, a: number, b: number]

/** A colour "#rrggbb" in OKLab (Ottosson 2020), where distances follow what people see: [L 0..1, a, b]. */
const toOklab = (color: string): Oklab => {
  const linear = [1, 3, 5].map((start) => {
    const value = parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [r = 0, g = 0, b = 0] = linear
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const distance = ([l1, a1, b1]: Oklab, [l2, a2, b2]: Oklab) =>
  // Math.hypot takes some ten times as long.
  Math.sqrt((l1 - l2) ** 2 + (a1 - a2) ** 2 + (b1 - b2) ** 2)

/** How different two colours look: Euclidean distance in OKLab; black to white is 1, .02 is just seen. */
export const colorDistance = (one: string, other: string): number => distance(toOklab(one), toOklab(other))

/** Two classes look different enough above this; the palette's nearest pair is .088 apart. */
const CLEARLY_DIFFERENT = 0.08

/** Colours to go on with when the palette is used up: hues a golden angle apart, at three lightnesses. */
const more: readonly string[] = Array.from({ length: 360 }, (_, index) => {
  const hue = (index * 137.508) % 360
  const lightness = [0.5, 0.35, 0.7][index % 3] ?? 0.5
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12
    const value =
      lightness - 0.85 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
})

interface Candidate {
  readonly color: string
  readonly lab: Oklab
  /** To the nearest colour that is taken. */
  room: number
  uses: number
}

const candidatesOf = (colors: readonly string[]): Candidate[] =>
  colors.map((color) => ({ color, lab: toOklab(color), room: Infinity, uses: 0 }))

/** The one with the most room; when all are taken, the one that the fewest classes have. */
const roomiest = (candidates: readonly Candidate[]): Candidate => {
  let best = candidates[0]!
  for (const one of candidates)
    if (one.room > best.room || (one.room === best.room && one.room === 0 && one.uses < best.uses)) best = one
  return best
}

export interface LabelColors {
  /** The next class's colour, which is taken from then on. */
  next(): string
}

/**
 * Colours for many new classes, one after the other; each takes the same time, however many there are.
 * @param labels the classes that are there
 */
export const createLabelColors = (labels: readonly Pick<Label, 'color'>[]): LabelColors => {
  const first = candidatesOf(palette)
  const rest = candidatesOf(more)
  const all = [...first, ...rest]
  const byColor = new Map(rest.map((one) => [one.color, one]))
  const known = new Set<string>()
  const take = (color: string) => {
    const same = byColor.get(color)
    if (same) same.uses += 1
    if (known.has(color)) return
    known.add(color)
    const lab = toOklab(color)
    for (const one of all) one.room = Math.min(one.room, distance(one.lab, lab))
  }
  for (const { color } of labels) take(color)
  return {
    next() {
      const { color } = first.find(({ room }) => room >= CLEARLY_DIFFERENT) ?? roomiest(rest)
      take(color)
      return color
    },
  }
}

/** The first palette colour that no class comes near to; past the palette, the colour farthest from all classes'. */
export const nextLabelColor = (labels: readonly Pick<Label, 'color'>[]): string =>
  createLabelColors(labels).next()

/** What boxes score, by the size at which the model sees the object; and how plain the polygons are. Pure. */
import type { Table } from '../section.ts'
import { mean } from '../stats.ts'
import { qualitiesAt, scales, type BoxScore } from './boxes.ts'

/** Rings and vertices of what is stored. */
export interface Outline {
  readonly rings: number
  readonly vertices: number
}

/** By the short side of the box, pixels of the model frame; from 80 on nothing is enlarged. */
const sides: readonly (readonly [string, number, number])[] = [
  ['all', 0, Infinity],
  ['0-16', 0, 16],
  ['16-32', 16, 32],
  ['32-51', 32, 51],
  ['51-80', 51, 80],
  ['80 and more', 80, Infinity],
]

const three = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : '-')

const MANY_RINGS = 3

const outlineRow = (name: string, outlines: readonly Outline[]) => [
  name,
  mean(outlines.map(({ rings }) => rings)).toFixed(2),
  `${((100 * outlines.filter(({ rings }) => rings > MANY_RINGS).length) / outlines.length).toFixed(1)} %`,
  mean(outlines.map(({ vertices }) => vertices)).toFixed(1),
]

/** @param groups what the outlines were made of, and they */
export const outlinesTable = (groups: readonly (readonly [string, readonly Outline[]])[]): Table => ({
  title: 'How plain the polygons are',
  head: ['after', 'rings an object', `over ${MANY_RINGS} rings`, 'vertices an object'],
  rows: groups.map(([name, outlines]) => outlineRow(name, outlines)),
  notes: ['At the default settings; rings are parts and holes.'],
})

const scaleName = (scale: number) => (scale === 1 ? 'as it is' : `${scale} x as large`)

const bySide = (title: string, scores: readonly BoxScore[], pick: (score: BoxScore) => number): Table => ({
  title,
  head: ['photo', 'quality', ...sides.map(([name]) => name)],
  rows: scales.flatMap((scale) => {
    const here = scores.filter((score) => score.scale === scale)
    const fits = ({ side }: BoxScore, least: number, below: number) => side >= least && side < below
    const counts = sides.map(([, least, below]) => here.filter((score) => fits(score, least, below)).length)
    return [
      [scaleName(scale), 'objects', ...counts.map((count) => String(count / qualitiesAt(scale).length))],
      ...qualitiesAt(scale).map((quality) => [
        scaleName(scale),
        quality,
        ...sides.map(([, least, below]) =>
          three(mean(here.filter((one) => one.quality === quality && fits(one, least, below)).map(pick))),
        ),
      ]),
    ]
  }),
  notes: [],
})

export const boxTablesOf = (scores: readonly BoxScore[]): Table[] => [
  {
    ...bySide(
      'Boxes: mean IoU by the short side of the box, pixels of the model frame',
      scores,
      ({ iou }) => iou,
    ),
    notes: [
      'Of the polygon that is stored, kept to its box. fast: one look; good, what is used unless told otherwise: a second look, small ' +
        'objects enlarged; best: the mirrored photo too. Larger photos are canvases of 2 and 4 times the sides, with ' +
        'the photo in the middle and its mirror images around it: the model sees as much less of each object as in a ' +
        'photo with so many pixels.',
    ],
  },
  {
    ...bySide('Boxes: boundary IoU', scores, ({ boundary }) => boundary),
    notes: [
      "Of the bands along the edges, as wide as 2 % of the photo's diagonal (of the photo itself, not of its canvas).",
    ],
  },
  outlinesTable(
    qualitiesAt(1).map((quality) => [
      `a box, ${quality}`,
      scores.filter((score) => score.scale === 1 && score.quality === quality),
    ]),
  ),
]

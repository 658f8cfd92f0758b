/** The scores of all objects as tables, by size of the object. Pure. */
import type { Table } from '../section.ts'
import { mean } from '../stats.ts'

/** IoU against the outline that people drew. */
export interface Score {
  /** Of the official mask in the size of the image. */
  readonly mask: number
  /** Of the polygon that is stored, rasterised. */
  readonly polygon: number
}

export interface Scored {
  /** Of the people's outline, pixels. */
  readonly area: number
  readonly box: Score
  /** The best of the four masks that a first click offers. */
  readonly best: Score
  /** After 1, 2, 3 ... clicks. */
  readonly clicks: readonly Score[]
}

/** What the polygon may lose of the mask's mean IoU. */
const MAX_LOSS = 0.002

/** COCO's: under 32 x 32 pixels, under 96 x 96, the others. */
const sizes: readonly (readonly [string, (area: number) => boolean])[] = [
  ['all', () => true],
  ['small', (area) => area < 32 ** 2],
  ['medium', (area) => area >= 32 ** 2 && area < 96 ** 2],
  ['large', (area) => area >= 96 ** 2],
]

/** After the last click there is nothing to correct: the mask stays as it is. */
const after = ({ clicks, box }: Scored, count: number): Score => clicks[count - 1] ?? clicks.at(-1) ?? box

const columns: readonly (readonly [string, (object: Scored) => Score])[] = [
  ['box', ({ box }) => box],
  ['1 click', (object) => after(object, 1)],
  ['1, best of 4', ({ best }) => best],
  ...[2, 3, 5, 8].map((count) => [`${count} clicks`, (object: Scored) => after(object, count)] as const),
]

const clicksTo = ({ clicks }: Scored, level: number, kind: keyof Score, most: number) => {
  const index = clicks.findIndex((score) => score[kind] >= level)
  return index < 0 ? most : index + 1
}

const three = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : '-')
const signed = (value: number) => (Number.isFinite(value) ? (value > 0 ? '+' : '') + value.toFixed(4) : '-')

/** @param most clicks that were made at most; an object that never reaches a level counts as that many */
export const tablesOf = (objects: readonly Scored[], most: number): Table[] => {
  const groups = sizes.map(([name, fits]) => ({ name, group: objects.filter(({ area }) => fits(area)) }))
  const meanOf = (group: readonly Scored[], pick: (object: Scored) => Score, kind: keyof Score) =>
    mean(group.map((object) => pick(object)[kind]))
  const rowOf = (name: string, group: readonly Scored[], kind: keyof Score) => [
    `${name} (${group.length})`,
    kind,
    ...columns.map(([, pick]) => three(meanOf(group, pick, kind))),
  ]
  const lossOf = (group: readonly Scored[], pick: (object: Scored) => Score) =>
    meanOf(group, pick, 'polygon') - meanOf(group, pick, 'mask')
  const losses = columns.map(([, pick]) => lossOf(objects, pick))
  const worst = Math.min(...losses)
  return [
    {
      title: 'Mean IoU with outlines by people',
      head: ['objects', 'of', ...columns.map(([name]) => name)],
      rows: [
        ...groups.flatMap(({ name, group }) => [rowOf(name, group, 'mask'), rowOf(name, group, 'polygon')]),
        ['all', 'polygon - mask', ...losses.map(signed)],
      ],
      notes: [
        `The polygon loses at most ${Math.max(0, -worst).toFixed(4)} of the mask's mean IoU: ` +
          `${worst >= -MAX_LOSS ? 'within' : 'NOT within'} the limit of ${MAX_LOSS}.`,
        'mask: the official mask in the size of the image; polygon: what is stored, at the default settings, rasterised. ' +
          'Each next click is in the middle of the largest error of the mask (maximum of the distance transform), with ' +
          'the mask shown as mask input, as the app asks. best of 4: if a person picks among the masks offered.',
      ],
    },
    {
      title: `Clicks to reach an IoU (at most ${most})`,
      head: ['objects', 'of', '.85', 'reached', '.90', 'reached'],
      rows: groups.flatMap(({ name, group }) =>
        (['mask', 'polygon'] as const).map((kind) => [
          `${name} (${group.length})`,
          kind,
          ...[0.85, 0.9].flatMap((level) => {
            const reached = group.filter(({ clicks }) => clicks.some((score) => score[kind] >= level))
            const clicks = mean(group.map((object) => clicksTo(object, level, kind, most)))
            return [
              group.length > 0 ? clicks.toFixed(2) : '-',
              group.length > 0 ? `${Math.round((100 * reached.length) / group.length)} %` : '-',
            ]
          }),
        ]),
      ),
      notes: [`An object that never reaches the level counts as ${most} clicks.`],
    },
  ]
}

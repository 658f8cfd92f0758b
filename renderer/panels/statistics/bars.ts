/** The statistics as bars and as the rows of the tables behind them. Pure. */
import { sideNames, type Statistics } from '../../../common/contract/statistics.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

/** Names of colours, which the chart makes of the theme. */
export type Tone = 'first' | 'second' | 'third' | 'rest'

interface Series {
  readonly name: string
  readonly tone: Tone
  readonly values: readonly number[]
}

export interface Bars {
  readonly id: string
  readonly title: string
  /** How the numbers came about, where that is not plain. */
  readonly note: string | null
  /** What the bars stand for, as the head of the table's first column. */
  readonly head: string
  readonly names: readonly string[]
  readonly series: readonly Series[]
  /** Bars from left to right, for names that have no order of their own. */
  readonly lying: boolean
}

/** More bars than this can't be told apart; all are in the table. */
export const MOST_BARS = 24

const tones = { train: 'first', val: 'second', test: 'third', none: 'rest' } as const
const sideTexts = { train: msg('train'), val: msg('val'), test: msg('test'), none: msg('no side') } as const

const classBars = ({ classes, images }: Statistics): Bars => {
  const present = sideNames.filter((side) => images.sides[side] > 0)
  const split = present.length > 1
  return {
    id: 'classes',
    title: split ? t('Objects by class and split') : t('Objects by class'),
    note: null,
    head: t('Class'),
    names: classes.map(({ name }) => name),
    series: split
      ? present.map((side) => ({
          name: t(sideTexts[side]),
          tone: tones[side],
          values: classes.map(({ sides }) => sides[side]),
        }))
      : [{ name: t('Objects'), tone: 'first', values: classes.map(({ objects }) => objects) }],
    lying: true,
  }
}

const stateTexts: Readonly<Record<string, string>> = {
  todo: msg('To do'),
  done: msg('Done'),
  flagged: msg('Flagged'),
  reviewed: msg('Reviewed'),
}
/** As a person reads a state's name. */
const stateText = (state: string): string =>
  state in stateTexts ? t(stateTexts[state]!) : state.charAt(0).toUpperCase() + state.slice(1)

const stateBars = ({ images }: Statistics): Bars => ({
  id: 'states',
  title: t('Images by state'),
  note: null,
  head: t('State'),
  names: [
    ...images.states.map(({ state }) => stateText(state)),
    t('With objects'),
    t('Without'),
    t('With a problem'),
  ],
  series: [
    {
      name: t('Images'),
      tone: 'first',
      values: [
        ...images.states.map(({ images: some }) => some),
        images.labelled,
        images.unlabelled,
        images.problem,
      ],
    },
  ],
  lying: true,
})

/** Groups of whole numbers that grow: 0, 1, 2, 3, 4, 5-9, 10-19, 20-49, 50-99, 100 and more. */
const numberGroups = [0, 1, 2, 3, 4, 5, 10, 20, 50, 100]

const numberBars = ({ objectsOfImage }: Statistics): Bars => {
  const groups = numberGroups.map((from, index) => ({ from, to: numberGroups[index + 1] ?? Infinity }))
  return {
    id: 'numbers',
    title: t('Objects an image'),
    note: null,
    head: t('Objects'),
    names: groups.map(({ from, to }) =>
      to === Infinity ? `${from}+` : to === from + 1 ? String(from) : `${from}–${to - 1}`,
    ),
    series: [
      {
        name: t('Images'),
        tone: 'first',
        values: groups.map(({ from, to }) =>
          objectsOfImage
            .filter(({ objects }) => objects >= from && objects < to)
            .reduce((sum, { images }) => sum + images, 0),
        ),
      },
    ],
    lying: false,
  }
}

const sizeBars = ({ sizes: { groups, sampled }, objects }: Statistics): Bars => ({
  id: 'sizes',
  title: t('Sizes of objects'),
  note:
    t(
      'The side of a square of the same area, in pixels. Under 32 is small, from 96 on large, as COCO counts.',
    ) + (sampled < objects ? ` ${t('Of {sampled, number} objects, evenly picked.', { sampled })}` : ''),
  head: t('Side, px'),
  names: groups.map(({ from }, index) => {
    const to = groups[index + 1]?.from
    return to === undefined ? `${from}+` : `${from}–${to}`
  }),
  series: [{ name: t('Objects'), tone: 'first', values: groups.map(({ objects: some }) => some) }],
  lying: false,
})

const dayBars = ({ days }: Statistics): Bars => {
  const made = [
    { name: t('By hand'), tone: 'first', key: 'hand' },
    { name: t('By the model'), tone: 'second', key: 'model' },
    { name: t('Imported'), tone: 'rest', key: 'import' },
  ] as const
  const present = made.filter(({ key }) => days.some((day) => day[key] > 0))
  return {
    id: 'days',
    title: t('Objects made by day'),
    note: null,
    head: t('Day'),
    names: days.map(({ day }) => day),
    series: present.map(({ name, tone, key }) => ({ name, tone, values: days.map((day) => day[key]) })),
    lying: false,
  }
}

export const barsOf = (statistics: Statistics): readonly Bars[] => [
  classBars(statistics),
  stateBars(statistics),
  numberBars(statistics),
  sizeBars(statistics),
  dayBars(statistics),
]

/** What is drawn: of too many bars the newest days, or the classes with the most. */
export const drawnOf = (bars: Bars): Bars => {
  if (bars.names.length <= MOST_BARS) return bars
  const totals = bars.names.map((_, at) =>
    bars.series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
  )
  const places = bars.names.map((_, at) => at)
  const kept = bars.lying
    ? new Set(places.toSorted((a, b) => totals[b]! - totals[a]!).slice(0, MOST_BARS))
    : new Set(places.slice(-90))
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, at) => kept.has(at))
  return {
    ...bars,
    names: keep(bars.names),
    series: bars.series.map((series) => ({ ...series, values: keep(series.values) })),
  }
}

/** The rows of the table, its head first; with several series their sum at the end. */
export const tableOf = ({ head, names, series }: Bars): readonly (readonly (string | number)[])[] => {
  const withSum = series.length > 1
  return [
    [head, ...series.map(({ name }) => name), ...(withSum ? [t('All')] : [])],
    ...names.map((name, at) => {
      const values = series.map((one) => one.values[at] ?? 0)
      return [name, ...values, ...(withSum ? [values.reduce((sum, value) => sum + value, 0)] : [])]
    }),
  ]
}

/** CSV as RFC 4180 has it; a name that a spreadsheet would take for a formula gets a quote before it. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string => {
  const cell = (value: string | number) => {
    if (typeof value === 'number') return String(value)
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

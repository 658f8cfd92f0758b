/** The few numbers at the head of the statistics, in words. Pure. */
import type { Statistics } from '../../../common/contract/statistics.ts'
import { count, duration, percent, plural } from '../words.ts'

interface Figure {
  readonly title: string
  readonly value: string
  readonly note: string
}

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dateOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

const dayText = (at: number, now: number): string => {
  const isSameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (isSameYear ? date : dateOfYear).format(at)
}

const one = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })

const forecastFigure = ({ forecast, at }: Statistics): Figure[] => {
  if (forecast === null) return []
  const { left, by, finished, days, doneAt } = forecast
  const missing = by === 'done' ? 'not done' : 'without objects'
  if (left === 0)
    return [
      {
        title: 'Left to do',
        value: '0',
        note: by === 'done' ? 'every image is done' : 'every image has objects',
      },
    ]
  const note =
    doneAt === null
      ? `images ${missing}; none was finished in the last ${plural(days, 'day')}`
      : `images ${missing}; at ${one.format(finished / days)} a day done on ${dayText(doneAt, at)}`
  return [{ title: 'Left to do', value: count(left), note }]
}

const paceFigures = ({ pace }: Statistics): Figure[] =>
  pace === null
    ? []
    : [
        {
          title: 'Seconds an object',
          value: one.format(pace.secondsPerObject),
          note: `${duration(pace.seconds)} of work on the last ${plural(pace.objects, 'object')}, pauses over ${duration(pace.idleSeconds)} left out`,
        },
        {
          title: 'Inputs an object',
          value: one.format(pace.inputsPerObject),
          note: 'points, boxes and what stored a change',
        },
      ]

export const figuresOf = (statistics: Statistics): readonly Figure[] => {
  const { images, objects, classes, proposals } = statistics
  const used = classes.filter((label) => label.objects > 0).length
  return [
    {
      title: 'Objects',
      value: count(objects),
      note:
        `of ${used} of ${plural(classes.length, 'class', 'classes')}` +
        (proposals === 0 ? '' : `; ${plural(proposals, 'proposal')} to look at`),
    },
    {
      title: 'Images with objects',
      value: count(images.labelled),
      note: `of ${count(images.all)}${images.all === 0 ? '' : `, ${percent(images.labelled / images.all)}`}`,
    },
    ...forecastFigure(statistics),
    ...paceFigures(statistics),
  ]
}

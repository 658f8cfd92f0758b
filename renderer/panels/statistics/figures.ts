/** The few numbers at the head of the statistics, in words. Pure. */
import type { Statistics } from '../../../common/contract/statistics.ts'
import { decimal } from '../../texts/numbers.ts'
import { activeTexts, t } from '../../texts/t.ts'
import { count, duration, percent } from '../words.ts'

interface Figure {
  readonly title: string
  readonly value: string
  readonly note: string
}

const dayText = (at: number, now: number): string => {
  const isSameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const year = isSameYear ? {} : ({ year: 'numeric' } as const)
  return activeTexts()
    .date({ day: 'numeric', month: 'short', ...year })
    .format(at)
}

const one = (value: number) => decimal(value, 1)

const forecastFigure = ({ forecast, at }: Statistics): Figure[] => {
  if (forecast === null) return []
  const { left, by, finished, days, doneAt } = forecast
  if (left === 0)
    return [
      {
        title: t('Left to do'),
        value: '0',
        note: by === 'done' ? t('every image is done') : t('every image has objects'),
      },
    ]
  const note =
    doneAt === null
      ? t(
          'images {by, select, done {not done} other {without objects}}; none was finished in the last {days, plural, one {# day} other {# days}}',
          { by, days },
        )
      : t('images {by, select, done {not done} other {without objects}}; at {pace} a day done on {day}', {
          by,
          pace: one(finished / days),
          day: dayText(doneAt, at),
        })
  return [{ title: t('Left to do'), value: count(left), note }]
}

const paceFigures = ({ pace }: Statistics): Figure[] =>
  pace === null
    ? []
    : [
        {
          title: t('Seconds an object'),
          value: one(pace.secondsPerObject),
          note: t(
            '{time} of work on the last {count, plural, one {# object} other {# objects}}, pauses over {pause} left out',
            { time: duration(pace.seconds), count: pace.objects, pause: duration(pace.idleSeconds) },
          ),
        },
        {
          title: t('Inputs an object'),
          value: one(pace.inputsPerObject),
          note: t('points, boxes and what stored a change'),
        },
      ]

export const figuresOf = (statistics: Statistics): readonly Figure[] => {
  const { images, objects, classes, proposals } = statistics
  const used = classes.filter((label) => label.objects > 0).length
  return [
    {
      title: t('Objects'),
      value: count(objects),
      note: t(
        'of {used} of {count, plural, one {# class} other {# classes}}{proposals, plural, =0 {} one {; # proposal to look at} other {; # proposals to look at}}',
        {
          used,
          count: classes.length,
          proposals,
        },
      ),
    },
    {
      title: t('Images with objects'),
      value: count(images.labelled),
      note:
        images.all === 0
          ? t('of {all, number}', { all: 0 })
          : t('of {all, number}, {share}', { all: images.all, share: percent(images.labelled / images.all) }),
    },
    ...forecastFigure(statistics),
    ...paceFigures(statistics),
  ]
}

/** How far the frames of a film are written. */
import type { WorkOf } from '../../../common/work-kinds.ts'
import { decimal } from '../../texts/numbers.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count, duration } from '../words.ts'

const paceOf = ({ perSecond, secondsLeft }: WorkOf<'film'>): string =>
  [
    ...(perSecond === null
      ? []
      : [t('{speed} frames/s', { speed: decimal(perSecond, perSecond < 10 ? 1 : 0) })]),
    ...(secondsLeft === null ? [] : [t('{time} left', { time: duration(secondsLeft) })]),
  ].join(' · ')

const doneOf = (run: WorkOf<'film'> | null): string => {
  if (run === null) return t('Starting…')
  const done = count(run.done)
  return run.total === 0
    ? t('{done} frames', { done })
    : t('{done} of {total} frames', { done, total: count(run.total) })
}

/** @param run null while it is started */
export const FilmProgress = ({ run }: { run: WorkOf<'film'> | null }) => (
  <>
    <ProgressBar
      testId="film-progress"
      label={t('Frames of the film')}
      share={run && run.total > 0 ? run.done / run.total : null}
      left={run?.message ? heard(run.message) : doneOf(run)}
      right={run && paceOf(run)}
    />
    {run?.detail && <p className="dim film-facts">{run.detail.out}</p>}
  </>
)

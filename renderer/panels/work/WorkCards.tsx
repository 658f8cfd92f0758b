/** Cards under the image list for long work: how far it is, what was left out, pause, cancel. */
import { Pause, Play, RotateCw, X } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import type { Work } from '../../../common/contract/work.ts'
import { isOngoing, isWorkOf } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useWork } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { useAction } from '../controls/use-action.ts'
import { msg } from '../../../common/said.ts'
import { sizeText, decimal } from '../../texts/numbers.ts'
import { count, duration } from '../words.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { MoveAll } from './MoveAll.tsx'

const ofUnits = {
  image: msg('{done} of {total, plural, one {# image} other {# images}}'),
  box: msg('{done} of {total, plural, one {# box} other {# boxes}}'),
  point: msg('{done} of {total, plural, one {# point} other {# points}}'),
} as const
const perSecondOf = {
  image: msg('{speed} images/s'),
  box: msg('{speed} boxes/s'),
  point: msg('{speed} points/s'),
} as const

const doneOf = ({ unit, done, total }: Work) =>
  unit === 'byte'
    ? t('{done} of {total}', { done: sizeText(done), total: sizeText(total) })
    : t(ofUnits[unit], { done: count(done), total })

const speedOf = ({ unit, perSecond }: Work) => {
  if (perSecond === null) return null
  if (unit === 'byte') return `${sizeText(perSecond)}/s`
  return t(perSecondOf[unit], { speed: decimal(perSecond, perSecond < 10 ? 1 : 0) })
}

const paceOf = (work: Work) =>
  [speedOf(work), work.secondsLeft === null ? null : t('{time} left', { time: duration(work.secondsLeft) })]
    .filter((part) => part !== null)
    .join(' · ')

/** A result that only informs goes by itself after this, ms. */
const REST_MS = 12_000

/** Objects that the run has stored or changed, and that can be undone with one click. */
const storedBy = (work: Work): number =>
  !isOngoing(work) &&
  (isWorkOf(work, 'boxes') ||
    isWorkOf(work, 'import') ||
    isWorkOf(work, 'merge') ||
    isWorkOf(work, 'settle') ||
    isWorkOf(work, 'detect') ||
    isWorkOf(work, 'follow') ||
    isWorkOf(work, 'alike'))
    ? (work.detail?.objects ?? 0)
    : 0

/** A run that ended with nothing left out, and nothing to undo, needs no answer. */
const useExpiry = (work: Work, close: () => void) => {
  const informs = work.state === 'done' && work.leftOutCount === 0 && storedBy(work) === 0
  const latest = useEffectEvent(close)
  useEffect(() => {
    if (!informs) return
    const timer = setTimeout(() => latest(), REST_MS)
    return () => clearTimeout(timer)
  }, [informs])
}

const LeftOut = ({ leftOut, leftOutCount }: Work) =>
  leftOutCount > 0 && (
    <details className="work-left-out">
      <summary>
        {t('{count, plural, one {# thing} other {# things}} left out', { count: leftOutCount })}
      </summary>
      <ul>
        {leftOut.slice(0, 50).map((problem, index) => (
          <li key={index}>
            {problem.image !== null && <b>{problem.image}</b>} {heard(problem.message)}
          </li>
        ))}
      </ul>
    </details>
  )

const Buttons = ({ work: { id, kind, state, canPause }, close }: { work: Work; close: () => void }) => {
  const { work } = useSession()
  const prepare = useAction('prepare-folder')
  // What is prepared already is not made again: it goes on where it stood.
  const tryAgain = () => {
    close()
    prepare.run()
  }
  if (!isOngoing({ state }))
    return (
      <>
        {kind === 'prepare' && state === 'failed' && (
          <IconButton icon={RotateCw} label={t('Try again')} onClick={tryAgain} />
        )}
        <IconButton icon={X} label={t('Close')} onClick={close} />
      </>
    )
  return (
    <>
      {canPause && state === 'running' && (
        <IconButton icon={Pause} label={t('Pause')} onClick={() => attempt(work.pause(id))} />
      )}
      {state === 'paused' && (
        <IconButton icon={Play} label={t('Resume')} onClick={() => attempt(work.resume(id))} />
      )}
      <IconButton icon={X} label={t('Cancel')} onClick={() => attempt(work.cancel(id))} />
    </>
  )
}

const cancelledText = (work: Work) =>
  work.state === 'cancelled'
    ? t('Cancelled. {count, plural, one {# object} other {# objects}} done before that.', {
        count: storedBy(work),
      })
    : null

const Card = ({ work }: { work: Work }) => {
  const session = useSession()
  const close = () => session.work.dismiss(work.id)
  useExpiry(work, close)
  const { kind, title, state, done, total, message } = work
  const testId = `${kind}-card`
  return (
    <section className="work-card" data-testid={testId} data-state={state} aria-label={t(title)}>
      <header>
        <strong>{t(title)}</strong>
        <Buttons work={work} close={close} />
      </header>
      {isOngoing(work) && (
        <ProgressBar
          testId={`${testId}-progress`}
          label={t(title)}
          share={total > 0 ? done / total : null}
          left={state === 'paused' ? t('{done}, paused', { done: doneOf(work) }) : doneOf(work)}
          right={state === 'paused' ? null : paceOf(work)}
        />
      )}
      {state === 'failed' ? (
        <p>{work.failure ? heard(work.failure.message) : t('It failed.')}</p>
      ) : (
        (message ?? cancelledText(work)) !== null && (
          <p className={isOngoing(work) ? 'dim' : undefined}>
            {message === null ? cancelledText(work) : heard(message)}
          </p>
        )
      )}
      <LeftOut {...work} />
      {storedBy(work) > 0 && <MoveAll work={work} objects={storedBy(work)} close={close} />}
    </section>
  )
}

export const WorkCards = () => {
  const works = useWork((state) => state.works)
  // A run that the user cancelled is gone, as asked; what it had stored can be undone.
  const shown = works.filter((work) => work.isListed && (work.state !== 'cancelled' || storedBy(work) > 0))
  if (shown.length === 0) return null
  return (
    <div className="work-cards">
      {shown.map((work) => (
        <Card key={work.id} work={work} />
      ))}
    </div>
  )
}

/** Cards under the image list for work on the whole folder: how far it is, what was left out, pause, cancel. */
import { Pause, Play, X } from 'lucide-react'
import { useEffect, useEffectEvent, type ReactNode } from 'react'
import type { WorkProgress } from '../../../common/contract/work.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useWork } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count, duration, plural } from '../words.ts'

const paceOf = ({ imagesPerSecond, secondsLeft }: WorkProgress) =>
  [
    imagesPerSecond === null ? null : `${imagesPerSecond.toFixed(imagesPerSecond < 10 ? 1 : 0)} images/s`,
    secondsLeft === null ? null : `${duration(secondsLeft)} left`,
  ]
    .filter((part) => part !== null)
    .join(' · ')

/** A result that only informs goes by itself after this, ms. */
const restMs = 12_000

/** A run that ended with nothing left out needs no answer. */
const useExpiry = (progress: WorkProgress | null, close: () => void) => {
  const informs = progress?.state === 'done' && progress.leftOutCount === 0
  const latest = useEffectEvent(close)
  useEffect(() => {
    if (!informs) return
    const timer = setTimeout(() => latest(), restMs)
    return () => clearTimeout(timer)
  }, [informs])
}

const LeftOut = ({ progress }: { progress: WorkProgress }) =>
  progress.leftOutCount > 0 && (
    <details className="work-left-out">
      <summary>{plural(progress.leftOutCount, 'thing')} left out</summary>
      <ul>
        {progress.leftOut.slice(0, 50).map((problem, index) => (
          <li key={index}>
            {problem.image !== null && <b>{problem.image}</b>} {problem.message}
          </li>
        ))}
      </ul>
    </details>
  )

const Card = ({
  title,
  progress,
  result,
  buttons,
  testId,
}: {
  title: string
  progress: WorkProgress
  /** What a finished run says. */
  result: string
  buttons: ReactNode
  testId: string
}) => {
  const going = progress.state === 'running' || progress.state === 'paused'
  return (
    <section className="work-card" data-testid={testId} data-state={progress.state} aria-label={title}>
      <header>
        <strong>{title}</strong>
        {buttons}
      </header>
      {going ? (
        <ProgressBar
          testId={`${testId}-progress`}
          label={title}
          share={progress.total > 0 ? progress.done / progress.total : null}
          left={`${count(progress.done)} of ${count(progress.total)}${progress.state === 'paused' ? ', paused' : ''}`}
          right={paceOf(progress)}
        />
      ) : (
        <p>{progress.state === 'failed' ? (progress.message ?? 'It failed.') : result}</p>
      )}
      {progress.state !== 'failed' && progress.message !== null && <p className="dim">{progress.message}</p>}
      <LeftOut progress={progress} />
    </section>
  )
}

const isShown = <P extends WorkProgress>(progress: P | null): progress is P =>
  progress !== null && progress.state !== 'idle'

export const WorkCards = () => {
  const { client, work } = useSession()
  const prepare = useWork((state) => state.prepare)
  const boxes = useWork((state) => state.boxes)
  useExpiry(prepare, () => work.dismiss('prepare'))
  useExpiry(boxes, () => work.dismiss('boxes'))
  const call = (name: 'prepare.pause' | 'prepare.resume' | 'prepare.cancel' | 'boxes.cancel') => () =>
    attempt(client.call(name, {}))
  const closing = (kind: 'prepare' | 'boxes', progress: WorkProgress) =>
    progress.state === 'running' || progress.state === 'paused' ? (
      <IconButton icon={X} label="Cancel" onClick={call(`${kind}.cancel`)} />
    ) : (
      <IconButton icon={X} label="Close" onClick={() => work.dismiss(kind)} />
    )
  if (!isShown(prepare) && !isShown(boxes)) return null
  return (
    <div className="work-cards">
      {isShown(prepare) && (
        <Card
          testId="prepare-card"
          title="Prepare folder"
          progress={prepare}
          result={`${plural(Math.max(0, prepare.done - prepare.leftOutCount), 'image')} ready: the first click on each is answered at once.`}
          buttons={
            <>
              {prepare.state === 'running' && (
                <IconButton icon={Pause} label="Pause" onClick={call('prepare.pause')} />
              )}
              {prepare.state === 'paused' && (
                <IconButton icon={Play} label="Resume" onClick={call('prepare.resume')} />
              )}
              {closing('prepare', prepare)}
            </>
          }
        />
      )}
      {isShown(boxes) && (
        <Card
          testId="boxes-card"
          title="Boxes to masks"
          progress={boxes}
          result={`${plural(boxes.objects, 'object')} made. ${boxes.skipped > 0 ? `${plural(boxes.skipped, 'image')} had theirs already.` : ''}`}
          buttons={closing('boxes', boxes)}
        />
      )}
    </div>
  )
}

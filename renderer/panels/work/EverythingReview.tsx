/**
 * What everything mode found, over the image, each in a colour of its own: a click chooses, a digit or Enter keeps what is
 * chosen with a class (all, where nothing is), Delete leaves it out, and the review goes on with the rest.
 */
import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import { matrixOf } from '../../../common/geometry/viewport.ts'
import { stateOf } from '../../actions/action.ts'
import { labelOfReview } from '../../actions/review-actions.ts'
import { useLabels, useSession, useWork, useWorkbench } from '../../state/session-context.ts'
import { keptOf, openOf, type Review } from '../../state/work.ts'
import { ActionKeys, Key } from '../controls/Keys.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { useAction } from '../controls/use-action.ts'
import { outlineOf } from '../outline.ts'
import { heard } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'

/** Hues by the golden angle: neighbours in the order of finding are as unlike as can be. */
const colorOf = (place: number) => `hsl(${Math.round((place * 137.508) % 360)} 95% 62%)`

/** Wheel and middle button, and the left one with Space, move the picture: they go to the stage, which lies below. */
const useStageGestures = (overlay: RefObject<SVGSVGElement | null>) =>
  useEffect(() => {
    const element = overlay.current
    const stage = element?.parentElement?.querySelector<HTMLElement>('[data-stage]')
    if (!element || !stage) return
    const stop = new AbortController()
    const { signal } = stop
    const pans = ({ button }: MouseEvent) => button === 1 || stage.hasAttribute('data-panning')
    element.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault()
        stage.dispatchEvent(new WheelEvent('wheel', event))
      },
      { signal, passive: false },
    )
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (!pans(event)) return
        event.preventDefault()
        stage.dispatchEvent(new PointerEvent('pointerdown', event))
      },
      { signal },
    )
    // Autoscroll of the middle button.
    element.addEventListener('mousedown', (event) => pans(event) && event.preventDefault(), { signal })
    return () => stop.abort()
  }, [overlay])

const Overlay = ({ review }: { review: Review }) => {
  const { work, workbench } = useSession()
  const view = useStore(workbench, (state) => state.view)
  const overlay = useRef<SVGSVGElement>(null)
  useStageGestures(overlay)
  return (
    <svg
      ref={overlay}
      className="review-overlay"
      role="group"
      aria-label={t('Objects found')}
      data-testid="review-overlay"
    >
      <g transform={`matrix(${matrixOf(view).join(' ')})`}>
        {review.proposals.map(
          (proposal, place) =>
            !review.stored.has(proposal.id) && (
              <path
                key={proposal.id}
                d={outlineOf(proposal.polygon)}
                fillRule="evenodd"
                fill={colorOf(place)}
                stroke={colorOf(place)}
                role="checkbox"
                aria-checked={review.picked.has(proposal.id)}
                aria-label={t('Object {place}{dropped, select, yes {, left out} other {}}', {
                  place: place + 1,
                  dropped: review.dropped.has(proposal.id) ? 'yes' : 'no',
                })}
                tabIndex={0}
                data-picked={review.picked.has(proposal.id) ? '' : undefined}
                data-dropped={review.dropped.has(proposal.id) ? '' : undefined}
                data-testid="proposal"
                onClick={() => work.toggle(proposal.id)}
                onKeyDown={(event) => {
                  if (event.key !== ' ') return
                  event.preventDefault()
                  event.stopPropagation()
                  work.toggle(proposal.id)
                }}
              />
            ),
        )}
      </g>
    </svg>
  )
}

const wordsOf = (review: Review): string => {
  const found = openOf(review).length
  if (review.picked.size > 0)
    return t('{picked} of {count, plural, one {# object} other {# objects}} chosen', {
      picked: review.picked.size,
      count: found,
    })
  if (review.message !== null) return heard(review.message)
  return found === 0
    ? t('Nothing new was found.')
    : t('Found {count, plural, one {# object} other {# objects}}.', { count: found })
}

const OpenReview = ({ review }: { review: Review }) => {
  const session = useSession()
  useLabels()
  useWorkbench((state) => state.currentLabelId)
  const label = labelOfReview(stateOf(session))
  const keep = useAction('keep-found')
  const leaveOut = useAction('leave-out-found')
  const drop = useAction('drop-found')
  const isChoosing = review.picked.size > 0
  return (
    <>
      <Overlay review={review} />
      <section
        className="review-bar"
        aria-label={t('Everything mode')}
        data-testid="review"
        data-state={review.isRunning ? 'running' : 'done'}
      >
        {review.isRunning && !isChoosing ? (
          <ProgressBar
            testId="review-progress"
            label={t('Looking for objects')}
            share={review.total > 0 ? review.done / review.total : null}
            left={t('Looking for objects…')}
            right={t('{count, plural, one {# object} other {# objects}}', { count: openOf(review).length })}
          />
        ) : (
          <span role="status">
            {wordsOf(review)}
            {!isChoosing && review.message === null && openOf(review).length > 0 && (
              <span className="review-more"> {t('Click to choose some.')}</span>
            )}
          </span>
        )}
        {isChoosing && (
          <button type="button" className="button" data-testid="review-leave-out" onClick={leaveOut.run}>
            {t('Leave out')} <ActionKeys id="leave-out-found" />
          </button>
        )}
        <button type="button" className="button" data-testid="review-drop" onClick={drop.run}>
          {isChoosing ? t('Choose none') : t('Drop all')} <ActionKeys id="drop-found" />
        </button>
        <button
          type="button"
          className="button primary"
          disabled={!keep.enabled}
          data-testid="review-keep"
          onClick={keep.run}
        >
          {rich('Keep {count} as {name}', {
            count: keptOf(review).length,
            name: <span className="review-class">{label?.name ?? '…'}</span>,
          })}{' '}
          <ActionKeys id="keep-found" />
        </button>
        <span className="review-digits">
          <Key name="1-9" /> {t('other class')}
        </span>
      </section>
    </>
  )
}

export const EverythingReview = () => {
  const review = useWork((state) => state.review)
  const imageId = useWorkbench((state) => state.image?.id)
  return review && review.imageId === imageId ? <OpenReview review={review} /> : null
}

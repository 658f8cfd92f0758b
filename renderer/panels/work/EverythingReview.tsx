/** What everything mode found, over the image: a click takes one out or back, Enter keeps the rest, Esc drops all. */
import { useStore } from 'zustand'
import { stateOf } from '../../actions/action.ts'
import { labelOfReview } from '../../actions/review-actions.ts'
import { useLabels, useSession, useWork, useWorkbench } from '../../state/session-context.ts'
import { keptOf, type Review } from '../../state/work.ts'
import { Key } from '../controls/Keys.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { useAction } from '../controls/use-action.ts'
import { outlineOf } from '../outline.ts'
import { percent, plural } from '../words.ts'

const Overlay = ({ review, color }: { review: Review; color: string }) => {
  const { work, workbench } = useSession()
  const { scale, x, y } = useStore(workbench, (state) => state.view)
  return (
    <svg className="review-overlay" aria-label="Objects found" data-testid="review-overlay">
      <g transform={`translate(${x} ${y}) scale(${scale})`}>
        {review.proposals.map((proposal) => (
          <path
            key={proposal.id}
            d={outlineOf(proposal.polygon)}
            fillRule="evenodd"
            fill={color}
            stroke={color}
            data-dropped={review.dropped.has(proposal.id) ? '' : undefined}
            data-testid="proposal"
            onClick={() => work.toggle(proposal.id)}
          >
            <title>{`Score ${percent(proposal.score)}. Click to take it out or back.`}</title>
          </path>
        ))}
      </g>
    </svg>
  )
}

const OpenReview = ({ review }: { review: Review }) => {
  const session = useSession()
  useLabels()
  useWorkbench((state) => state.currentLabelId)
  const label = labelOfReview(stateOf(session))
  const keep = useAction('keep-found')
  const drop = useAction('drop-found')
  const running = review.isRunning
  return (
    <>
      <Overlay review={review} color={label?.color ?? '#56b4e9'} />
      <section
        className="review-bar"
        aria-label="Everything mode"
        data-testid="review"
        data-state={review.isRunning ? 'running' : 'done'}
      >
        {running && (
          <ProgressBar
            testId="review-progress"
            label="Looking for objects"
            share={review.total > 0 ? review.done / review.total : null}
            left="Looking for objects…"
            right={plural(review.proposals.length, 'object')}
          />
        )}
        {!running && (
          <span>
            {review.message ??
              (review.proposals.length === 0
                ? 'Nothing new was found.'
                : `Found ${plural(review.proposals.length, 'object')}; click one to leave it out.`)}
          </span>
        )}
        <button type="button" className="button" data-testid="review-drop" onClick={drop.run}>
          Drop <Key name="Esc" />
        </button>
        <button
          type="button"
          className="button primary"
          disabled={!keep.enabled}
          data-testid="review-keep"
          onClick={keep.run}
        >
          Keep {keptOf(review).length} as {label?.name ?? '…'} <Key name="Enter" />
        </button>
      </section>
    </>
  )
}

export const EverythingReview = () => {
  const review = useWork((state) => state.review)
  const imageId = useWorkbench((state) => state.image?.id)
  return review && review.imageId === imageId ? <OpenReview review={review} /> : null
}

/** What everything mode found, over the image: a click takes one out or back, Enter keeps the rest, Esc drops all. */
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { attempt } from '../../state/report.ts'
import { useLabels, useSession, useWork, useWorkbench } from '../../state/session-context.ts'
import { keptOf, type Review } from '../../state/work.ts'
import { Key } from '../controls/Keys.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { outlineOf } from '../stage/outline.ts'
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

/** Enter and Esc mean the review while it is open; all other keys go on as they are. */
const useReviewKeys = (keep: () => void, drop: () => void) =>
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Enter') keep()
      else drop()
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [keep, drop])

const OpenReview = ({ review }: { review: Review }) => {
  const { work } = useSession()
  const labels = useLabels()
  const currentId = useWorkbench((state) => state.currentLabelId)
  const label = labels.find(({ id }) => id === currentId) ?? labels[0]
  const kept = keptOf(review).length
  const running = review.state === 'running'
  const keep = () => {
    if (label) attempt(work.keep(label.id))
  }
  useReviewKeys(keep, work.drop)
  return (
    <>
      <Overlay review={review} color={label?.color ?? '#56b4e9'} />
      <section
        className="review-bar"
        aria-label="Everything mode"
        data-testid="review"
        data-state={review.state}
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
        <button type="button" className="button" data-testid="review-drop" onClick={work.drop}>
          Drop <Key name="Esc" />
        </button>
        <button
          type="button"
          className="button primary"
          disabled={kept === 0 || !label}
          data-testid="review-keep"
          onClick={keep}
        >
          Keep {kept} as {label?.name ?? '…'} <Key name="Enter" />
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

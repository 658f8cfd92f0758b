/** What is to be known of an image at a glance: problems, flag, review, done, proposals, objects. */
import { BadgeCheck, Check, Flag, TriangleAlert } from 'lucide-react'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import type { ImageItem } from '../../../common/model.ts'
import { Tip } from '../controls/Tip.tsx'
import { count, plural, reviewText } from '../words.ts'

export const ImageMarks = ({ item }: { item: ImageItem }) => {
  const warning = item.problem ?? (isChanged(item) ? changeText(item) : null)
  return (
    <>
      {warning !== null && (
        <Tip text={warning} side="right">
          <TriangleAlert className="warn" size={14} aria-label={warning} />
        </Tip>
      )}
      {item.flag !== null && (
        <Tip text={item.flag === '' ? 'Flagged' : `Flagged: ${item.flag}`} side="right">
          <Flag
            className="flag"
            size={14}
            strokeWidth={2}
            aria-label={`Flagged${item.flag === '' ? '' : `: ${item.flag}`}`}
            data-testid="image-flag"
          />
        </Tip>
      )}
      {item.reviewed !== null && (
        <Tip text={reviewText(item.reviewed)} side="right">
          <BadgeCheck
            className="done"
            size={15}
            strokeWidth={2}
            aria-label={reviewText(item.reviewed)}
            data-testid="image-reviewed"
          />
        </Tip>
      )}
      {item.status === 'done' && item.reviewed === null && (
        <Check className="done" size={14} strokeWidth={2.5} aria-label="Done" />
      )}
      {item.proposedCount > 0 && (
        <Tip text={`${plural(item.proposedCount, 'proposal')} to accept or drop`} side="right">
          <span
            className="badge proposed-badge"
            aria-label={plural(item.proposedCount, 'proposal')}
            data-testid="image-proposals"
          >
            {count(item.proposedCount)}
          </span>
        </Tip>
      )}
      {item.annotationCount > 0 && (
        <span className="badge" aria-label={plural(item.annotationCount, 'object')}>
          {count(item.annotationCount)}
        </span>
      )}
    </>
  )
}

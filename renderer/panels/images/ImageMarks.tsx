/** What is to be known of an image at a glance: problems, flag, review, done, proposals, objects. */
import { BadgeCheck, Check, Flag, TriangleAlert } from 'lucide-react'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import type { ImageItem } from '../../../common/model.ts'
import { Tip } from '../controls/Tip.tsx'
import { count, reviewText } from '../words.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

export const ImageMarks = ({ item }: { item: ImageItem }) => {
  const flag = item.flag === '' ? t('Flagged') : t('Flagged: {note}', { note: item.flag ?? '' })
  const proposals = { count: item.proposedCount }
  const problem = item.problem ?? (isChanged(item) ? changeText(item) : null)
  const warning = problem === null ? null : heard(problem)
  return (
    <>
      {warning !== null && (
        <Tip text={warning} side="right">
          <TriangleAlert className="warn" size={14} aria-label={warning} />
        </Tip>
      )}
      {item.flag !== null && (
        <Tip text={flag} side="right">
          <Flag className="flag" size={14} strokeWidth={2} aria-label={flag} data-testid="image-flag" />
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
        <Check className="done" size={14} strokeWidth={2.5} aria-label={t('Done')} />
      )}
      {item.proposedCount > 0 && (
        <Tip
          text={t('{count, plural, one {# proposal} other {# proposals}} to accept or drop', proposals)}
          side="right"
        >
          <span
            className="badge proposed-badge"
            aria-label={t('{count, plural, one {# proposal} other {# proposals}}', proposals)}
            data-testid="image-proposals"
          >
            {count(item.proposedCount)}
          </span>
        </Tip>
      )}
      {item.annotationCount > 0 && (
        <span
          className="badge"
          aria-label={t('{count, plural, one {# object} other {# objects}}', { count: item.annotationCount })}
        >
          {count(item.annotationCount)}
        </span>
      )}
    </>
  )
}

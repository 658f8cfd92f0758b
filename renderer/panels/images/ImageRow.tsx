/** A row of the image list. */
import { BadgeCheck, Check, Flag, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import type { ImageItem } from '../../../common/model.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { Tip } from '../controls/Tip.tsx'
import { count, plural, reviewText, splitPath } from '../words.ts'
import { Thumbnail } from './Thumbnail.tsx'

export const ImageRow = memo(
  ({
    item,
    index,
    current,
    thumbnail,
    onOpen,
  }: {
    /** null while its page is on the way. */
    item: ImageItem | null
    index: number
    current: boolean
    thumbnail: string | null
    onOpen: (index: number) => void
  }) => {
    if (!item)
      return (
        <div className="image-row pending" data-testid="image-row-pending">
          <span className="thumb" />
          <span className="line-ghost" />
        </div>
      )
    const [folder, name] = splitPath(item.path)
    const warning = item.problem ?? (isChanged(item) ? changeText(item) : null)
    return (
      <div
        className="image-row"
        role="option"
        id={`image-${item.id}`}
        aria-selected={current}
        data-testid="image-row"
        data-image-id={item.id}
        data-problem={item.problem === null ? undefined : ''}
        data-changed={isChanged(item) ? '' : undefined}
        title={item.path}
        onClick={() => onOpen(index)}
      >
        <Thumbnail key={thumbnail} src={thumbnail} broken={item.problem !== null} />
        <span className="image-name">
          <MiddleCut className="name" name={name} />
          {(folder !== '' || item.tags.length > 0) && (
            <span className="folder">
              {folder.slice(0, -1)}
              {item.tags.length > 0 && (
                <span className="row-tags" data-testid="image-tags">
                  {item.tags.join(', ')}
                </span>
              )}
            </span>
          )}
        </span>
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
      </div>
    )
  },
)
ImageRow.displayName = 'ImageRow'

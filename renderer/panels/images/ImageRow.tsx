/** A row of the image list. */
import { Check, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import type { ImageItem } from '../../../common/model.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { Tip } from '../controls/Tip.tsx'
import { count, plural, splitPath } from '../words.ts'
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
          {folder !== '' && <span className="folder">{folder.slice(0, -1)}</span>}
        </span>
        {warning !== null && (
          <Tip text={warning} side="right">
            <TriangleAlert className="warn" size={14} aria-label={warning} />
          </Tip>
        )}
        {item.status === 'done' && <Check className="done" size={14} strokeWidth={2.5} aria-label="Done" />}
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

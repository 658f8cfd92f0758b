/** A row of the image list. */
import { memo } from 'react'
import { isChanged } from '../../../common/changed-picture.ts'
import type { ImageItem } from '../../../common/model.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { Row } from '../controls/Row.tsx'
import { splitPath } from '../words.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { ImageMarks } from './ImageMarks.tsx'
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
    useLanguage()
    if (!item)
      return (
        <div className="image-row pending" data-testid="image-row-pending">
          <span className="thumb" />
          <span className="line-ghost" />
        </div>
      )
    const [folder, name] = splitPath(item.path)
    return (
      <Row
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
        <ImageMarks item={item} />
      </Row>
    )
  },
)
ImageRow.displayName = 'ImageRow'

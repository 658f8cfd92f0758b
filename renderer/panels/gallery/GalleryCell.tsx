/** An object of the gallery: its crop with its outline. */
import { ImageOff, Lock } from 'lucide-react'
import { memo, useEffect, useState, type MouseEvent } from 'react'
import type { GalleryItem } from '../../../common/contract/gallery.ts'
import type { Crop, Crops } from '../../state/crops.ts'
import { CropPicture } from '../controls/CropPicture.tsx'
import { scoreText } from '../words.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { t } from '../../texts/t.ts'

/** CSS pixels. */
export const CROP = 120

interface GalleryCellProps {
  /** null: it can't be read; undefined while its page is on the way. */
  readonly item: GalleryItem | null | undefined
  readonly index: number
  /** How many there are, with those that are not made. */
  readonly total: number
  readonly isAtCursor: boolean
  readonly isSelected: boolean
  readonly isScrolling: boolean
  readonly hasOutline: boolean
  readonly color: string
  readonly crops: Crops
  readonly onPick: (index: number, event: MouseEvent) => void
  readonly onOpen: (index: number) => void
}

export const GalleryCell = memo((props: GalleryCellProps) => {
  const {
    item,
    index,
    total,
    isAtCursor,
    isSelected,
    isScrolling,
    hasOutline,
    color,
    crops,
    onPick,
    onOpen,
  } = props
  useLanguage()
  const score = item?.score ?? null
  const [crop, setCrop] = useState<Crop | 'failed' | null>(null)
  const isWanted = item !== null && item !== undefined && !(isScrolling && crop === null)
  useEffect(() => {
    if (!isWanted) return
    return crops.want(item, (made) => setCrop(made ?? 'failed'))
  }, [crops, item, isWanted])
  return (
    <div
      className={`gallery-cell ${item === undefined ? 'pending' : ''}`}
      role="option"
      id={item ? `object-${item.id}` : undefined}
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={total}
      aria-label={
        score === null
          ? t('Object {place}', { place: index + 1 })
          : t('Object {place}, {score}', { place: index + 1, score: scoreText(score) })
      }
      style={{ width: CROP, height: CROP }}
      data-testid="gallery-cell"
      data-cursor={isAtCursor ? '' : undefined}
      data-shown={crop !== null && crop !== 'failed' ? '' : undefined}
      onClick={(event) => onPick(index, event)}
      onDoubleClick={() => onOpen(index)}
    >
      {item === null || crop === 'failed' ? (
        <ImageOff size={18} aria-hidden />
      ) : (
        item && <CropPicture crop={crop} item={item} size={CROP} color={color} hasOutline={hasOutline} />
      )}
      {item?.locked === true && <Lock className="gallery-lock" size={12} aria-label={t('Locked')} />}
      {score !== null && <span className="gallery-score">{scoreText(score)}</span>}
    </div>
  )
})
GalleryCell.displayName = 'GalleryCell'

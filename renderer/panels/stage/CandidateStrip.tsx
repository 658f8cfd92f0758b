/** The masks offered for an ambiguous click, as small outlines: Tab goes through them, a click chooses. */
import { memo, useDeferredValue } from 'react'
import { boxOfRing, uniteBoxes } from '../../../common/geometry/measure.ts'
import type { Polygon } from '../../../common/model.ts'
import { useLabels, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import type { MaskDraft } from '../../tools/mask-draft.ts'
import { ActionKeys } from '../controls/Keys.tsx'
import { Tip } from '../controls/Tip.tsx'
import { outlineOf } from '../outline.ts'
import { t } from '../../texts/t.ts'
import { useLanguage } from '../../texts/use-language.ts'

type Frame = ReturnType<typeof boxOfRing>

/** The picture, CSS pixels; the same as in stage.css. */
const picture = { width: 40, height: 30 }
/** So large is a candidate in its picture at least, in one direction, CSS pixels. */
const LEAST = 24

/**
 * The part of the image that an outline is drawn in: cropped to it, a small one not quite, so that it still looks
 * smaller beside the others.
 */
const frameFor = (polygon: Polygon, all: Frame): Frame => {
  const own = uniteBoxes(polygon.parts.map((part) => boxOfRing(part.outer)))
  /** Image pixels a CSS pixel, for a box that fills the picture. */
  const fitting = ({ width, height }: Frame) =>
    Math.max(width / (picture.width - 3), height / (picture.height - 3))
  const most = Math.max(own.width, own.height) / LEAST
  const scale = Math.max(fitting(own), Math.min(most, fitting(all)))
  const [width, height] = [picture.width * scale, picture.height * scale]
  return { x: own.x + own.width / 2 - width / 2, y: own.y + own.height / 2 - height / 2, width, height }
}

/** Vertices nearer than this share of the picture's width are one. */
const STEP = 1 / 120

/** The model's own estimates are no help in choosing: 70 % of the best beside 100 % of another. */
const wordsOf = (masks: MaskDraft, place: number) => {
  const { isKept } = masks.candidates[place]!
  const isOwnOfStored = place > 0 && masks.candidates[0]?.isKept === true
  if (isKept) return t('The stored mask, changed only where your points say so.')
  if (isOwnOfStored) return t('The model’s own mask of this object.')
  return place === 0
    ? t('The mask that the model suggests for what you clicked.')
    : t('Another reading of your click: a part of the object, or more than it.')
}

const Outline = ({ polygon, all, color }: { polygon: Polygon; all: Frame; color: string }) => {
  const { x, y, width, height } = frameFor(polygon, all)
  return (
    <svg viewBox={[x, y, width, height].join(' ')} aria-hidden>
      <path d={outlineOf(polygon, width * STEP)} fill={color} stroke={color} />
    </svg>
  )
}

const Strip = memo(({ masks }: { masks: MaskDraft }) => {
  useLanguage()
  const labels = useLabels()
  const currentId = useWorkbench((state) => state.currentLabelId)
  const actions = useWorkbenchActions()
  const color = labels.find(({ id }) => id === (masks.refining?.labelId ?? currentId))?.color ?? '#56b4e9'
  const boxes = masks.candidates.flatMap(
    ({ polygon }) => polygon?.parts.map((part) => boxOfRing(part.outer)) ?? [],
  )
  if (masks.candidates.length < 2 || boxes.length === 0) return null
  const all = uniteBoxes(boxes)
  return (
    <div
      className="candidates"
      role="radiogroup"
      aria-label={t('Masks offered for this click')}
      data-testid="candidates"
    >
      {masks.candidates.map(({ polygon }, place) => (
        <Tip key={place} text={wordsOf(masks, place)} side="top">
          <button
            type="button"
            role="radio"
            className="candidate"
            aria-checked={place === masks.chosen}
            aria-label={place === 0 ? t('Mask 1, suggested') : t('Mask {place}', { place: place + 1 })}
            data-suggested={place === 0 ? '' : undefined}
            data-testid="candidate"
            onClick={() => actions.chooseCandidate(place)}
          >
            {polygon ? <Outline polygon={polygon} all={all} color={color} /> : <svg aria-hidden />}
            <span>{place === 0 ? t('suggested') : place + 1}</span>
          </button>
        </Tip>
      ))}
      <span className="candidates-key">
        <ActionKeys id="cycle-candidate" />
      </span>
    </div>
  )
})

/** After all else that a mask changes: the frame with the mask itself does not wait for its small pictures. */
export const CandidateStrip = () => <Strip masks={useDeferredValue(useWorkbench((state) => state.masks))} />

/** The masks offered for an ambiguous click, as small outlines: Tab goes through them, a click chooses. */
import { memo, useDeferredValue } from 'react'
import { boxOfRing, uniteBoxes } from '../../../common/geometry/measure.ts'
import type { Polygon } from '../../../common/model.ts'
import { useLabels, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import type { MaskDraft } from '../../tools/mask-draft.ts'
import { Key } from '../controls/Keys.tsx'
import { Tip } from '../controls/Tip.tsx'
import { scoreText } from '../words.ts'
import { outlineOf } from '../outline.ts'

type Frame = ReturnType<typeof boxOfRing>

/**
 * The part of the image that an outline is drawn in: its own surroundings, but not less than a share of what all
 * outlines cover, so that a small one is seen well and still looks smaller.
 */
const frameFor = (polygon: Polygon, all: Frame): Frame => {
  const own = uniteBoxes(polygon.parts.map((part) => boxOfRing(part.outer)))
  const least = Math.max(all.width, all.height) * 0.4
  const width = Math.max(own.width * 1.15, least)
  const height = Math.max(own.height * 1.15, least * 0.75)
  return { x: own.x + own.width / 2 - width / 2, y: own.y + own.height / 2 - height / 2, width, height }
}

/** Vertices nearer than this share of the picture's width are one: it is some 60 pixels wide. */
const STEP = 1 / 120

const Outline = ({ polygon, all, color }: { polygon: Polygon; all: Frame; color: string }) => {
  const { x, y, width, height } = frameFor(polygon, all)
  return (
    <svg viewBox={[x, y, width, height].join(' ')} aria-hidden>
      <path d={outlineOf(polygon, width * STEP)} fill={color} stroke={color} />
    </svg>
  )
}

const Strip = memo(({ masks }: { masks: MaskDraft }) => {
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
      aria-label="Masks offered for this click"
      data-testid="candidates"
    >
      {masks.candidates.map(({ index, score, polygon }, place) => (
        <Tip
          key={index}
          text={`${scoreText(score)} is the model’s own estimate of how well this mask fits.`}
          side="top"
        >
          <button
            type="button"
            role="radio"
            className="candidate"
            aria-checked={place === masks.chosen}
            aria-label={`Mask ${place + 1}, ${scoreText(score)}`}
            data-testid="candidate"
            onClick={() => actions.chooseCandidate(place)}
          >
            {polygon ? <Outline polygon={polygon} all={all} color={color} /> : <svg aria-hidden />}
            <span>{scoreText(score)}</span>
          </button>
        </Tip>
      ))}
      <span className="candidates-key">
        <Key name="Tab" />
      </span>
    </div>
  )
})

/** After all else that a mask changes: the frame with the mask itself does not wait for its small pictures. */
export const CandidateStrip = () => <Strip masks={useDeferredValue(useWorkbench((state) => state.masks))} />

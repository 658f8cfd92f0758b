/** What the smart tool says of itself: the hint at the foot of the stage, and its state for screen readers. Pure. */
import { draftHint, drawnHint, introHint, type HintPart } from '../hint.ts'
import { ontoHint, type Onto } from '../onto.ts'
import type { StageView } from '../stage-view.ts'
import { many } from '../words.ts'

const intro = introHint('Click an object, or drag a box around it. Right click: not this.')
const noModel = [
  'Smart select has no model. Choose one in the settings, or draw with {tool-rectangle} and {tool-polygon}.',
]
const noMask = ['No mask came for this click.']
const encoding = ['Encoding the image. Your click is kept and answered next.']
const more = [{ action: 'zoom-refine', text: 'look closer' }]
const inTheMaking = draftHint('undo point', { more })
/** Before the first point: only then is there room for it. */
const refiningFirst: readonly HintPart[] = [
  'Click adds, right click takes away',
  { action: 'cycle-candidate', text: 'the model’s own mask' },
  { action: 'confirm', text: 'keep' },
  { action: 'cancel', text: 'leave it as it was' },
]
const refining = draftHint('undo point', {
  enter: { action: 'confirm', text: 'keep instead' },
  more,
  drop: 'leave it as it was',
})

export const smartHint = (
  onto: Onto | null,
  { masks, inference, selected }: StageView,
): readonly HintPart[] => {
  if (inference?.state === 'unavailable') return noModel
  // A click's words come with its mask: drawn before, they would take the processor from the model.
  const isAskedJustNow = masks.status === 'thinking' && masks.candidates.length === 0
  if (masks.prompts.length === 0 || isAskedJustNow) return selected === null || onto ? intro : drawnHint
  if (masks.status === 'failed') return masks.message === null ? noMask : [masks.message]
  if (masks.status === 'waiting') return encoding
  if (onto) return ontoHint(onto, 'undo point', more)
  if (!masks.refining) return inTheMaking
  return masks.prompts.some(({ type }) => type === 'point') ? refining : refiningFirst
}

export const smartStatus = ({ masks, committing }: StageView): string => {
  const prompts = many(masks.prompts.length, 'prompt', 'prompts')
  switch (masks.status) {
    case 'empty':
      return committing > 0 ? `${many(committing, 'object', 'objects')} will be stored` : ''
    case 'waiting':
      return `${prompts}. Encoding the image`
    case 'thinking':
      return `${prompts}. Looking for the object`
    case 'failed':
      return `No mask: ${masks.message ?? 'the model failed'}`
    case 'ready': {
      const mask = masks.candidates[masks.chosen]
      if (!mask?.polygon) return `${prompts}. The mask is empty`
      const suggested = masks.chosen === 0 ? ', suggested' : ''
      const which =
        masks.candidates.length > 1
          ? ` Mask ${masks.chosen + 1} of ${masks.candidates.length}${suggested}.`
          : ''
      const closer = masks.crop ? ' Looked at closer.' : ''
      return `${prompts}.${closer}${which}`
    }
  }
}

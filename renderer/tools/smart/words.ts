/** What the smart tool says of itself: the hint at the foot of the stage, and its state for screen readers. Pure. */
import { draftHint, drawnHint, introHint, type HintPart } from '../hint.ts'
import { ontoHint, type Onto } from '../onto.ts'
import type { StageView } from '../stage-view.ts'
import { msg } from '../../../common/said.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const intro = introHint(msg('Click an object, or drag a box around it. Right click: not this.'))
const noModel = [
  msg(
    'Smart select has no model. Choose one in the settings, or draw with {tool-rectangle} and {tool-polygon}.',
  ),
]
const noMask = [msg('No mask came for this click.')]
const encoding = [msg('Encoding the image. Your click is kept and answered next.')]
const more = [{ action: 'zoom-refine', text: msg('look closer') }]
const inTheMaking = draftHint(msg('undo point'), { more })
/** Before the first point: only then is there room for it. */
const refiningFirst: readonly HintPart[] = [
  msg('Click adds, right click takes away'),
  { action: 'cycle-candidate', text: msg('the model’s own mask') },
  { action: 'confirm', text: msg('keep') },
  { action: 'cancel', text: msg('leave it as it was') },
]
const refining = draftHint(msg('undo point'), {
  enter: { action: 'confirm', text: msg('keep instead') },
  more,
  drop: msg('leave it as it was'),
})

export const smartHint = (
  onto: Onto | null,
  { masks, inference, selected }: StageView,
): readonly HintPart[] => {
  if (inference?.state === 'unavailable') return noModel
  // A click's words come with its mask: drawn before, they would take the processor from the model.
  const isAskedJustNow = masks.status === 'thinking' && masks.candidates.length === 0
  if (masks.prompts.length === 0 || isAskedJustNow) return selected === null || onto ? intro : drawnHint
  if (masks.status === 'failed') return masks.message === null ? noMask : [heard(masks.message)]
  if (masks.status === 'waiting') return encoding
  if (onto) return ontoHint(onto, msg('undo point'), more)
  if (!masks.refining) return inTheMaking
  return masks.prompts.some(({ type }) => type === 'point') ? refining : refiningFirst
}

export const smartStatus = ({ masks, committing }: StageView): string => {
  const prompts = t('{count, plural, one {# prompt} other {# prompts}}', { count: masks.prompts.length })
  switch (masks.status) {
    case 'empty':
      return committing > 0
        ? t('{count, plural, one {# object} other {# objects}} will be stored', { count: committing })
        : ''
    case 'waiting':
      return t('{prompts}. Encoding the image', { prompts })
    case 'thinking':
      return t('{prompts}. Looking for the object', { prompts })
    case 'failed':
      return t('No mask: {message}', {
        message: masks.message === null ? t('the model failed') : heard(masks.message),
      })
    case 'ready': {
      const mask = masks.candidates[masks.chosen]
      if (!mask?.polygon) return t('{prompts}. The mask is empty', { prompts })
      const count = masks.candidates.length
      const which = { at: masks.chosen + 1, count, suggested: masks.chosen === 0 ? 'yes' : 'no' }
      return [
        t('{prompts}.', { prompts }),
        ...(masks.crop ? [t('Looked at closer.')] : []),
        ...(count > 1
          ? [t('Mask {at} of {count}{suggested, select, yes {, suggested} other {}}.', which)]
          : []),
      ].join(' ')
    }
  }
}

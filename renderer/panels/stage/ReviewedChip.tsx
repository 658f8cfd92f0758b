/** Whether somebody has reviewed the image, who and when; and a way to say so. */
import { BadgeCheck } from 'lucide-react'
import { useWorkbench } from '../../state/session-context.ts'
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { reviewText } from '../words.ts'
import { t } from '../../texts/t.ts'

export const ReviewedChip = () => {
  const reviewed = useWorkbench((state) => state.image?.reviewed ?? null)
  const { action, run } = useAction('toggle-reviewed')
  const text =
    reviewed === null
      ? action.label
      : t('{reviewText}. Press to take it back.', { reviewText: reviewText(reviewed) })
  return (
    <Tip text={text} action={action.id}>
      <button
        type="button"
        className="done-chip mark-chip"
        aria-pressed={reviewed !== null}
        aria-label={text}
        data-testid="reviewed-chip"
        onClick={run}
      >
        <BadgeCheck size={14} strokeWidth={2} aria-hidden />
        {reviewed !== null && <span className="mark-text">{t('Reviewed')}</span>}
      </button>
    </Tip>
  )
}

/** Whether the image is done, and a way to say so. */
import { Check } from 'lucide-react'
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { t } from '../../texts/t.ts'

export const DoneChip = () => {
  const { action, checked, run } = useAction('toggle-done')
  return (
    <Tip text={checked ? t('Mark image as to do') : action.label} action={action.id}>
      <button
        type="button"
        className="done-chip"
        aria-pressed={checked === true}
        data-testid="done-chip"
        onClick={run}
      >
        <Check size={14} strokeWidth={2.25} aria-hidden />
        {t('Done')}
      </button>
    </Tip>
  )
}

/** How many objects of the image are only proposed, and the two ways to settle all of them. */
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { t } from '../../texts/t.ts'

const Settle = ({ id, testId }: { id: string; testId: string }) => {
  const { action, run } = useAction(id)
  return (
    <Tip text={action.label} action={id}>
      <button type="button" className="button" data-testid={testId} onClick={run}>
        {action.short}
      </button>
    </Tip>
  )
}

export const Proposals = ({ number }: { number: number }) => (
  <div className="proposals-line" role="group" aria-label={t('Proposals')} data-testid="proposals">
    <span>{t('{count, plural, one {# proposal} other {# proposals}}', { count: number })}</span>
    <Settle id="accept-all" testId="accept-all" />
    <Settle id="drop-proposals" testId="drop-proposals" />
  </div>
)

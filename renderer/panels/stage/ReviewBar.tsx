/** The object under review: why it is doubted, what can be done with it, and how far the review is. */
import { ClipboardCheck, X } from 'lucide-react'
import { useStore } from 'zustand'
import { useLabels, useSession } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { ActionKeys } from '../controls/Keys.tsx'
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { percent } from '../words.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const Step = ({ id, primary = false }: { id: string; primary?: boolean }) => {
  const { action, enabled, run } = useAction(id)
  return (
    <Tip text={action.label} action={id}>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={!enabled}
        data-testid={id}
        onClick={run}
      >
        {action.short}
        <ActionKeys id={id} />
      </button>
    </Tip>
  )
}

const useText = () => {
  const { reviewQueue } = useSession()
  const labels = useLabels()
  const { looking, doubts, at, decided, total } = useStore(reviewQueue.store)
  const doubt = doubts[at]
  if (looking !== null)
    return { head: t('Looking for doubtful objects…'), rest: percent(looking), isAsking: false }
  if (doubts.length === 0)
    return {
      head: t('Nothing is doubtful'),
      rest: t('in the images of the list that are not reviewed.'),
      isAsking: false,
    }
  if (doubt === undefined)
    return {
      head: t('All are decided'),
      rest: t(
        '{count, plural, one {# object} other {# objects}} reviewed{left, plural, =0 {} other {; # more wait for another review}}.',
        { count: decided.size, left: Math.max(0, total - doubts.length) },
      ),
      isAsking: false,
    }
  const name = labels.find(({ id }) => id === doubt.labelId)?.name ?? t('no class')
  return { head: name, rest: `${doubt.reasons.map((reason) => heard(reason)).join(' · ')}.`, isAsking: true }
}

export const ReviewBar = () => {
  const { reviewQueue } = useSession()
  const { isOpen, doubts, decided, at } = useStore(reviewQueue.store)
  const { head, rest, isAsking } = useText()
  if (!isOpen) return null
  return (
    <section className="banner queue-bar" aria-label={t('Review')} data-testid="review-bar">
      <ClipboardCheck size={16} strokeWidth={1.75} aria-hidden />
      <p role="status">
        <strong>{head}</strong> {rest}
      </p>
      {isAsking && (
        <>
          <Tip
            text={t(
              '{count, plural, one {# object} other {# objects}} decided. An image counts as reviewed when its last one is.',
              { count: decided.size },
            )}
          >
            <span className="queue-count" data-testid="review-count">
              {t('{at, number} of {count, number}', { at: at + 1, count: doubts.length })}
            </span>
          </Tip>
          <div className="banner-ways">
            <Step id="review-accept" primary />
            <Step id="delete" />
            <Step id="review-next" />
            <Step id="review-back" />
          </div>
        </>
      )}
      <IconButton
        icon={X}
        label={t('End the review')}
        onClick={() => reviewQueue.close()}
        data-testid="review-end"
      />
    </section>
  )
}

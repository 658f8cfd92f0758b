/** Whether the image is flagged, and why: somebody is to look at it. */
import { Flag } from 'lucide-react'
import { limits } from '../../../common/limits.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { MarkPopover } from './MarkPopover.tsx'
import { t } from '../../texts/t.ts'

const FlagForm = ({ flag }: { flag: string | null }) => {
  const { view } = useSession()
  const actions = useWorkbenchActions()
  const say = (next: string | null) => {
    view.set({ marking: null })
    attempt(actions.mark({ flag: next }))
  }
  return (
    <form
      className="mark-form"
      onSubmit={(event) => {
        event.preventDefault()
        const note = new FormData(event.currentTarget).get('note')
        say(typeof note === 'string' ? note.trim() : '')
      }}
    >
      <label>
        {t('Why is somebody to look at it?')}
        <input
          name="note"
          className="input"
          maxLength={limits.note}
          defaultValue={flag ?? ''}
          placeholder={t('A note, if you like')}
          autoComplete="off"
          autoFocus
          data-testid="flag-note"
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <div className="mark-buttons">
        {flag !== null && (
          <button type="button" className="button ghost" data-testid="flag-off" onClick={() => say(null)}>
            {t('Take the flag off')}
          </button>
        )}
        <button type="submit" className="button primary" data-testid="flag-on">
          {flag === null ? t('Flag') : t('Keep')}
        </button>
      </div>
    </form>
  )
}

export const FlagChip = () => {
  const imageId = useWorkbench((state) => state.image?.id)
  const flag = useWorkbench((state) => state.image?.flag ?? null)
  return (
    <MarkPopover
      name="flag"
      actionId="flag"
      said={flag === null ? null : flag === '' ? 'Flagged' : flag}
      chip={
        <>
          <Flag size={14} strokeWidth={2} aria-hidden />
          {flag !== null && <span className="mark-text">{flag === '' ? t('Flagged') : flag}</span>}
        </>
      }
    >
      <FlagForm key={imageId} flag={flag} />
    </MarkPopover>
  )
}

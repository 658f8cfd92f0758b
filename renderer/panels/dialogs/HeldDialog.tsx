/** A project on a network drive that another computer has open: who, since when, and taking it over. */
import type { Held } from '../../../common/held.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { momentText } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'

export const HeldDialog = ({ held: { folder, user, host, since, silentFor } }: { held: Held }) => {
  const session = useSession()
  const who = user === '' ? t('Somebody') : user
  return (
    <Modal
      open
      onClose={() => session.forgetHeld()}
      title={t('This project is open elsewhere')}
      description={t('{who} has {folder} open on {computer}, since {time}.', {
        who,
        folder,
        computer: host === '' ? t('another computer') : host,
        time: momentText(since),
      })}
      testId="held-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={() => session.forgetHeld()}>
            {t('Cancel')}
          </button>
          <button
            type="button"
            className="button primary"
            data-testid="held-take"
            onClick={() => attempt(session.openFolder(folder, true))}
          >
            {t('Take over')}
          </button>
        </>
      }
    >
      <p>
        {user === ''
          ? t(
              'On a network drive one computer at a time can work on a project. Ask whoever has it open to close it, and open it then.',
            )
          : t(
              'On a network drive one computer at a time can work on a project. Ask {who} to close it, and open it then.',
              { who },
            )}
      </p>
      <p>
        {t(
          'If it is taken over, the other window can store nothing more and says so. All that was stored there is kept; what is just being drawn there stays in that window.',
        )}
      </p>
      <p className="dim">
        {silentFor < 10
          ? t('It was heard of just now.')
          : t('Nothing was heard of it for {count, plural, one {# second} other {# seconds}}.', {
              count: silentFor,
            })}
      </p>
    </Modal>
  )
}

/** A project on a network drive that another computer has open: who, since when, and taking it over. */
import type { Held } from '../../../common/held.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { momentText } from '../../texts/numbers.ts'
import { plural } from '../words.ts'

export const HeldDialog = ({ held: { folder, user, host, since, silentFor } }: { held: Held }) => {
  const session = useSession()
  const who = user === '' ? 'Somebody' : user
  return (
    <Modal
      open
      onClose={() => session.forgetHeld()}
      title="This project is open elsewhere"
      description={`${who} has ${folder} open on ${host === '' ? 'another computer' : host}, since ${momentText(since)}.`}
      testId="held-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={() => session.forgetHeld()}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            data-testid="held-take"
            onClick={() => attempt(session.openFolder(folder, true))}
          >
            Take over
          </button>
        </>
      }
    >
      <p>
        On a network drive one computer at a time can work on a project. Ask {who} to close it, and open it
        then.
      </p>
      <p>
        If it is taken over, the other window can store nothing more and says so. All that was stored there is
        kept; what is just being drawn there stays in that window.
      </p>
      <p className="dim">
        {silentFor < 10
          ? 'It was heard of just now.'
          : `Nothing was heard of it for ${plural(silentFor, 'second')}.`}
      </p>
    </Modal>
  )
}

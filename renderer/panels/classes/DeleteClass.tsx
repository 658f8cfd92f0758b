/** Says what deleting a class would remove, deletes it, and offers to take that back. */
import { AlertDialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { CallOutput, EventPayload } from '../../../common/contract.ts'
import type { Label } from '../../../common/model.ts'
import { attempt, reportError } from '../../state/report.ts'
import type { Session } from '../../state/session.ts'
import { offerUndo } from '../../state/undo-offer.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

type Usage = CallOutput<'labels.usage'>

const describe = ({ annotations, images }: Usage) =>
  annotations === 0
    ? t('No object has this class.')
    : t(
        'Its {objects, plural, one {# object} other {# objects}} on {images, plural, one {# image} other {# images}} will be deleted too.',
        { objects: annotations, images },
      )

const deleteLabel = async ({ client, workbench }: Session, label: Label) => {
  const { annotations } = await client.call('labels.delete', { labelId: label.id })
  const said =
    annotations === 0
      ? t('Deleted {name}', { name: label.name })
      : t('Deleted {name} and {count, plural, one {# object} other {# objects}}', {
          name: label.name,
          count: annotations,
        })
  const isOwn = ({ diff, kind }: EventPayload<'edit.applied'>) =>
    kind === 'commit' && diff.labels.removed.some((gone) => gone.id === label.id)
  offerUndo(client, said, workbench.getState().image?.id ?? null, isOwn)
}

export const DeleteClass = ({ label, onClose }: { label: Label; onClose: () => void }) => {
  const session = useSession()
  const [usage, setUsage] = useState<Usage | null>(null)
  useEffect(() => {
    let current = true
    session.client.call('labels.usage', { labelId: label.id }).then((answer) => {
      if (current) setUsage(answer)
    }, reportError)
    return () => {
      current = false
    }
  }, [session, label.id])

  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay" />
        <AlertDialog.Content className="modal alert" data-testid="delete-class-dialog">
          <header className="modal-head">
            <AlertDialog.Title className="modal-title">
              {t('Delete the class “{name}”?', { name: label.name })}
            </AlertDialog.Title>
          </header>
          <div className="modal-body">
            <AlertDialog.Description data-testid="delete-class-usage">
              {usage ? describe(usage) : t('Counting its objects…')} {t('Undo brings everything back.')}
            </AlertDialog.Description>
          </div>
          <footer className="modal-foot">
            <AlertDialog.Cancel className="button">{t('Cancel')}</AlertDialog.Cancel>
            <AlertDialog.Action
              className="button danger"
              disabled={usage === null}
              data-testid="delete-class-confirm"
              onClick={() => attempt(deleteLabel(session, label))}
            >
              {usage && usage.annotations > 0
                ? t('Delete it and {count, plural, one {# object} other {# objects}}', {
                    count: usage.annotations,
                  })
                : t('Delete')}
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

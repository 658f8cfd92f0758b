/** Whose images the list shows; closing it shows all. */
import { UserRound, X } from 'lucide-react'
import { missingText } from '../../state/open-task.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { Tip } from '../controls/Tip.tsx'

export const TaskChip = () => {
  const { client } = useSession()
  const task = useApp((state) => state.project?.task ?? null)
  if (task === null) return null
  const { person, images, missing } = task
  const lacking = missing === 0 ? '' : ` ${missingText(task)}`
  const close = t('Close the task: show all images')
  return (
    <div className="task-chip" data-testid="task-chip">
      <UserRound size={13} aria-hidden />
      <Tip text={t('The list shows the images of {person}’s task.', { person }) + lacking}>
        <span className="task-name">
          {t('{person}’s task · {images, plural, one {# image} other {# images}}', { person, images })}
          {missing > 0 && <span className="task-missing"> · {t('{count} missing', { count: missing })}</span>}
        </span>
      </Tip>
      <Tip text={close}>
        <button
          type="button"
          className="icon-button small"
          aria-label={close}
          data-testid="close-task"
          onClick={() => attempt(client.call('tasks.close', {}))}
        >
          <X size={12} aria-hidden />
        </button>
      </Tip>
    </div>
  )
}

/** Whose images the list shows; closing it shows all. */
import { UserRound, X } from 'lucide-react'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Tip } from '../controls/Tip.tsx'
import { count, plural } from '../words.ts'

export const TaskChip = () => {
  const { client } = useSession()
  const task = useApp((state) => state.project?.task ?? null)
  if (task === null) return null
  const { person, images, missing, missingPaths } = task
  const lacking =
    missing === 0
      ? ''
      : ` ${plural(missing, 'image')} of it ${missing === 1 ? 'is' : 'are'} not in this folder: ${missingPaths.join(', ')}${missing > missingPaths.length ? ' …' : ''}`
  return (
    <div className="task-chip" data-testid="task-chip">
      <UserRound size={13} aria-hidden />
      <Tip text={`The list shows the images of ${person}’s task.${lacking}`}>
        <span className="task-name">
          <bdi>{person}</bdi>’s task · {plural(images, 'image')}
          {missing > 0 && <span className="task-missing">, {count(missing)} missing</span>}
        </span>
      </Tip>
      <Tip text="Close the task: show all images">
        <button
          type="button"
          className="icon-button small"
          aria-label="Close the task: show all images"
          data-testid="close-task"
          onClick={() => attempt(client.call('tasks.close', {}))}
        >
          <X size={12} aria-hidden />
        </button>
      </Tip>
    </div>
  )
}

/** A bar over the stage: tasks lie in the folder that was opened, and none is open. */
import { UserRound, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { CallInput, CallOutput } from '../../../common/contract.ts'
import { openTask } from '../../state/open-task.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { rich, t } from '../../texts/t.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { isDismissed, rememberDismissed } from '../import/dismissed.ts'

/** Each has a button; more are in a menu. */
const MOST_BUTTONS = 2

interface Offered {
  readonly person: string
  readonly open: CallInput<'tasks.open'>
}

/** A file says it newer than what the project knows of the same person. */
const offeredOf = ({ known, files }: CallOutput<'tasks.list'>): Offered[] => {
  const inFiles = files.map(({ person, file }): Offered => ({ person, open: { from: 'file', file } }))
  const others = known
    .filter(({ person }) => !inFiles.some((one) => one.person === person))
    .map(({ person }): Offered => ({ person, open: { from: 'project', person } }))
  return [...inFiles, ...others]
}

export const TaskOffer = () => {
  const session = useSession()
  const { client, memory } = session
  const file = useApp((state) => state.project?.file ?? null)
  const isOpen = useApp((state) => (state.project?.task ?? null) !== null)
  const [found, setFound] = useState<{ readonly file: string; readonly tasks: readonly Offered[] } | null>(
    null,
  )
  const key = `${file} tasks`
  useEffect(() => {
    if (file === null || isOpen || isDismissed(memory, key)) return
    let isCurrent = true
    client.call('tasks.list', {}).then(
      (list) => {
        if (isCurrent) setFound({ file, tasks: offeredOf(list) })
      },
      // It is only an offer.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, memory, file, key, isOpen])
  if (isOpen || found?.file !== file || found.tasks.length === 0) return null
  const { tasks } = found
  const take = ({ open }: Offered) => attempt(openTask(session, open))
  const names = <strong>{tasks.map(({ person }) => person).join(', ')}</strong>
  return (
    <div className="banner offer" role="status" data-testid="task-offer">
      <UserRound size={16} strokeWidth={1.75} aria-hidden />
      <p>
        {rich(
          '{count, plural, one {A task for {names} lies here.} other {Tasks for {names} lie here.}} Whose images do you label?',
          { count: tasks.length, names },
        )}
      </p>
      <div className="banner-ways">
        {tasks.length <= MOST_BUTTONS ? (
          tasks.map((one) => (
            <button key={one.person} type="button" className="button primary" onClick={() => take(one)}>
              {t('Open {person}’s', { person: one.person })}
            </button>
          ))
        ) : (
          <DropdownMenu.Root>
            <DropdownMenu.Trigger className="button primary">{t('Open a task…')}</DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
                {tasks.map((one) => (
                  <DropdownMenu.Item key={one.person} className="menu-item" onSelect={() => take(one)}>
                    {one.person}
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        )}
        <IconButton
          icon={X}
          label={t('None: all images')}
          onClick={() => {
            rememberDismissed(memory, key)
            setFound(null)
          }}
        />
      </div>
    </div>
  )
}

/** Opens and closes tasks: whose images the list shows, and under whose name is labelled. */
import type { CallInput } from '../../common/contract.ts'
import { TASK_TEXT_CHARACTERS, type OpenTask } from '../../common/task.ts'
import type { Client } from '../../common/rpc.ts'
import { t } from '../texts/t.ts'
import { showNotice } from './report.ts'

type Session = { readonly client: Client }

export const isTaskName = (name: string): boolean => /^maskwright-task.*\.json$/i.test(name)

/** Says which images of the task the folder lacks; the first ones by name. */
export const missingText = ({ missing, missingPaths }: Pick<OpenTask, 'missing' | 'missingPaths'>): string =>
  t(
    '{count, plural, one {# image of the task is} other {# images of the task are}} not in this folder: {names}',
    { count: missing, names: missingPaths.join(', ') + (missing > missingPaths.length ? ' …' : '') },
  )

export const openTask = async ({ client }: Session, input: CallInput<'tasks.open'>): Promise<void> => {
  const { person, images, missing, missingPaths } = await client.call('tasks.open', input)
  showNotice({
    level: 'info',
    message: t(
      '{count, plural, one {# image} other {# images}} of {person}. What you label is kept under this name.',
      { count: images, person },
    ),
  })
  if (missing > 0) showNotice({ level: 'warning', message: missingText({ missing, missingPaths }) })
}

/** A file that the page was given without its path. */
export const openTaskText = async (session: Session, file: File): Promise<void> => {
  if (file.size > TASK_TEXT_CHARACTERS) {
    showNotice({
      level: 'warning',
      message: t(
        'This task is too large to be taken from the browser. Put its file into the folder and open that again.',
      ),
    })
    return
  }
  await openTask(session, { from: 'text', text: await file.text() })
}

/** Opens and closes tasks: whose images the list shows, and under whose name is labelled. */
import type { CallInput } from '../../common/contract.ts'
import { TASK_TEXT_CHARACTERS } from '../../common/task.ts'
import type { Client } from '../../common/rpc.ts'
import { plural } from '../../common/words.ts'
import { showNotice } from './report.ts'

type Session = { readonly client: Client }

export const isTaskName = (name: string): boolean => /^maskwright-task.*\.json$/i.test(name)

export const openTask = async ({ client }: Session, input: CallInput<'tasks.open'>): Promise<void> => {
  const { person, images, missing, missingPaths } = await client.call('tasks.open', input)
  showNotice({
    level: 'info',
    message: `${plural(images, 'image')} of ${person}. What you label is kept under this name.`,
  })
  if (missing === 0) return
  const more = missing - missingPaths.length
  const named = missingPaths.join(', ') + (more > 0 ? ` and ${more} more` : '')
  showNotice({
    level: 'warning',
    message: `${plural(missing, 'image')} of the task ${missing === 1 ? 'is' : 'are'} not in this folder: ${named}.`,
  })
}

/** A file that the page was given without its path. */
export const openTaskText = async (session: Session, file: File): Promise<void> => {
  if (file.size > TASK_TEXT_CHARACTERS) {
    showNotice({
      level: 'warning',
      message:
        'This task is too large to be taken from the browser. Put its file into the folder and open that again.',
    })
    return
  }
  await openTask(session, { from: 'text', text: await file.text() })
}

/** Calls about tasks: whose images the list shows. */
import { said } from '../../common/said.ts'
import { parseTask, readTask, findTasks } from '../tasks/task-file.ts'
import type { Of, Parts } from './parts.ts'

export const taskHandlers = ({ workspace, settings, emit }: Parts): Of<'tasks'> => {
  const tell = () => {
    const project = workspace.info()
    if (project !== null) emit({ name: 'project.changed', payload: { project } })
  }
  return {
    'tasks.open': async (input) => {
      const project = workspace.project()
      await project.scanned().catch(() => undefined)
      const { tasks } = project
      const opened =
        input.from === 'project'
          ? tasks.reopen(input.person)
          : tasks.open(
              input.from === 'file'
                ? await readTask(input.file)
                : parseTask(input.text, said('The dropped file')),
            )
      emit({ name: 'settings.changed', payload: settings.set({ author: opened.person }) })
      tell()
      return opened
    },
    'tasks.close': () => {
      workspace.project().tasks.close()
      tell()
      return {}
    },
    'tasks.list': async () => {
      const { tasks, folder } = workspace.project()
      return {
        known: tasks.known().map(({ person, images }) => ({ person, images: images.length })),
        files: await findTasks(folder),
      }
    },
  }
}

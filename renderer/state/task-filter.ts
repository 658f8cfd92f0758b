/** The open task in the filter of the list: it stands before what is filtered besides, in the same language. Pure. */
import type { ImageFilter } from '../../common/contract/images.ts'
import type { ProjectInfo } from '../../common/model.ts'

type HasTask = Pick<ProjectInfo, 'task'> | null

/** The images of the open task as a query; '' when none is open. A quote can't be written in it, and is anything. */
export const taskQuery = (project: HasTask): string =>
  project?.task ? `task:"${project.task.person.replaceAll('"', '*')}"` : ''

/** What is filtered besides the task. */
export const besidesTask = (text: string, project: HasTask): string => {
  const task = taskQuery(project)
  return task !== '' && text.startsWith(task) ? text.slice(task.length).replace(/^ /, '') : text
}

/** Of what is typed, the whole query. */
export const joinTask = (typed: string, project: HasTask): string => {
  const task = taskQuery(project)
  return task === '' || typed === '' ? task + typed : `${task} ${typed}`
}

/** The filter when another task, or none, is open. */
export const withTask = (filter: ImageFilter, before: HasTask, project: HasTask): ImageFilter => ({
  ...filter,
  text: joinTask(besidesTask(filter.text, before), project),
})

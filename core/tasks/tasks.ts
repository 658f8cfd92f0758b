/** The tasks of the open project: opens one, keeps it in the project, and tells what of it the folder has. */
import { foldText } from '../../common/pattern.ts'
import { CodedError } from '../../common/errors.ts'
import type { OpenTask } from '../../common/task.ts'
import { said } from '../../common/said.ts'
import type { KeptTask, TasksTable } from '../store/tasks-table.ts'
import type { Task } from './task-file.ts'

/** Missing paths that are told by name. */
const NAMED = 5

/** What of the open project file is written here. */
interface TasksStore {
  readonly tasks: TasksTable
  transact<T>(change: () => T): T
}

export interface Tasks {
  /** The task that is open; null when all images are meant. */
  current(): OpenTask | null
  known(): KeptTask[]
  /** Keeps tasks, each in the place of an older one of the same person. */
  keep(tasks: readonly Task[]): void
  /** Keeps the task and opens it. @throws CodedError not-found when the folder has none of its images */
  open(task: Task): OpenTask
  /** Opens one that is known. @throws CodedError not-found */
  reopen(person: string): OpenTask
  close(): void
  /** Images that were missing may be there now, and what another process stored is read. */
  look(): void
}

export const createTasks = (store: TasksStore): Tasks => {
  const findKept = (person: string) =>
    store.tasks.list().find((task) => foldText(task.person) === foldText(person)) ?? null

  const resolve = ({ person, images }: Task): KeptTask => {
    const ids = store.tasks.find(images)
    return {
      person,
      images: [...new Set(ids.filter((id) => id !== null))],
      missing: images.filter((_, index) => ids[index] === null),
    }
  }
  const tell = ({ person, images, missing }: KeptTask): OpenTask => ({
    person,
    images: images.length,
    missing: missing.length,
    missingPaths: missing.slice(0, NAMED),
  })
  const read = (): OpenTask | null => {
    const person = store.tasks.open()
    const kept = person === null ? null : findKept(person)
    return kept === null ? null : tell(kept)
  }
  let current = read()
  const show = (task: KeptTask): OpenTask => {
    if (task.images.length === 0)
      throw new CodedError(
        'not-found',
        said(
          'None of the {missing, number} images of {person}’s task are in this folder. Is it the folder that was divided?',
          { missing: task.missing.length, person: task.person },
        ),
      )
    store.transact(() => {
      store.tasks.put([task])
      store.tasks.setOpen(task.person)
    })
    return (current = tell(task))
  }

  return {
    current: () => current,
    known: () => store.tasks.list(),
    keep(tasks) {
      store.transact(() => store.tasks.put(tasks.map(resolve)))
      current = read()
    },
    open: (task) => show(resolve(task)),
    reopen(person) {
      const kept = findKept(person)
      if (kept === null)
        throw new CodedError('not-found', said('This project knows no task of {person}.', { person }))
      return show(kept)
    },
    close() {
      store.transact(() => store.tasks.setOpen(null))
      current = null
    },
    look() {
      const person = store.tasks.open()
      const kept = person === null ? null : findKept(person)
      if (kept !== null && kept.missing.length > 0) {
        const found = resolve({ person: kept.person, images: kept.missing })
        if (found.images.length > 0)
          store.transact(() =>
            store.tasks.put([{ ...kept, images: [...kept.images, ...found.images], missing: found.missing }]),
          )
      }
      current = read()
    },
  }
}

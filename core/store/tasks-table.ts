/** The tasks that a project knows, and which of them is open: facts of the project, read in one piece. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { limits } from '../../common/limits.ts'
import type { ImageId } from '../../common/model.ts'
import { foldText } from '../../common/pattern.ts'
import { readJson } from './json.ts'
import { createProjectTable } from './project-table.ts'

const keptTaskSchema = z.object({
  person: z.string().max(limits.person),
  /** Ids: a renamed file stays in its task. */
  images: z.array(z.int()).max(limits.images),
  /** Paths that the folder had no image for. */
  missing: z.array(z.string().max(limits.pathBytes)).max(limits.images),
})
export type KeptTask = z.infer<typeof keptTaskSchema>

const keptTasksSchema = z.array(keptTaskSchema).max(1000)

export interface TasksTable {
  list(): KeptTask[]
  /** Puts the tasks in the place of those of the same people. */
  put(tasks: readonly KeptTask[]): void
  /** Whose task is open; null when none is. */
  open(): string | null
  setOpen(person: string | null): void
  /** The image of each path: the same, else the same but for case and form of its letters; null where there is none. */
  find(paths: readonly string[]): (ImageId | null)[]
}

export const createTasksTable = (db: Database): TasksTable => {
  const project = createProjectTable(db)
  const selectPaths = db.prepare<[], { id: ImageId; path: string; folded: string }>(
    'SELECT id, path, folded_path AS folded FROM images',
  )
  const list = () => readJson(keptTasksSchema, project.get('tasks')) ?? []
  return {
    list,
    put(tasks) {
      const people = new Set(tasks.map(({ person }) => foldText(person)))
      const others = list().filter(({ person }) => !people.has(foldText(person)))
      project.set('tasks', JSON.stringify([...others, ...tasks]))
    },
    open() {
      const person = project.get('task')
      return person === '' ? null : person
    },
    setOpen: (person) => project.set('task', person ?? ''),
    find(paths) {
      const [ids, folded] = [new Map<string, ImageId>(), new Map<string, ImageId>()]
      for (const { id, path, folded: alike } of selectPaths.iterate()) {
        ids.set(path, id)
        folded.set(alike, id)
      }
      return paths.map((path) => ids.get(path) ?? folded.get(foldText(path)) ?? null)
    },
  }
}

/** Whose tasks a project knows, in their order. The text may be anything. */
const PEOPLE = `SELECT json_extract(task.value, '$.person') FROM project,
  json_each(CASE WHEN json_valid(project.value) THEN project.value ELSE '[]' END) AS task
  WHERE project.key = 'tasks' AND task.type = 'object' ORDER BY task.key`

export const taskPeople = (db: Database): string[] =>
  db
    .prepare(PEOPLE)
    .pluck()
    .all()
    .filter((person) => typeof person === 'string')

/** Ids of the images of the people whose names are bound as a JSON list. */
export const TASK_IMAGES = `SELECT image.value FROM project,
  json_each(CASE WHEN json_valid(project.value) THEN project.value ELSE '[]' END) AS task,
  json_each(CASE WHEN task.type = 'object' THEN task.value ELSE '{}' END, '$.images') AS image
  WHERE project.key = 'tasks' AND json_extract(CASE WHEN task.type = 'object' THEN task.value ELSE '{}' END, '$.person') IN (SELECT value FROM json_each(?))`

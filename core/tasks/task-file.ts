/** Files of tasks: which images are whose. Owns how they are named, written, read and checked. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { TASK_FILE_BYTES, TASK_FORMAT, TASK_VERSION, taskFileSchema } from '../../common/task.ts'
import { CodedError, hasCode } from '../../common/errors.ts'
import { printable, shortened } from '../../common/printable.ts'
import { said } from '../../common/said.ts'
import { writeFileAtomic } from '../files/atomic.ts'
import { isInnerPath } from '../files/inside.ts'
import { parseJson } from '../files/json.ts'
import { readSmallText } from '../files/small-file.ts'

export type Task = Pick<z.infer<typeof taskFileSchema>, 'person' | 'images'>

/** Files that are looked at in a folder: more people share none. */
const MOST_FILES = 100
const ours = /^maskwright-task-.+\.json$/i

/** What every system takes in a name of a file; people of one name but for these get numbers (`taskFileNames`). */
const plainName = (person: string) =>
  person
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'person'

/** The names of the files of these people, in their order; no two are the same on a disk that knows no case. */
export const taskFileNames = (people: readonly string[]): string[] => {
  const taken = new Set<string>()
  return people.map((person) => {
    const plain = plainName(person)
    let name = plain
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain}-${number}`
    taken.add(name.toLowerCase())
    return `maskwright-task-${name}.json`
  })
}

const explain = (name: string, value: unknown): CodedError => {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as {
    format?: unknown
    version?: unknown
  }
  return new CodedError(
    'bad-input',
    format !== TASK_FORMAT
      ? said('{name} is no task of Maskwright. “maskwright assign” writes them.', { name })
      : typeof version === 'number' && version > TASK_VERSION
        ? said('{name} was written by a newer Maskwright. Update Maskwright to open it.', { name })
        : said('{name} is damaged: it has not the form of a task. Ask for it again.', { name }),
  )
}

/**
 * What the text of a task file says; each image once.
 * @param name of the file, for the message
 * @throws CodedError bad-input when it is none, or names something outside the folder
 */
export const parseTask = (text: string, name: string): Task => {
  const value = parseJson(text, name)
  const parsed = taskFileSchema.safeParse(value)
  if (!parsed.success) throw explain(name, value)
  const outside = parsed.data.images.find((path) => !isInnerPath(path))
  if (outside !== undefined)
    throw new CodedError(
      'bad-input',
      said('{name} names “{outside}”, which can’t be a file inside the folder. It is not opened.', {
        name,
        outside: printable(shortened(outside)),
      }),
    )
  return { person: parsed.data.person, images: [...new Set(parsed.data.images)] }
}

/** @throws CodedError not-found, bad-input */
export const readTask = async (file: string): Promise<Task> =>
  parseTask(await readSmallText(file, { limit: TASK_FILE_BYTES }), file)

/**
 * Writes a task. The same task gives the same bytes.
 * @throws CodedError conflict when something else lies there; disk-full, not-writable
 */
export const writeTask = async (file: string, { person, images }: Task): Promise<void> => {
  const there = await stat(file).catch(() => null)
  const isTask =
    there === null ||
    (await readTask(file).then(
      () => true,
      () => false,
    ))
  if (!isTask)
    throw new CodedError(
      'conflict',
      said('{file} is there already and is no task. Move it away, or write to another folder with --out.', {
        file,
      }),
    )
  const content = { format: TASK_FORMAT, version: TASK_VERSION, person, images }
  writeFileAtomic(file, `${JSON.stringify(content, null, 1)}\n`)
}

export interface FoundTask {
  /** Absolute. */
  readonly file: string
  readonly person: string
  readonly images: number
}

/** The tasks that lie in the folder itself, by their names; what is none is passed over. */
export const findTasks = async (folder: string): Promise<FoundTask[]> => {
  const names = await readdir(folder).catch(() => [])
  const found: FoundTask[] = []
  for (const name of names
    .filter((one) => ours.test(one))
    .toSorted()
    .slice(0, MOST_FILES)) {
    const file = join(folder, name)
    try {
      const { person, images } = await readTask(file)
      found.push({ file, person, images: images.length })
    } catch (thrown) {
      if (!hasCode(thrown, 'bad-input') && !hasCode(thrown, 'not-found')) throw thrown
    }
  }
  return found
}

/** Divides images among people: a task file each, and the tasks stored in the project, so that `task:anna` finds them. */
import { resolve, join } from 'node:path'
import { assignRequestSchema, type AssignDetail, type AssignRequest } from '../../common/contract/tasks.ts'
import { CodedError } from '../../common/errors.ts'
import { foldText } from '../../common/pattern.ts'
import { count } from '../../common/words.ts'
import { msg, said } from '../../common/said.ts'
import { findAlike } from '../export/alike.ts'
import { imageFileOf } from '../images/image-file.ts'
import { dealImages } from '../tasks/deal.ts'
import { taskFileNames, writeTask } from '../tasks/task-file.ts'
import type { Project } from '../project/project.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

const PORTION = 1000

/** @throws CodedError bad-input */
const checkAsk = ({ people, overlap }: AssignRequest): void => {
  const seen = new Set<string>()
  for (const person of people) {
    if (seen.has(foldText(person)))
      throw new CodedError(
        'bad-input',
        said('“{person}” is named twice. Each person is named once.', { person }),
      )
    seen.add(foldText(person))
  }
  if (overlap > 0 && people.length < 2)
    throw new CodedError(
      'bad-input',
      said('One person alone shares no images. Name two people, or no overlap.'),
    )
}

export const assignWork = ({ project, pictures }: WorkParts) => {
  /** Who has which image by an earlier division. */
  const havingOf = ({ tasks }: Project, { people, again }: AssignRequest): Map<number, number[]> => {
    const having = new Map<number, number[]>()
    if (again === true) return having
    const known = new Map(tasks.known().map((task) => [foldText(task.person), task.images]))
    people.forEach((person, number) => {
      for (const id of known.get(foldText(person)) ?? []) having.set(id, [...(having.get(id) ?? []), number])
    })
    return having
  }

  const assign = async (
    current: Project,
    request: AssignRequest,
    control: WorkControl<AssignDetail>,
  ): Promise<string> => {
    const { store, folder, tasks } = current
    await current.scanned().catch(() => undefined)
    const ids = store.images.ids(request.filter ?? { text: '', show: 'all' })
    if (ids.length === 0)
      throw new CodedError('not-found', said('There is nothing to divide: no image is meant by the filter.'))
    const images: { id: number; path: string; bytes: number }[] = []
    for (let from = 0; from < ids.length; from += PORTION) {
      await control.ready()
      images.push(...store.images.getMany(ids.slice(from, from + PORTION)))
    }
    control.begin(images.length)
    let done = 0
    const { likeness, notes } = await findAlike(
      {
        source: {
          fileOf: ({ path }) => imageFileOf(folder, path),
          thumbnail: async ({ path }) => (await pictures.thumbnail(await imageFileOf(folder, path))).bytes,
        },
        check: () => {
          if (control.signal.aborted)
            throw new CodedError('cancelled', said('It was cancelled; nothing was written.'))
        },
        expect: () => undefined,
        advance: () => control.reach(++done, images.length),
      },
      images,
      request.split?.similar === true,
    )
    await control.ready()
    const having = havingOf(current, request)
    const { byFolder = true, pattern = null } = request.split ?? {}
    const { people, overlap, seed } = request
    const dealt = dealImages(
      images.map(({ id, path }) => ({
        path,
        likeness: likeness.get(id) ?? [],
        people: having.get(id) ?? [],
      })),
      {
        people: people.length,
        overlap,
        seed,
        grouping: { byFolder, pattern: pattern === null ? null : new RegExp(pattern, 'u') },
      },
    )
    const out = resolve(request.out ?? folder)
    const names = taskFileNames(people)
    const made = people.map((person, number) => ({
      person,
      images: images.flatMap(({ path }, index) => (dealt[index]!.includes(number) ? [path] : [])),
      shared: dealt.filter((of) => of.length > 1 && of.includes(number)).length,
      file: join(out, names[number]!),
    }))
    const empty = made.find((task) => task.images.length === 0)
    if (empty !== undefined)
      throw new CodedError(
        'bad-input',
        said(
          '{images, plural, one {# image} other {# images}} for {people, plural, one {# person} other {# people}}: nothing is left for {person}. What belongs together (subfolders, copies) goes to one person; --group none divides them too.',
          { images: images.length, people: people.length, person: empty.person },
        ),
      )
    for (const { file, ...task } of made) await writeTask(file, task)
    tasks.keep(made)
    control.reach(images.length, images.length)
    const shared = dealt.filter(({ length }) => length > 1).length
    const most = Math.max(...made.map((task) => task.images.length))
    const least = Math.min(...made.map((task) => task.images.length))
    const uneven =
      most - least > Math.max(1, 0.1 * most)
        ? [
            said(
              'The tasks differ in size, because what belongs together (subfolders, copies, earlier tasks) stays together.',
            ),
          ]
        : []
    control.detail({
      images: images.length,
      shared,
      tasks: made.map((task) => ({ ...task, images: task.images.length })),
      notes: [...notes, ...uneven],
    })
    return shared === 0
      ? said(
          '{images, plural, one {# image} other {# images}} are divided among {people, plural, one {# person} other {# people}}.',
          { images: images.length, people: people.length },
        )
      : said(
          '{images, plural, one {# image} other {# images}} are divided among {people, plural, one {# person} other {# people}}, {shared, number} of them to two people.',
          { images: images.length, people: people.length, shared: count(shared) },
        )
  }

  return defineWork<AssignRequest, AssignDetail>({
    name: 'assign',
    title: msg('Assign images'),
    unit: 'image',
    request: assignRequestSchema,
    canPause: false,
    isListed: true,
    again: { refuse: said('Images are being assigned already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: true,
    plan(request) {
      checkAsk(request)
      const current = project()
      return (control) => assign(current, request, control)
    },
  })
}

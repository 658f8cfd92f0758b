/** Adds up what an import does, image by image, to its report. */
import type { ImportChange, ImportCounts, ImportReport } from '../../../common/contract/import.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { said } from '../../../common/said.ts'
import type { ReadStore } from '../../store/read-store.ts'
import type { ImageImport } from './fit-image.ts'
import type { ImportPlan } from './plan.ts'

/** Problems and classes that are listed; all are counted. */
const LISTED = 100

/** What a reader calls a class whose number has no name. */
const nameless = /^class \d+$/

export interface Tally {
  /** @returns the problems of the image, for whoever tells them one by one */
  add(image: ImageImport): readonly Problem[]
  /** So many masks were made of boxes. */
  addMasks(count: number): void
  counts(): ImportCounts
  report(): ImportReport
}

/** Classes that are compared with each other. */
const TWINS_LOOKED = 2000

/** Two classes of the source with one name become one. */
const mergedNote = (classes: readonly string[]): string[] => {
  const twins = [...new Set(classes.filter((name, index) => classes.indexOf(name) !== index))]
  return twins.length === 0
    ? []
    : [
        said('Classes that have one name become one: {twins}.', {
          twins: twins.slice(0, 5).join(', ') + (twins.length > 5 ? ', …' : ''),
        }),
      ]
}

export const createTally = (
  { set, images, unmatched, untouched }: ImportPlan,
  store: Pick<ReadStore, 'labels'>,
): Tally => {
  const known = new Set(store.labels.list().map(({ name }) => name))
  const counts = {
    added: 0,
    boxes: 0,
    already: 0,
    replaced: 0,
    boxesLeft: 0,
    masks: 0,
    markedDone: 0,
    marked: 0,
    leftOut: 0,
  }
  const problems: Problem[] = []
  const changes = new Map<string, { objects: number; first: string }>()
  const objects = new Map<string, number>(set.classes.map((name) => [name, 0]))
  const leaveOut = (given: readonly Problem[]) => {
    counts.leftOut += given.length
    problems.push(...given.slice(0, Math.max(0, LISTED - problems.length)))
  }
  leaveOut(set.problems)
  leaveOut(unmatched.map(({ problem }) => problem))
  const notes = [...set.notes, ...(set.classes.length <= TWINS_LOOKED ? mergedNote(set.classes) : [])]

  const classesOf = (): ImportReport['classes'] =>
    [...objects]
      .map(([name, count]) => ({
        name,
        objects: count,
        isNew: !known.has(name),
        isNameless: nameless.test(name) && !known.has(name),
      }))
      .sort((a, b) => Number(b.isNameless) - Number(a.isNameless) || b.objects - a.objects)

  return {
    add(one) {
      counts.added += one.added.length
      counts.boxes += one.added.filter(({ isBox }) => isBox).length
      counts.already += one.already
      counts.replaced += one.removed.length
      counts.boxesLeft += one.boxes.length
      counts.markedDone += one.isDone ? 1 : 0
      counts.marked += one.marks === null ? 0 : 1
      leaveOut(one.problems)
      for (const label of one.labels) objects.set(label, (objects.get(label) ?? 0) + 1)
      for (const message of one.changes) {
        const before = changes.get(message)
        if (before) before.objects++
        else changes.set(message, { objects: 1, first: one.image.path })
      }
      return one.problems
    },
    addMasks(count) {
      counts.masks += count
    },
    counts: () => ({ ...counts }),
    report: () => {
      const classes = classesOf()
      return {
        ...counts,
        format: set.format,
        images: images.length,
        unmatched: unmatched.length,
        untouched,
        classes: classes.slice(0, LISTED),
        classCount: classes.length,
        newClasses: classes.filter(({ isNew }) => isNew).length,
        namesFrom: set.namesFrom,
        firstClass: set.firstClass,
        parts: set.parts,
        notes,
        changes: [...changes].map(([message, rest]): ImportChange => ({ message, ...rest })).slice(0, LISTED),
        problems,
      }
    },
  }
}

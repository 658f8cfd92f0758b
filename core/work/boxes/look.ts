/** What boxes to masks would do, told before it does anything. Writes nothing. */
import type { BoxesLook, BoxesRequest } from '../../../common/contract/boxes.ts'
import type { Readable } from '../../import/reader.ts'
import { readProblem } from '../../import/objects.ts'
import type { Project } from '../../project/project.ts'
import { readPlan } from './read-plan.ts'
import { promptOfBox } from './prompt.ts'

/** Problems and classes that are listed; all are counted. */
const LISTED = 100

/** What a reader calls a class whose number has no name. */
const nameless = /^class \d+$/

/** @throws CodedError not-found, bad-input: as the start of the work would be refused */
export const lookAtBoxes = async (
  project: Project,
  formats: readonly Readable[],
  request: BoxesRequest,
): Promise<BoxesLook> => {
  const plan = await readPlan(project, formats, request)
  const known = new Set(project.store.labels.list().map(({ name }) => name))
  const counts = new Map<string, number>()
  const problems = [...plan.problems]
  let boxes = 0
  for (const [place, image] of project.store.images
    .getMany(plan.images.map((one) => one.imageId))
    .entries()) {
    for (const box of plan.images[place]?.boxes ?? []) {
      const { width, height, path } = image
      // The size of an image that nobody has opened yet may not be known; its boxes are looked at when they are made.
      const made = width === null || height === null ? null : promptOfBox(box, { width, height })
      if (made !== null && 'problem' in made)
        problems.push(readProblem(path, `${box.where}: ${made.problem}`))
      else {
        boxes += 1
        counts.set(box.label, (counts.get(box.label) ?? 0) + 1)
      }
    }
  }
  const classes = [...counts]
    .map(([name, count]) => ({
      name,
      boxes: count,
      isNew: !known.has(name),
      isNameless: nameless.test(name) && !known.has(name),
    }))
    .sort((a, b) => Number(b.isNameless) - Number(a.isNameless) || b.boxes - a.boxes)
  return {
    boxes,
    images: plan.images.length,
    classes: classes.slice(0, LISTED),
    classCount: classes.length,
    namesFrom: plan.namesFrom,
    notes: [...plan.notes],
    problems: problems.slice(0, LISTED),
    problemCount: problems.length,
  }
}

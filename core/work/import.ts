/**
 * Import: labels of other programs become objects, in edits of many images that are undone together. A run that is
 * cancelled takes back what it has written; one that was cut off is finished by importing again, since what is there
 * already is not added twice.
 */
import { setImmediate } from 'node:timers/promises'
import { importRequestSchema, type ImportRequest } from '../../common/contract/import.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { CodedError } from '../../common/errors.ts'
import { moveWholeRun } from '../editing/undo-run.ts'
import type { Project } from '../project/project.ts'
import type { ImageWithBoxes } from './boxes/label-images.ts'
import { makeClasses } from './classes.ts'
import { fitImage } from './import/fit-image.ts'
import { planImport, type ImportPlan } from './import/plan.ts'
import { eachImage } from './import/read-ahead.ts'
import { makeMasks } from './import/make-masks.ts'
import { createPortions } from './import/store-portion.ts'
import { createTally } from './import/tally.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'import'>

const sayEnd = ({
  added,
  already,
  replaced,
  markedDone,
  boxesLeft,
  masks,
}: ReturnType<ReturnType<typeof createTally>['counts']>) =>
  [
    said('{added, plural, one {# object} other {# objects}} added.', { added }),
    ...(boxesLeft === 0
      ? []
      : [
          said(
            '{masks, plural, one {# mask} other {# masks}} made of {boxes, plural, one {# box} other {# boxes}}.',
            { masks, boxes: boxesLeft },
          ),
        ]),
    ...(already === 0
      ? []
      : [said('{already, plural, one {# object was} other {# objects were}} there already.', { already })]),
    ...(replaced === 0
      ? []
      : [said('{replaced, plural, one {# object} other {# objects}} replaced.', { replaced })]),
    ...(markedDone === 0
      ? []
      : [
          said('{markedDone, plural, one {# image} other {# images}} without objects marked done.', {
            markedDone,
          }),
        ]),
  ].join(' ')

/** How far a run has come. From its masks on cancelling keeps what was stored: the model took minutes for it. */
interface Reached {
  masks: boolean
}

export const importWork = (parts: WorkParts) => {
  const { project, formats } = parts
  const importAll = async (
    current: Project,
    plan: ImportPlan,
    request: ImportRequest,
    control: WorkControl<Detail>,
    reached: Reached,
  ): Promise<string> => {
    const { store } = current
    const tally = createTally(plan, store)
    let objects = 0
    const onStored = (count: number) => {
      objects += count
      control.detail({ objects, report: null })
    }
    const withBoxes: ImageWithBoxes[] = []
    const portions = createPortions({
      project: current,
      run: control.id,
      onStored,
      onProblem: (problem) => control.leaveOut(problem),
    })
    // All of the source's classes, used or not: they keep their order, and so the numbers of an export.
    if (plan.images.length > 0) makeClasses(current, plan.set.classes, control.id, true)
    control.begin(plan.images.length)
    for (const problem of plan.set.problems) control.leaveOut(problem)
    for (const { problem } of plan.unmatched) control.leaveOut(problem)
    let [since, done] = [performance.now(), 0]
    for await (const image of eachImage(current, plan, request.source.minScore)) {
      const asked = performance.now()
      await control.ready(portions.store)
      // A pause is no work.
      since += performance.now() - asked
      const one = fitImage(current, image, request)
      for (const problem of tally.add(one)) control.leaveOut(problem)
      // Storing takes a while: whoever waits for the core has a turn before the next images.
      if (portions.add(one)) await setImmediate()
      if (one.boxes.length > 0) withBoxes.push({ imageId: one.image.id, boxes: one.boxes })
      control.step((performance.now() - since) / ++done)
    }
    portions.finish()
    plan.reader.end()
    if (withBoxes.length > 0) {
      reached.masks = true
      await makeMasks(withBoxes, {
        project: current,
        parts,
        quality: request.quality ?? 'good',
        control,
        done: plan.images.length,
        onStored(count) {
          tally.addMasks(count)
          onStored(count)
        },
      })
    }
    control.detail({ objects, report: tally.report() })
    return sayEnd(tally.counts())
  }

  const run = async (
    current: Project,
    plan: ImportPlan,
    request: ImportRequest,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    const reached: Reached = { masks: false }
    try {
      return await importAll(current, plan, request, control, reached)
    } catch (thrown) {
      if (control.signal.aborted && !reached.masks) {
        await moveWholeRun(() => current.editing, control.id, 'undo')
        control.detail({ objects: 0, report: null })
        throw new CodedError('cancelled', said('It was cancelled.'), { cause: thrown })
      }
      throw thrown
    } finally {
      plan.reader.end()
      plan.set.close()
    }
  }

  return defineWork<ImportRequest, Detail>({
    name: 'import',
    title: msg('Import labels'),
    unit: 'image',
    request: importRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('Labels are being imported already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: said('Labels are being imported. Wait for the end, or cancel it, to open a folder.'),
    cleansUp: true,
    async plan(request, signal) {
      const current = project()
      const plan = await planImport(current, formats, request, signal)
      return (control) => run(current, plan, request, control)
    },
  })
}

/**
 * Import: labels of other programs become objects, in edits of many images that are undone together. A run that is
 * cancelled takes back what it has written; one that was cut off is finished by importing again, since what is there
 * already is not added twice.
 */
import { importRequestSchema, type ImportRequest } from '../../common/contract/import.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { CodedError } from '../../common/errors.ts'
import { moveWholeRun } from '../editing/undo-run.ts'
import type { Project } from '../project/project.ts'
import { makeClasses } from './classes.ts'
import { fitImage } from './import/fit-image.ts'
import { planImport, type ImportPlan } from './import/plan.ts'
import { eachImage } from './import/read-ahead.ts'
import { createPortions } from './import/store-portion.ts'
import { createTally } from './import/tally.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

type Detail = WorkDetail<'import'>

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

const sayEnd = ({
  added,
  already,
  replaced,
  markedDone,
}: ReturnType<ReturnType<typeof createTally>['counts']>) =>
  [
    `${counted(added, 'object')} added.`,
    ...(already === 0
      ? []
      : [`${counted(already, 'object')} ${already === 1 ? 'was' : 'were'} there already.`]),
    ...(replaced === 0 ? [] : [`${counted(replaced, 'object')} replaced.`]),
    ...(markedDone === 0 ? [] : [`${counted(markedDone, 'image')} without objects marked done.`]),
  ].join(' ')

export const importWork = ({ project, formats }: WorkParts) => {
  const importAll = async (
    current: Project,
    plan: ImportPlan,
    request: ImportRequest,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    const { store } = current
    const tally = createTally(plan, store)
    let objects = 0
    const portions = createPortions({
      project: current,
      run: control.id,
      onStored(count) {
        objects += count
        control.detail({ objects, report: null })
      },
      onProblem: (problem) => control.leaveOut(problem),
    })
    // All of the source's classes, used or not: they keep their order, and so the numbers of an export.
    if (plan.images.length > 0) makeClasses(current, plan.set.classes, control.id, true)
    control.begin(plan.images.length)
    for (const problem of plan.set.problems) control.leaveOut(problem)
    for (const { problem } of plan.unmatched) control.leaveOut(problem)
    for await (const image of eachImage(current, plan, request.source.minScore)) {
      await control.ready()
      const since = performance.now()
      const one = fitImage(current, image, request)
      for (const problem of tally.add(one)) control.leaveOut(problem)
      portions.add(one)
      control.step(performance.now() - since)
    }
    portions.finish()
    control.detail({ objects, report: tally.report() })
    return sayEnd(tally.counts())
  }

  const run = async (
    current: Project,
    plan: ImportPlan,
    request: ImportRequest,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    try {
      return await importAll(current, plan, request, control)
    } catch (thrown) {
      if (control.signal.aborted) {
        await moveWholeRun(() => current.editing, control.id, 'undo')
        control.detail({ objects: 0, report: null })
        throw new CodedError('cancelled', 'It was cancelled.', { cause: thrown })
      }
      throw thrown
    } finally {
      plan.set.close()
    }
  }

  return defineWork<ImportRequest, Detail>({
    name: 'import',
    title: 'Import labels',
    unit: 'image',
    request: importRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: 'Labels are being imported already. Wait, or cancel that first.' },
    scope: 'project',
    holdsFolder: 'Labels are being imported. Wait for the end, or cancel it, to open a folder.',
    cleansUp: true,
    async plan(request, signal) {
      const current = project()
      const plan = await planImport(current, formats, request, signal)
      return (control) => run(current, plan, request, control)
    },
  })
}

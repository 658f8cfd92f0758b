/**
 * Merge: another person's work on the same photos comes into the open project. One kind looks and tells, the other one
 * stores, in edits that are undone together. A run that is cancelled takes back what it has stored; one that was cut off
 * is finished by merging again.
 */
import { mergeRequestSchema, type MergeReport, type MergeRequest } from '../../common/contract/merge.ts'
import { CodedError } from '../../common/errors.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { moveWholeRun } from '../editing/undo-run.ts'
import { applyMerge } from '../merge/apply.ts'
import { openOther, type OtherProject } from '../merge/other-project.ts'
import { checkDecided, planMerge, type MergeControl } from '../merge/plan.ts'
import type { Project } from '../project/project.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'merge'>

const sayEnd = ({ objects, images }: MergeReport): string =>
  [
    said(
      '{added, plural, one {# object} other {# objects}} added, {same, plural, one {# object} other {# objects}} the same.',
      { added: objects.onlyThere + objects.byBoth, same: objects.same },
    ),
    ...(objects.conflicts === 0
      ? []
      : [
          said(
            '{conflicts, plural, one {# difference} other {# differences}}: {byHere, number} as here, {byThere, number} as there, {byBoth, number} both.',
            {
              conflicts: objects.conflicts,
              byHere: objects.byHere,
              byThere: objects.byThere,
              byBoth: objects.byBoth,
            },
          ),
        ]),
    ...(images.onlyThere === 0
      ? []
      : [
          said('{onlyThere, plural, one {# image} other {# images}} only there.', {
            onlyThere: images.onlyThere,
          }),
        ]),
  ].join(' ')

const open = async (
  { dataFolder }: WorkParts,
  current: Project,
  { other }: MergeRequest,
  signal: AbortSignal,
) => {
  const opened = await openOther(other, dataFolder, current.store.file)
  // A scan that is still running knows more images.
  await current.scanned().catch(() => undefined)
  if (!signal.aborted && !current.closed) return opened
  opened.close()
  throw new CodedError('cancelled', said('It was cancelled.'))
}

const controlOf = <D>(control: WorkControl<D>): MergeControl => ({
  ready: (store) => control.ready(store),
  begin: (total) => control.begin(total),
  step: () => control.step(0),
})

export const mergeLookWork = (parts: WorkParts) =>
  defineWork<MergeRequest, MergeReport>({
    name: 'merge-look',
    title: msg('Compare two projects'),
    unit: 'image',
    request: mergeRequestSchema,
    canPause: false,
    isListed: false,
    again: 'replace',
    scope: 'project',
    holdsFolder: null,
    cleansUp: true,
    async plan(request, signal) {
      const current = parts.project()
      const other = await open(parts, current, request, signal)
      return async (control) => {
        try {
          const { report } = await planMerge(current, other, request, controlOf(control))
          control.detail(report.result())
          return null
        } finally {
          other.close()
        }
      }
    },
  })

export const mergeWork = (parts: WorkParts) => {
  const mergeAll = async (
    current: Project,
    other: OtherProject,
    request: MergeRequest,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    control.say(said('Comparing the objects…'))
    const plan = await planMerge(current, other, request, controlOf(control))
    checkDecided(plan)
    control.say(said('Storing…'))
    let objects = 0
    await current.unfinished.during(said('The merge with {file}', { file: other.file }), () =>
      applyMerge({
        target: current,
        other,
        plan,
        run: control.id,
        control: controlOf(control),
        onStored(count) {
          objects += count
          control.detail({ objects, report: null })
        },
      }),
    )
    const report = plan.report.result()
    control.detail({ objects, report })
    return sayEnd(report)
  }

  const run = async (
    current: Project,
    other: OtherProject,
    request: MergeRequest,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    try {
      return await mergeAll(current, other, request, control)
    } catch (thrown) {
      if (!control.signal.aborted) throw thrown
      await moveWholeRun(() => current.editing, control.id, 'undo')
      control.detail({ objects: 0, report: null })
      throw new CodedError('cancelled', said('It was cancelled.'), { cause: thrown })
    } finally {
      other.close()
    }
  }

  return defineWork<MergeRequest, Detail>({
    name: 'merge',
    title: msg('Merge a colleague’s copy'),
    unit: 'image',
    request: mergeRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('A merge is running already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: said(
      'A colleague’s copy is being merged. Wait for the end, or cancel it, to open a folder.',
    ),
    cleansUp: true,
    async plan(request, signal) {
      const current = parts.project()
      const other = await open(parts, current, request, signal)
      return (control) => run(current, other, request, control)
    },
  })
}

/**
 * Boxes to masks: boxes of any detector become annotations with masks, an edit every few seconds. An image whose boxes
 * were taken is known by the ids of its objects, so a run that was cut off goes on where it stood.
 */
import { boxesRequestSchema, type BoxesRequest } from '../../common/contract/boxes.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import type { Quality } from '../../common/segmentation.ts'
import type { Project } from '../project/project.ts'
import { createLabelImage } from './boxes/label-image.ts'
import { labelImages } from './boxes/label-images.ts'
import type { Plan } from './boxes/plan.ts'
import { readPlan } from './boxes/read-plan.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'boxes'>

const sayEnd = (objects: number, skipped: number, notes: readonly string[]) =>
  [
    said('{objects, plural, one {# object} other {# objects}} made.', { objects }),
    ...(skipped === 0
      ? []
      : [said('{skipped, plural, one {# image} other {# images}} had theirs already.', { skipped })]),
    ...notes,
  ].join(' ')

export const boxesWork = ({ project, inference, polygonOptions, keepMasks, formats }: WorkParts) => {
  const labelAll = async (
    current: Project,
    plan: Plan,
    quality: Quality,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    const { signal } = control
    const notes = [...plan.notes]
    let objects = 0
    control.begin(plan.images.reduce((sum, { boxes }) => sum + boxes.length, 0))
    control.detail({ objects, notes })
    for (const problem of plan.problems) control.leaveOut(problem)
    const onStored = (count: number) => {
      objects += count
      control.detail({ objects, notes })
    }
    const own = { project: current, polygonOptions, keepMasks, signal, run: control.id, quality, onStored }
    const crew = await inference.hire(plan.images.length)
    try {
      const skipped = await labelImages(plan.images, {
        store: current.store,
        lanes: crew.hands.map((hand) => createLabelImage({ ...own, inference: hand })),
        control,
        onBox: (workedMs) => control.step(workedMs),
      })
      return sayEnd(objects, skipped, notes)
    } finally {
      crew.dismiss()
    }
  }

  return defineWork<BoxesRequest, Detail>({
    name: 'boxes',
    title: msg('Boxes to masks'),
    unit: 'box',
    request: boxesRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('Boxes are being turned into masks already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    async plan(request, signal) {
      const current = project()
      const plan = await readPlan(current, formats, request, signal)
      return (control) => labelAll(current, plan, request.quality ?? 'good', control)
    },
  })
}

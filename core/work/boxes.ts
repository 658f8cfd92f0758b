/**
 * Boxes to masks: boxes of any detector become annotations with masks, one edit an image. An image whose boxes were
 * taken is known by the ids of its objects, so a run that was cut off goes on where it stood.
 */
import { boxesRequestSchema, type BoxesRequest } from '../../common/contract/boxes.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { readLabels } from '../import/read-labels.ts'
import type { Project } from '../project/project.ts'
import { createLabelImage } from './boxes/label-image.ts'
import { planBoxes, type Plan } from './boxes/plan.ts'
import { endsRun } from './ends-run.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

type Detail = WorkDetail<'boxes'>

const scopeOf = ({ store }: Project, scope: BoxesRequest['scope']): Set<ImageId> => {
  if (scope.kind === 'project') return new Set(store.images.ids())
  if (scope.kind === 'filter') {
    const { images } = store
    return new Set(images.page(scope.filter, 0, images.total(scope.filter)).map(({ id }) => id))
  }
  if (store.images.get(scope.imageId) === null)
    throw new CodedError('not-found', 'This image is not in the project.')
  return new Set([scope.imageId])
}

const sayEnd = (objects: number, skipped: number, notes: readonly string[]) =>
  [
    `${objects} ${objects === 1 ? 'object' : 'objects'} made.`,
    ...(skipped === 0 ? [] : [`${skipped} ${skipped === 1 ? 'image' : 'images'} had theirs already.`]),
    ...notes,
  ].join(' ')

export const boxesWork = ({ project, inference, polygonOptions, formats }: WorkParts) => {
  const labelAll = async (
    current: Project,
    plan: Plan,
    notes: string[],
    control: WorkControl<Detail>,
  ): Promise<string> => {
    const { signal } = control
    let objects = 0
    let skipped = 0
    control.begin(plan.images.length)
    control.detail({ objects, notes })
    for (const problem of plan.problems) control.leaveOut(problem)
    const labelImage = createLabelImage({ project: current, inference, polygonOptions, signal })
    for (const { imageId, boxes } of plan.images) {
      await control.ready()
      const start = performance.now()
      try {
        const { written, worked, problems } = await labelImage(imageId, boxes)
        objects += written
        if (!worked) skipped++
        control.detail({ objects, notes })
        for (const problem of problems) control.leaveOut(problem)
        control.step(worked ? performance.now() - start : null)
      } catch (thrown) {
        if (signal.aborted || endsRun(thrown)) throw thrown
        const image = current.store.images.get(imageId)?.path ?? null
        control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
        control.step(null)
      }
    }
    return sayEnd(objects, skipped, notes)
  }

  return defineWork<BoxesRequest, Detail>({
    name: 'boxes',
    title: 'Boxes to masks',
    unit: 'image',
    request: boxesRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: 'Boxes are being turned into masks already. Wait, or cancel that first.' },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    async plan({ source, scope }, signal) {
      const current = project()
      const order = current.store.labels.list().map(({ name }) => name)
      const read = await readLabels(formats, source.path, source.names, order)
      // A scan that is still running knows more images.
      await current.scanned().catch(() => undefined)
      if (signal.aborted || current.closed) throw new CodedError('cancelled', 'It was cancelled.')
      const { images } = current.store
      const all = images.getMany(images.ids())
      const plan = planBoxes(read, all, scopeOf(current, scope), source.minScore ?? 0)
      return (control) => labelAll(current, plan, [...read.notes, ...plan.notes], control)
    },
  })
}

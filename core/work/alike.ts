/**
 * More objects like one, in its image or in many: proposals, one edit an image. What an image has already is not found
 * again, so a run that was cut off can be begun anew.
 */
import { randomUUID } from 'node:crypto'
import { alikeRequestSchema, type AlikeRequest } from '../../common/contract/follow.ts'
import { diffOf } from '../../common/diff.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import { wholeImage } from '../../common/geometry/letterbox.ts'
import { polygonOfLogits } from '../../common/geometry/mask-to-polygon.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import { iou } from '../../common/geometry/overlap.ts'
import { createScratch } from '../../common/geometry/scratch.ts'
import type { Annotation, ImageId } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { inferenceImageOf } from '../inference/image.ts'
import type { Project } from '../project/project.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import { msg, said } from '../../common/said.ts'
import { endsRun } from './ends-run.ts'
import { asBefore } from './follow/track.ts'
import { keepingLogits, nothingKept } from './keep-mask.ts'
import { idsOfScope } from './scope.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

type Detail = WorkDetail<'alike'>

/** Places that are asked in an image: more are seldom objects, and each takes some 15 ms. */
const MOST_ASKED = 200
/** What covers so much of an object that the image has is that object, intersection over union. */
const SAME = 0.5

const findMore = async (
  { inference, polygonOptions, keepMasks }: WorkParts,
  project: Project,
  object: Annotation,
  ids: readonly ImageId[],
  control: WorkControl<Detail>,
): Promise<string> => {
  const { store, facts, editing, folder } = project
  const scratch = createScratch()
  let objects = 0

  const look = async (imageId: ImageId) => {
    const image = await facts.refresh(imageId)
    const source = store.images.get(object.imageId)
    if (image.problem !== null || source === null)
      throw new CodedError(
        'image-unreadable',
        image.problem ?? said('The image of the object is not there any more.'),
      )
    const known = store.annotations.ofImage(imageId).filter(({ shape }) => hasArea(shape))
    const found = await inference.aside(
      inferenceImageOf(folder, image),
      {
        kind: 'alike',
        from: inferenceImageOf(folder, source),
        shape: object.shape,
        known: known.map(({ shape }) => shape),
        most: MOST_ASKED,
      },
      'everything',
    )
    if (control.signal.aborted) throw new CodedError('cancelled', said('It was cancelled.'))
    const { width, height, modelId } = found
    const now = Date.now()
    const frame = { crop: wholeImage({ width, height }), imageWidth: width, imageHeight: height }
    const options = polygonOptions()
    const added: Annotation[] = []
    const masks: KeptMask[] = []
    for (const { logits, prompt, candidate, confidence } of found.masks) {
      const polygon = polygonOfLogits(logits, frame, options, [prompt], scratch)
      if (polygon === null) continue
      const shape = asBefore(object.shape, polygon)
      if ([...known, ...added].some((other) => iou(other.shape, shape) > SAME)) continue
      const { said, kept } = keepMasks() ? keepingLogits(logits, frame, options, shape) : nothingKept
      masks.push(...kept)
      added.push({
        ...newObject,
        ...said,
        ...{ id: randomUUID(), imageId, labelId: object.labelId, shape, proposed: true },
        ...{ source: 'model', modelId, score: confidence, prompts: [prompt] },
        candidate,
        createdAt: now,
        updatedAt: now,
      })
    }
    editing.commit(diffOf({ annotations: { added } }), control.id, masks)
    objects += added.length
  }

  control.begin(ids.length)
  control.detail({ objects })
  for (const imageId of ids) {
    await control.ready()
    const start = performance.now()
    try {
      await look(imageId)
      control.step(performance.now() - start)
    } catch (thrown) {
      if (control.signal.aborted || endsRun(thrown)) throw thrown
      const image = store.images.get(imageId)?.path ?? null
      control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
      control.step(null)
    }
    control.detail({ objects })
  }
  const name = store.labels.get(object.labelId)?.name ?? said('the object')
  return objects === 0
    ? said('Nothing else looks like this {name}.', { name })
    : said('{objects, number} more like this {name}, as proposals.', {
        objects,
        name,
      })
}

export const alikeWork = (parts: WorkParts) =>
  defineWork<AlikeRequest, Detail>({
    name: 'alike',
    title: msg('More like this'),
    unit: 'image',
    request: alikeRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('More of an object is looked for already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan({ objectId, scope }) {
      const project = parts.project()
      const object = project.store.annotations.get(objectId)
      if (object === null) throw new CodedError('not-found', said('This object does not exist any more.'))
      if (!hasArea(object.shape))
        throw new CodedError(
          'bad-input',
          said('A point or a line covers nothing that others could look like.'),
        )
      const ids = idsOfScope(project, scope)
      return (control) => findMore(parts, project, object, ids, control)
    },
  })

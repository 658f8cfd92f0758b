/** Settles all photos that changed under their objects, one edit each; the run takes them back together. */
import { isChanged } from '../../common/changed-picture.ts'
import { settleAllRequestSchema, type SettleAllRequest } from '../../common/contract/images.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { toErrorReply } from '../../common/errors.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import { followingOf, settlePicture } from '../editing/changed-picture.ts'
import type { Project } from '../project/project.ts'
import { endsRun } from './ends-run.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'settle'>

const became: Readonly<Record<SettleAllRequest['how'], (objects: string) => string>> = {
  follow: (objects) => said('{objects} moved with their pictures.', { objects }),
  keep: (objects) => said('{objects} kept where they are.', { objects }),
  drop: (objects) => said('{objects} removed.', { objects }),
}

const wayOf = (item: ImageItem, how: SettleAllRequest['how']) => {
  if (item.problem !== null) return { unknown: item.problem }
  return how === 'follow' ? followingOf(item) : { how }
}

export const settleWork = ({ project }: WorkParts) => {
  /** @returns the objects of the photo; null when it has not changed, or was left out */
  const settle = async (
    { store, editing, facts }: Project,
    imageId: ImageId,
    { how }: SettleAllRequest,
    control: WorkControl<Detail>,
  ): Promise<number | null> => {
    const item = await facts.compare(imageId)
    if (!isChanged(item)) return null
    const way = wayOf(item, how)
    if ('unknown' in way) {
      control.leaveOut({ image: item.path, annotationId: null, message: way.unknown })
      return null
    }
    facts.store()
    settlePicture(store, editing, imageId, way.how, control.id)
    facts.hashLater(imageId)
    return item.annotationCount
  }

  return defineWork<SettleAllRequest, Detail>({
    name: 'settle',
    title: msg('Changed photos'),
    unit: 'image',
    request: settleAllRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('Changed photos are being settled already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan(request) {
      const current = project()
      return async (control) => {
        const ids = current.store.pictures.labelled()
        control.begin(ids.length)
        let [photos, objects] = [0, 0]
        for (const imageId of ids) {
          await control.ready()
          const start = performance.now()
          try {
            const settled = await settle(current, imageId, request, control)
            if (settled !== null) photos++
            objects += settled ?? 0
          } catch (thrown) {
            if (endsRun(thrown)) throw thrown
            const image = current.store.images.get(imageId)?.path ?? null
            control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
          }
          control.step(performance.now() - start)
          control.detail({ objects })
        }
        return photos === 0
          ? said('No photo was settled.')
          : became[request.how](
              said(
                '{objects, plural, one {# object} other {# objects}} on {photos, plural, one {# photo} other {# photos}}',
                { objects, photos },
              ),
            )
      }
    },
  })
}

/** Which objects are followed from an image, through which images. */
import type { FollowRequest } from '../../../common/contract/follow.ts'
import { CodedError } from '../../../common/errors.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Annotation, ImageId } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import type { Project } from '../../project/project.ts'
import { canFollow, freeTracks, isConfirmed, type Track } from './track.ts'

export interface FollowStart {
  readonly tracks: readonly Track[]
  /** The objects that were in no track before, [from, to]. */
  readonly named: [Annotation, Annotation][]
  /** The images behind, in the order of the list. */
  readonly ahead: readonly ImageId[]
}

/** @throws CodedError not-found, bad-input: why nothing can be followed, and what to do */
export const planFollow = (project: Project, { imageId, objects, filter }: FollowRequest): FollowStart => {
  const { store } = project
  if (store.images.get(imageId) === null)
    throw new CodedError('not-found', said('This image is not in the project.'))
  const ids = store.images.ids(filter)
  const at = ids.indexOf(imageId)
  const ahead = at === -1 ? ids.slice(store.images.before(imageId, filter)) : ids.slice(at + 1)
  if (ahead.length === 0) throw new CodedError('bad-input', said('This is the last image of the list.'))
  const wanted = objects === null ? null : new Set(objects)
  const meant = store.annotations
    .ofImage(imageId)
    .filter((one) => (wanted === null ? isConfirmed(one) || one.trackId !== null : wanted.has(one.id)))
  const chosen = meant.filter(canFollow)
  if (chosen.length === 0)
    throw new CodedError(
      'bad-input',
      meant.length === 0
        ? said('There is no object to follow. Make one, or accept a proposal, first.')
        : said('Points and lines cover nothing that could be followed. Select an outline or a box.'),
    )
  const isLabelLocked = (id: string) => store.labels.get(id)?.locked ?? false
  const free = chosen.filter((one) => one.trackId !== null || !isLocked(one, isLabelLocked))
  if (free.length === 0)
    throw new CodedError(
      'bad-input',
      said('The objects are locked, and belong to no track yet. Unlock them first.'),
    )
  const nameless = free.filter(({ trackId }) => trackId === null)
  const numbers = freeTracks(nameless.length === 0 ? [] : store.annotations.tracks(), nameless.length)
  const now = Date.now()
  const named = nameless.map((from, index): [Annotation, Annotation] => [
    from,
    { ...from, trackId: numbers[index]!, updatedAt: now },
  ])
  const known = new Map(named.map(([{ id }, to]) => [id, to]))
  const tracks = free.map((one): Track => {
    const object = known.get(one.id) ?? one
    return { number: object.trackId!, previous: object, keyframe: object }
  })
  return { tracks, named, ahead }
}

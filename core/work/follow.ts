/**
 * Objects are followed through the images of a list: what is found becomes proposals, one edit an image. What was found
 * before and is still of the same keyframe is not asked again, so a run that was cut off goes on where it stood.
 */
import { followRequestSchema, type FollowRequest } from '../../common/contract/follow.ts'
import { diffOf } from '../../common/diff.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { Annotation, AnnotationId, ImageId } from '../../common/model.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import type { Project } from '../project/project.ts'
import { endsRun } from './ends-run.ts'
import { fillBetween } from './follow/between.ts'
import { createCarry, type Found } from './follow/carry.ts'
import { planFollow, type FollowStart } from './follow/start.ts'
import { isConfirmed, isFresh, sameObject, type Track } from './follow/track.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'follow'>

const percent = (share: number) => `${Math.round(100 * share)} %`

const follow = async (
  parts: WorkParts,
  project: Project,
  { tracks, named, ahead }: FollowStart,
  control: WorkControl<Detail>,
): Promise<string> => {
  const { store, facts, editing } = project
  const limits = parts.followLimits()
  const carry = createCarry({ ...parts, project })
  const live = new Set(tracks)
  /** The last place where a person has made or accepted one: there the run comes back to it, though it was lost before. */
  const known = new Set(tracks.flatMap(({ number }) => store.annotations.imagesOfTrack(number)))
  const lastKnown = ahead.findLastIndex((id) => known.has(id))
  /** Proposals of this run. */
  const made = new Set<AnnotationId>()
  let unnamed = named
  let [objects, doubtful] = [0, 0]
  const tell = () => control.detail({ objects, doubtful })
  const nameOf = (track: Track) => store.labels.get(track.keyframe.labelId)?.name ?? said('An object')

  /** With the first proposals, the objects that they come from are told their tracks. */
  const commit = (added: readonly Found[], removed: Annotation[]) => {
    if (added.length === 0 && removed.length === 0) return
    const updated = unnamed.flatMap(([{ id }, { trackId, updatedAt }]): [Annotation, Annotation][] => {
      const now = store.annotations.get(id)
      return now?.trackId !== null ? [] : [[now, { ...now, trackId, updatedAt }]]
    })
    const kept = added.flatMap((found) => found.kept)
    const diff = diffOf({ annotations: { added: added.map(({ object }) => object), updated, removed } })
    editing.commit(diff, control.id, kept)
    unnamed = []
    for (const { object } of added) made.add(object.id)
    objects += added.length
    doubtful += added.filter(({ object }) => (object.score ?? 1) < limits.doubt).length
  }
  const end = (track: Track, path: string, why: (name: string) => string) => {
    live.delete(track)
    control.leaveOut({ image: path, annotationId: null, message: why(nameOf(track)) })
  }

  /** The object there is a person's: it is followed from there, and the images before it are asked from both sides. */
  const arrive = async (track: Track, found: Annotation, at: number) => {
    const from = ahead.indexOf(track.keyframe.imageId)
    const between = ahead.slice(from + 1, at)
    const ready = () => control.ready()
    const better = await fillBetween({ store, carry, ready, made }, track, found, between)
    commit(
      better.map((one) => one.found),
      better.flatMap((one) => one.instead ?? []),
    )
    track.previous = found
    track.keyframe = found
    live.add(track)
  }

  const look = async (imageId: ImageId, at: number): Promise<boolean> => {
    const image = await facts.refresh(imageId)
    if (image.problem !== null) throw new CodedError('image-unreadable', image.problem)
    const there = store.annotations.ofImage(imageId)
    const inTrack = (track: Track) => there.find(({ trackId }) => trackId === track.number)
    for (const track of tracks) {
      const found = inTrack(track)
      if (found !== undefined && isConfirmed(found)) await arrive(track, found, at)
    }
    const asked: Track[] = []
    for (const track of live) {
      const found = inTrack(track)
      if (found === undefined || (!found.locked && !isFresh(found, track))) asked.push(track)
      else if (isConfirmed(found)) continue
      else if (!found.locked && (found.score ?? 1) < limits.stop) live.delete(track)
      else track.previous = found
    }
    if (asked.length === 0) return false
    const found = await carry(imageId, asked)
    if (control.signal.aborted) throw new CodedError('cancelled', said('It was cancelled.'))
    const added: Found[] = []
    const removed: Annotation[] = []
    const others = there.filter(({ trackId }) => trackId === null)
    for (const [index, track] of asked.entries()) {
      const one = found[index] ?? null
      const stale = inTrack(track)
      if (stale !== undefined) removed.push(stale)
      if (one === null) {
        end(track, image.path, (name) => said('{name}: is not in the image any more.', { name }))
        continue
      }
      const same = sameObject(others, track.keyframe, one.object.shape)
      if (same === null) added.push(one)
      track.previous = same ?? one.object
      if (same !== null) track.keyframe = { ...same, trackId: track.number }
      const sure = one.object.score ?? 1
      if (same === null && sure < limits.stop)
        end(track, image.path, (name) =>
          said('{name}: only {sure} sure. Mend or drop it there, and follow it from there.', {
            name,
            sure: percent(sure),
          }),
        )
    }
    commit(added, removed)
    return true
  }

  control.begin(ahead.length)
  tell()
  let done = 0
  for (const [at, imageId] of ahead.entries()) {
    if (live.size === 0 && at > lastKnown) break
    await control.ready()
    const start = performance.now()
    try {
      const worked = await look(imageId, at)
      control.step(worked ? performance.now() - start : null)
    } catch (thrown) {
      if (control.signal.aborted || endsRun(thrown)) throw thrown
      const image = store.images.get(imageId)?.path ?? null
      control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
      control.step(null)
    }
    done++
    tell()
  }
  const looked = said('{doubtful, plural, one {# proposal} other {# proposals}} less than {doubt} sure.', {
    doubtful,
    doubt: percent(limits.doubt),
  })
  const proposals = said(
    '{objects, plural, one {# proposal} other {# proposals}} in {done, plural, one {# image} other {# images}}.',
    { objects, done },
  )
  return doubtful === 0 ? proposals : `${proposals} ${looked}`
}

const workOf = (kind: {
  name: string
  title: string
  canPause: boolean
  isListed: boolean
  most: number
}) => {
  const { most, ...own } = kind
  return (parts: WorkParts) =>
    defineWork<FollowRequest, Detail>({
      ...own,
      unit: 'image',
      request: followRequestSchema,
      again: { refuse: said('Objects are followed already. Wait, or cancel that first.') },
      scope: 'project',
      holdsFolder: null,
      cleansUp: false,
      plan(request) {
        const project = parts.project()
        const start = planFollow(project, request)
        return (control) => follow(parts, project, { ...start, ahead: start.ahead.slice(0, most) }, control)
      },
    })
}

export const followWork = workOf({
  name: 'follow',
  title: msg('Follow'),
  canPause: true,
  isListed: true,
  most: Infinity,
})

export const followNextWork = workOf({
  name: 'follow-next',
  title: msg('Follow to the next image'),
  canPause: false,
  isListed: false,
  most: 1,
})

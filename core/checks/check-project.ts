/**
 * Goes through a project image by image and tells what is wrong, as it is found; the repair of each finding is made of
 * what is stored at that moment. Knows no run but by what it is given.
 */
import { changeText, isChanged } from '../../common/changed-picture.ts'
import type { CheckKind } from '../../common/checks.ts'
import type { Finding } from '../../common/contract/checks.ts'
import { imagesDiff } from '../../common/diff.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, ImageId, ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { followingOf, settlePicture } from '../editing/changed-picture.ts'
import { fingerprint } from '../export/alike.ts'
import { nearPairs, type Fingerprint } from '../export/split/likeness.ts'
import { imageFileOf } from '../images/image-file.ts'
import type { Pictures } from '../images/pictures.ts'
import type { Project } from '../project/project.ts'
import { checkImage } from './check-image.ts'

export interface Found {
  readonly finding: Finding
  /**
   * Mends it, by an edit of that run.
   * @returns objects that were changed or removed; null when nothing could be done: all of it is locked
   * @throws CodedError what commits throw
   */
  readonly repair: (run: string) => number | null
}

interface Checking {
  readonly project: Project
  readonly pictures: Pick<Pictures, 'thumbnail'>
  readonly kinds: ReadonlySet<CheckKind>
  readonly ids: readonly ImageId[]
  /** Asked before each image. @throws CodedError cancelled */
  readonly ready: () => Promise<void>
  /** An image is looked at. */
  readonly step: () => void
  readonly say: (message: string) => void
  readonly found: (found: Found) => void
}

const findingOf = (
  kind: CheckKind,
  image: ImageItem,
  objects: readonly Annotation[],
  message: string,
): Finding => ({
  kind,
  imageId: image.id,
  image: image.path,
  objects: objects.map(({ id }) => id),
  labels: [],
  message,
})

/** Has the file changed under its objects? Looks at it as it is now. */
const checkPicture = async ({ project, found }: Checking, id: ImageId): Promise<void> => {
  const { store, editing, facts } = project
  const item = await facts.compare(id)
  if (item.problem !== null || !isChanged(item)) return
  facts.store()
  found({
    finding: findingOf('changed-picture', item, [], changeText(item)),
    repair(run) {
      const way = followingOf(item)
      if ('unknown' in way) return null
      settlePicture(store, editing, id, way.how, run)
      return item.annotationCount + item.proposedCount
    },
  })
}

const checkObjects = ({ project, kinds, found }: Checking, image: ImageItem): void => {
  const { store, editing } = project
  const isHeld = (object: Annotation) =>
    isLocked(object, (labelId) => store.labels.get(labelId)?.locked ?? false)
  const objects = store.annotations.ofImage(image.id).filter(({ proposed }) => !proposed)
  for (const { kind, objects: meant, message, repair } of checkImage(image, objects, kinds, isHeld))
    found({
      finding: findingOf(kind, image, meant, message),
      repair(run) {
        const diff = repair(Date.now())
        if (diff === null) return null
        editing.commit(diff, run)
        return diff.annotations.removed.length + diff.annotations.updated.length
      },
    })
}

const checkLikeness = async (checking: Checking, prints: ReadonlyMap<ImageId, Fingerprint | null>) => {
  const { project, ids, found } = checking
  const { store, editing } = project
  const known = ids.filter((id) => prints.has(id))
  for (const [a, b] of nearPairs(known.map((id) => prints.get(id) ?? null))) {
    const [first, second] = [store.images.get(known[a]!), store.images.get(known[b]!)]
    // One that is flagged is somebody's already.
    if (first === null || second?.flag !== null) continue
    const message = said('Looks nearly the same as {path}.', { path: first.path })
    found({
      finding: findingOf('near-picture', second, [], message),
      repair(run) {
        const now = store.images.get(second.id)
        if (now?.flag !== null) return 0
        editing.commit(imagesDiff([[now, { flag: message.slice(0, -1) }]]), run)
        return 0
      },
    })
    await checking.ready()
  }
}

export const checkProject = async (checking: Checking): Promise<void> => {
  const { project, pictures, kinds, ids, ready, step, say } = checking
  const { store, folder } = project
  const source = {
    fileOf: (image: Pick<ImageItem, 'path'>) => imageFileOf(folder, image.path),
    thumbnail: async (image: Pick<ImageItem, 'path'>) =>
      (await pictures.thumbnail(await imageFileOf(folder, image.path))).bytes,
  }
  const prints = new Map<ImageId, Fingerprint | null>()
  const hasObjectChecks = (['tiny', 'duplicate', 'outside', 'empty-done'] as const).some((kind) =>
    kinds.has(kind),
  )
  for (const id of ids) {
    await ready()
    const image = store.images.get(id)
    if (image !== null) {
      if (kinds.has('changed-picture') && image.annotationCount + image.proposedCount > 0)
        await checkPicture(checking, id)
      if (hasObjectChecks) checkObjects(checking, store.images.get(id) ?? image)
      if (kinds.has('near-picture') && image.problem === null)
        prints.set(id, await fingerprint({ source }, image))
    }
    step()
  }
  if (prints.size > 0) say(said('Comparing pictures'))
  await checkLikeness(checking, prints)
}

/** Which images long work is asked to go through. */
import type { ImageFilter } from '../../common/contract/images.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { isInShard, type Shard } from '../../common/shard.ts'
import { said } from '../../common/said.ts'
import type { Project } from '../project/project.ts'

export type Scope =
  | { readonly kind: 'image'; readonly imageId: ImageId }
  | { readonly kind: 'filter'; readonly filter: ImageFilter }
  | { readonly kind: 'project'; readonly shard?: Shard | undefined }

/** Images whose paths are looked at at once. */
const PORTION = 1000

/** The images of one part, in the order of the project. */
export const idsOfShard = ({ store }: Project, shard: Shard | undefined): readonly ImageId[] => {
  const ids = store.images.ids()
  if (shard === undefined) return ids
  const meant: ImageId[] = []
  for (let from = 0; from < ids.length; from += PORTION)
    for (const { id, path } of store.images.getMany(ids.slice(from, from + PORTION)))
      if (isInShard(path, shard)) meant.push(id)
  return meant
}

/** In the order of the project, or of the filter. @throws CodedError not-found */
export const idsOfScope = (project: Project, scope: Scope): readonly ImageId[] => {
  const { store } = project
  if (scope.kind === 'project') return idsOfShard(project, scope.shard)
  if (scope.kind === 'filter') return store.images.ids(scope.filter)
  if (store.images.get(scope.imageId) === null)
    throw new CodedError('not-found', said('This image is not in the project.'))
  return [scope.imageId]
}

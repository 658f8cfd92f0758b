/** Which images long work is asked to go through. */
import type { ImageFilter } from '../../common/contract/images.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { Project } from '../project/project.ts'

export type Scope =
  | { readonly kind: 'image'; readonly imageId: ImageId }
  | { readonly kind: 'filter'; readonly filter: ImageFilter }
  | { readonly kind: 'project' }

/** In the order of the project, or of the filter. @throws CodedError not-found */
export const idsOfScope = ({ store }: Project, scope: Scope): readonly ImageId[] => {
  if (scope.kind === 'project') return store.images.ids()
  if (scope.kind === 'filter') return store.images.ids(scope.filter)
  if (store.images.get(scope.imageId) === null)
    throw new CodedError('not-found', 'This image is not in the project.')
  return [scope.imageId]
}

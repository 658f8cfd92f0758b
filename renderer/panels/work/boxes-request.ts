/** What the dialog of boxes holds, and the request that it makes. Pure. */
import type { BoxesRequest } from '../../../common/contract/boxes.ts'
import type { ImageFilter } from '../../../common/contract/images.ts'
import type { ImageId } from '../../../common/model.ts'
import { pathOf } from '../paths.ts'
import type { Quality } from '../../../common/segmentation.ts'

export interface BoxesForm {
  readonly path: string
  /** Where the class names are; empty when they lie beside the boxes. */
  readonly names: string
  /** 0 takes all boxes. */
  readonly minScore: number
  readonly scope: BoxesRequest['scope']['kind']
}

export const emptyForm: BoxesForm = { path: '', names: '', minScore: 0, scope: 'project' }

export const boxesRequestOf = (
  form: BoxesForm,
  {
    filter,
    imageId,
    quality,
  }: { readonly filter: ImageFilter; readonly imageId: ImageId | null; readonly quality: Quality },
): BoxesRequest => {
  const names = pathOf(form.names)
  const scopeOf = (): BoxesRequest['scope'] => {
    if (form.scope === 'image' && imageId !== null) return { kind: 'image', imageId }
    return form.scope === 'filter' ? { kind: 'filter', filter } : { kind: 'project' }
  }
  return {
    source: {
      path: pathOf(form.path),
      ...(names === '' ? {} : { names }),
      ...(form.minScore === 0 ? {} : { minScore: form.minScore }),
    },
    scope: scopeOf(),
    quality,
  }
}

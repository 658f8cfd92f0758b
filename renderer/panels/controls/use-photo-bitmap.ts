/** The photo of an image as pixels, for small pictures with objects drawn over them. */
import type { ImageId, ImageItem } from '../../../common/model.ts'
import { versionOf } from '../../../common/picture-version.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { useBitmap } from './use-bitmap.ts'

/**
 * @param image what the list knows of it; null when that is nothing
 * @param width to make it this wide, pixels; its own when it is left out
 * @returns as it is shown upright; null until it is read, and where it can't be: the objects are shown without it
 */
export const usePhotoBitmap = (
  imageId: ImageId,
  image: ImageItem | null,
  width?: number,
): ImageBitmap | null => {
  const { urls } = useSession()
  const project = useApp((state) => state.project)
  const bitmap = useBitmap(urls.imageUrl(imageId, image ? versionOf(project, image) : 0), width)
  return bitmap === 'failed' ? null : bitmap
}

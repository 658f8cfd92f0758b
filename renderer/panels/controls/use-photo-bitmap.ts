/** The photo of an image as pixels, for small pictures with objects drawn over them. */
import { useEffect, useState } from 'react'
import type { ImageId, ImageItem } from '../../../common/model.ts'
import { versionOf } from '../../../common/picture-version.ts'
import { fetchBlob } from '../../fetch-blob.ts'
import { useApp, useSession } from '../../state/session-context.ts'

/**
 * @param image what the list knows of it; null when that is nothing
 * @param width to make it this wide, pixels; its own when it is left out
 * @returns as it is shown upright; null until it is read, and where it can't be
 */
export const usePhotoBitmap = (
  imageId: ImageId,
  image: ImageItem | null,
  width?: number,
): ImageBitmap | null => {
  const { urls } = useSession()
  const project = useApp((state) => state.project)
  const url = urls.imageUrl(imageId, image ? versionOf(project, image) : 0)
  const [photo, setPhoto] = useState<{ url: string; bitmap: ImageBitmap } | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      const blob = await fetchBlob(url, stop.signal)
      const bitmap = await (width === undefined
        ? createImageBitmap(blob)
        : createImageBitmap(blob, { resizeWidth: width, resizeQuality: 'medium' }))
      if (stop.signal.aborted) bitmap.close()
      else setPhoto({ url, bitmap })
    }
    // Without the photo the objects are still shown.
    load().catch(() => undefined)
    return () => stop.abort()
  }, [url, width])
  useEffect(() => () => photo?.bitmap.close(), [photo])
  return photo?.url === url ? photo.bitmap : null
}

/** A picture of our own origin as pixels, closed when it is not shown any more. */
import { useEffect, useState } from 'react'
import { fetchBlob } from '../../fetch-blob.ts'

/**
 * @param url null while nothing is to be asked for
 * @param width to make it this wide, pixels; its own when it is left out
 * @returns null until it is there, 'failed' where it can't be had
 */
export const useBitmap = (url: string | null, width?: number): ImageBitmap | 'failed' | null => {
  const [picture, setPicture] = useState<{ url: string; bitmap: ImageBitmap | 'failed' } | null>(null)
  useEffect(() => {
    if (url === null) return
    const stop = new AbortController()
    const load = async () => {
      const blob = await fetchBlob(url, stop.signal)
      const bitmap = await (width === undefined
        ? createImageBitmap(blob)
        : createImageBitmap(blob, { resizeWidth: width, resizeQuality: 'medium' }))
      if (stop.signal.aborted) bitmap.close()
      else setPicture({ url, bitmap })
    }
    load().catch(() => stop.signal.aborted || setPicture({ url, bitmap: 'failed' }))
    return () => stop.abort()
  }, [url, width])
  useEffect(
    () => () => {
      if (picture !== null && picture.bitmap !== 'failed') picture.bitmap.close()
    },
    [picture],
  )
  return picture?.url === url ? picture.bitmap : null
}

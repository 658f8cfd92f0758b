/**
 * A row's small picture, drawn once onto a canvas of its size. An <img> would have the browser keep each decoded picture
 * that was ever shown, 1.3 MB an image, until memory is short: half a gigabyte after a few hundred.
 */
import { ImageOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { fetchBlob } from '../../fetch-blob.ts'
import { contextOf } from '../../paint/paint.ts'

/** Fills the canvas with the middle of the picture. @throws Error when it can't be fetched or decoded */
const draw = async (canvas: HTMLCanvasElement, src: string, signal: AbortSignal): Promise<void> => {
  const picture = await createImageBitmap(await fetchBlob(src, signal))
  try {
    const { clientWidth, clientHeight } = canvas
    if (signal.aborted || clientWidth === 0) return
    canvas.width = Math.round(clientWidth * window.devicePixelRatio)
    canvas.height = Math.round(clientHeight * window.devicePixelRatio)
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    const context = contextOf(canvas)
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
  } finally {
    picture.close()
  }
}

/**
 * @param src null shows an empty place
 * @param broken the image can't be read, so that there is no picture of it
 */
export const Thumbnail = ({ src, broken }: { src: string | null; broken: boolean }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  useEffect(() => {
    if (src === null || broken || !canvas.current) return
    const stop = new AbortController()
    draw(canvas.current, src, stop.signal).then(
      () => {
        if (!stop.signal.aborted) setState('shown')
      },
      () => {
        if (!stop.signal.aborted) setState('failed')
      },
    )
    return () => stop.abort()
  }, [src, broken])
  const failed = broken || state === 'failed'
  return (
    <span className="thumb">
      {failed && <ImageOff size={14} aria-hidden />}
      {src !== null && !failed && (
        <canvas ref={canvas} aria-hidden data-src={src} data-shown={state === 'shown' ? '' : undefined} />
      )}
    </span>
  )
}

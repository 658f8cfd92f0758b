/**
 * The least that a click on a picture costs in this browser on this machine: a page that has no more than one picture of 12
 * megapixels, fitted, and over it a small canvas on which the click draws a rectangle.
 */
import type { BrowserContext, Page } from '@playwright/test'

/** Runs in the page; self-contained. */
const build = ({ width, height }: { width: number; height: number }): void => {
  document.body.style.margin = '0'
  const made = (size: { width: number; height: number }) => {
    const canvas = Object.assign(document.createElement('canvas'), size)
    Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', willChange: 'transform' })
    document.body.append(canvas)
    return canvas
  }
  const large = new OffscreenCanvas(4000, 3000)
  const context = large.getContext('2d')!
  for (let y = 0; y < 3000; y += 100)
    for (let x = 0; x < 4000; x += 100) {
      context.fillStyle = `hsl(${(x * 7 + y * 3) % 360} 60% 50%)`
      context.fillRect(x, y, 100, 100)
    }
  const fitted = new OffscreenCanvas(width, height)
  fitted.getContext('2d')!.drawImage(large, 0, 0, width, height)
  made({ width, height })
    .getContext('bitmaprenderer')!
    .transferFromImageBitmap(fitted.transferToImageBitmap())
  const hand = made({ width: 256, height: 256 }).getContext('2d')!
  hand.strokeStyle = '#e69f00'
  hand.lineWidth = 2
  let at = 0
  window.addEventListener('pointerdown', () => {
    requestAnimationFrame(() => {
      at = (at + 17) % 100
      hand.clearRect(0, 0, 256, 256)
      hand.strokeRect(20 + at, 20 + at, 60, 60)
    })
  })
}

/** A page of its own beside the app's. @param size of the picture on it, CSS pixels */
export const openFloor = async (
  context: BrowserContext,
  size: { readonly width: number; readonly height: number },
): Promise<Page> => {
  const page = await context.newPage()
  await page.evaluate(build, size)
  return page
}

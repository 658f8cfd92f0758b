/** Points at the image on the stage, in image pixels, as a user does in screen pixels. */
import { expect, type Locator, type Page } from '@playwright/test'

export interface StageDriver {
  readonly element: Locator
  /** Shows an image by its name in the list and waits for its pixels. */
  openImage(name: string): Promise<void>
  /** Screen position of an image point, while the image fits the stage. */
  screenOf(x: number, y: number): Promise<{ x: number; y: number }>
  click(x: number, y: number, button?: 'left' | 'right'): Promise<void>
  drag(x0: number, y0: number, x1: number, y1: number): Promise<void>
  /** Waits for the mask of `prompts` prompts. */
  waitForMask(prompts: number): Promise<void>
  /** Waits until the image has this many objects and nothing is on its way. */
  waitForObjects(count: number): Promise<void>
}

export const driveStage = (page: Page): StageDriver => {
  const element = page.getByTestId('stage')

  const screenOf: StageDriver['screenOf'] = async (x, y) => {
    const box = await element.boundingBox()
    const scale = Number(await element.getAttribute('data-scale'))
    const size = /(\d+) × (\d+)/.exec(await page.getByTestId('statusbar').innerText())
    if (!box || !size) throw new Error('The stage shows no image.')
    const [width, height] = [Number(size[1]), Number(size[2])]
    return {
      x: box.x + box.width / 2 + (x - width / 2) * scale,
      y: box.y + box.height / 2 + (y - height / 2) * scale,
    }
  }
  return {
    element,
    screenOf,
    openImage: async (name) => {
      const row = page.getByTestId('image-row').filter({ hasText: name })
      await row.click()
      await expect(element).toHaveAttribute('data-image', (await row.getAttribute('data-image-id')) ?? '')
      await expect(element).toHaveAttribute('data-loading', 'false')
      await expect(page.getByTestId('statusbar')).toContainText(name)
      await page.keyboard.press('f')
    },
    click: async (x, y, button = 'left') => {
      const at = await screenOf(x, y)
      await page.mouse.click(at.x, at.y, { button })
    },
    drag: async (x0, y0, x1, y1) => {
      const from = await screenOf(x0, y0)
      const to = await screenOf(x1, y1)
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
      await page.mouse.move(to.x, to.y, { steps: 4 })
      await page.mouse.up()
    },
    waitForMask: async (prompts) => {
      await expect(element).toHaveAttribute('data-prompts', String(prompts))
      await expect(element).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
    },
    waitForObjects: async (count) => {
      await expect(element).toHaveAttribute('data-annotations', String(count))
      await expect(element).toHaveAttribute('data-committing', '0')
    },
  }
}

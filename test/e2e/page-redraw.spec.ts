/** Among many objects only what changes is drawn again, and it looks as if all had been. */
import { makeObjects } from '../support/make-objects.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Page } from '@playwright/test'

/** An object that was left, missed or drawn twice is ten times as much. */
const MOST = 0.0004

const SHAPES = '[data-layer=shapes]'

const waitUntilDrawn = async (page: Page) => {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await expect(page.locator(`${SHAPES}[data-drawing]`)).toHaveCount(0)
}

/**
 * The share of the canvas's bytes that differ from what they are when all is drawn anew. Where an outline crosses the
 * edge of what was drawn again, browsers smooth a few pixels of it otherwise.
 */
const differenceFromAnew = async (page: Page) => {
  await waitUntilDrawn(page)
  await page.evaluate((selector) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector)!
    const copy = document.createElement('canvas')
    copy.width = canvas.width
    copy.height = canvas.height
    copy.id = 'before'
    copy.hidden = true
    copy.getContext('2d')!.drawImage(canvas, 0, 0)
    document.body.append(copy)
    window.dispatchEvent(new Event('resize'))
  }, SHAPES)
  await waitUntilDrawn(page)
  return page.evaluate((selector) => {
    const before = document.querySelector<HTMLCanvasElement>('#before')!
    const bytesOf = (canvas: HTMLCanvasElement) => {
      const copy = document.createElement('canvas')
      copy.width = canvas.width
      copy.height = canvas.height
      const context = copy.getContext('2d')!
      context.drawImage(canvas, 0, 0)
      return context.getImageData(0, 0, copy.width, copy.height).data
    }
    const [now, anew] = [bytesOf(before), bytesOf(document.querySelector<HTMLCanvasElement>(selector)!)]
    before.remove()
    if (anew.filter((value) => value > 0).length < 10_000) throw new Error('There is hardly anything drawn.')
    return now.filter((value, at) => Math.abs(value - anew[at]!) > 2).length / anew.length
  }, SHAPES)
}

test('select, pan, zoom, delete and undo leave the objects as if all were drawn anew', async ({
  photos,
  dataFolder,
  openPhoto,
  picture,
}) => {
  const size = { width: 600, height: 400 }
  await makeObjects(photos, dataFolder, size, [{ photo: 'coffee.jpg', count: 300, vertices: 40 }])
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.waitForObjects(300)
  await page.keyboard.press('v')
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)

  await stage.click(310, 190)
  await expect(stage.element).not.toHaveAttribute('data-selected', '')
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)
  await picture(page, 'selected')

  const at = await stage.screenOf(300, 200)
  await page.mouse.move(at.x, at.y)
  await page.mouse.down({ button: 'middle' })
  await page.mouse.move(at.x + 40, at.y - 25, { steps: 5 })
  await page.mouse.up({ button: 'middle' })
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)

  await page.mouse.wheel(0, -150)
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)

  await page.keyboard.press('Delete')
  await stage.waitForObjects(299)
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(300)
  expect(await differenceFromAnew(page)).toBeLessThan(MOST)
  await picture(page, 'panned and zoomed')
  expect(problems).toEqual([])
})

/** The row of the image on screen stays in sight where the window becomes smaller, unless somebody looks elsewhere, and comes back. */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { resizeWindow } from '../support/window-size.ts'

test('the current row stays in sight when the window becomes smaller', async ({ photos, launch }) => {
  for (let at = 0; at < 30; at++)
    await cp(join(photos, 'coffee.jpg'), join(photos, `x-${String(at).padStart(2, '0')}.jpg`))
  const app = await launch()
  const { page, problems } = app
  await page.locator('[data-testid=stage][data-loading=false]:not([data-image=""])').waitFor()
  await resizeWindow(app, 1280, 900)
  await page.keyboard.press('End')
  const current = page.getByTestId('image-list').locator('[role=option][aria-selected=true]')
  await expect(current).toBeInViewport({ ratio: 1 })
  await resizeWindow(app, 900, 640)
  await expect(current).toBeInViewport({ ratio: 1 })

  const rows = page.getByTestId('image-list').getByRole('listbox')
  await rows.evaluate((list) => (list.scrollTop = 0))
  await expect(current).not.toBeInViewport()
  await resizeWindow(app, 901, 740)
  await expect(current).not.toBeInViewport()
  await expect.poll(() => rows.evaluate((list) => list.scrollTop)).toBe(0)
  expect(problems).toEqual([])
})

test('who scrolled away and goes to the image on screen by its number sees its row again', async ({
  photos,
  launch,
}) => {
  for (let at = 0; at < 30; at++)
    await cp(join(photos, 'coffee.jpg'), join(photos, `x-${String(at).padStart(2, '0')}.jpg`))
  const { page, problems } = await launch()
  await page.locator('[data-testid=stage][data-loading=false]:not([data-image=""])').waitFor()
  await page.keyboard.press('End')
  const list = page.getByTestId('image-list')
  const current = list.locator('[role=option][aria-selected=true]')
  await expect(current).toBeInViewport({ ratio: 1 })
  await list.getByRole('listbox').evaluate((rows) => (rows.scrollTop = 0))
  await expect(current).not.toBeInViewport()
  await page.keyboard.press('End')
  await expect(current).toBeInViewport({ ratio: 1 })
  expect(problems).toEqual([])
})

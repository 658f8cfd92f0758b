/** The interface scale of the desktop app: changed by keys, kept over a restart, and no part of what 1:1 means. */
import { expect, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

test('the interface scale holds over a restart; at 1:1 a pixel of the photo is one of the screen', async ({
  launch,
  picture,
}) => {
  const app = await launch()
  await driveStage(app.page).openImage('coffee.jpg')
  const before = await app.page.evaluate(() => devicePixelRatio)
  const ratio = (page: typeof app.page) => page.evaluate((usual) => devicePixelRatio / usual, before)
  for (const step of [1.1, 1.2, 1.3]) {
    await app.page.keyboard.press('Control+Alt+=')
    await expect.poll(() => ratio(app.page)).toBeCloseTo(step, 2)
  }
  await expect(app.page.getByText('Interface scale 130%')).toBeVisible()
  await picture(app.page, 'larger')
  await app.close()

  const { page, problems } = await launch()
  const stage = driveStage(page)
  await stage.openImage('coffee.jpg')
  await expect.poll(() => ratio(page)).toBeCloseTo(1.3, 2)
  await page.keyboard.press('0')
  const perPixel = async () =>
    Number(await stage.element.getAttribute('data-scale')) * (await page.evaluate(() => devicePixelRatio))
  await expect.poll(perPixel).toBeCloseTo(1, 3)
  await page.keyboard.press('Control+Alt+0')
  await expect.poll(() => ratio(page)).toBeCloseTo(1, 2)
  await page.keyboard.press('0')
  await expect.poll(perPixel).toBeCloseTo(1, 3)
  expect(problems).toEqual([])
})

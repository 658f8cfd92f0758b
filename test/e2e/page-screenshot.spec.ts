/** The README's pictures, from the running app: written to docs/ only when UPDATE_SCREENSHOT is set. */
import { join } from 'node:path'
import { driveStage } from '../support/stage.ts'
import { expect, root, test } from '../support/fixtures.ts'

test('the picture of the README can be made', async ({ openPhoto, picture }) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.drag(168, 14, 412, 312)
  await stage.waitForMask(1)
  await page.keyboard.press('3')
  await stage.waitForObjects(1)
  await stage.openImage('astronaut.jpg')
  await stage.drag(346, 2, 474, 282)
  await stage.waitForMask(1)
  await page.keyboard.press('5')
  await stage.waitForObjects(1)
  await page.keyboard.press('1')
  await stage.click(225, 105)
  await stage.waitForMask(1)
  await expect(page.getByTestId('image-row').locator('canvas[data-shown]')).toHaveCount(6)
  await picture(page, 'screenshot')
  if (process.env.UPDATE_SCREENSHOT) await page.screenshot({ path: join(root, 'docs', 'screenshot.png') })
  expect(problems).toEqual([])
})

test('the pictures of the four steps can be made', async ({ launch, picture }) => {
  const { page, problems } = await launch()
  const stage = driveStage(page)
  const step = async (name: string) => {
    await picture(page, name)
    if (process.env.UPDATE_SCREENSHOT)
      await page.screenshot({ path: join(root, 'docs', 'steps', `${name}.jpg`), type: 'jpeg', quality: 85 })
  }
  await stage.openImage('astronaut.jpg')
  await expect(page.getByTestId('image-row').locator('canvas[data-shown]')).toHaveCount(6)
  await step('1-open')
  await stage.click(225, 105)
  await stage.waitForMask(1)
  await step('2-click')
  await stage.click(225, 250, 'right')
  await stage.waitForMask(2)
  await step('3-correct')
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await page.getByTestId('export').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await step('4-export')
  expect(problems).toEqual([])
})

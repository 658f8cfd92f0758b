/** Detail after the fact: the slider on an object that the model made, tried on at once, stored as one step, never lossy. */
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

test('an outline gets another detail, and its own back', async ({ openPhoto, photos, picture }) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.click(280, 130)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [first] = readStoredObjects(photos)
  await page.keyboard.press('v')
  await page.getByTestId('object-row').first().click()
  const bar = page.getByTestId('detail-bar')
  await expect(bar).toBeVisible()
  await expect(page.getByTestId('detail-figures')).toContainText(/vertices, IoU 0\.9\d\d/)
  const finest = await page.getByTestId('detail-figures').innerText()
  await picture(page, 'selected')

  const slider = page.getByTestId('detail')
  const box = (await slider.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 })
  await expect(page.getByTestId('detail-figures')).not.toHaveText(finest)
  await picture(page, 'coarse')
  await page.mouse.up()
  await expect.poll(() => readStoredObjects(photos)[0]?.shape).not.toEqual(first?.shape)
  const coarse = readStoredObjects(photos)[0]

  await page.keyboard.press('Control+z')
  await expect.poll(() => readStoredObjects(photos)[0]?.shape).toEqual(first?.shape)
  await page.keyboard.press('Control+y')
  await expect.poll(() => readStoredObjects(photos)[0]?.shape).toEqual(coarse?.shape)
  // By keys: the outline that was comes back, vertex by vertex.
  await page.keyboard.press('Shift+D')
  await expect(slider).toBeFocused()
  await page.keyboard.press('Home')
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight')
  await expect(slider).toHaveValue('0.5')
  await expect.poll(() => readStoredObjects(photos)[0]?.shape).toEqual(first?.shape)

  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'dark')
  await page.keyboard.press('Control+,')
  await expect(page.getByTestId('settings-dialog')).toContainText('This project: 1 mask')
  await page.getByTestId('keep-masks').scrollIntoViewIfNeeded()
  await picture(page, 'settings')
  expect(problems).toEqual([])
})

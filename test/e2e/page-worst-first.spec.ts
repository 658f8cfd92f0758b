/** Doubtful objects are reviewed one after the other by keys: accepted, deleted, skipped; their images count as reviewed. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { resizeWindow } from '../support/window-size.ts'

test('a click of which the model offers masks that are unlike each other comes up for review', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  // At the rim of the coffee: the coffee, the cup, both.
  await stage.click(330, 60)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [stored] = readStoredObjects(photos)
  expect(stored?.consistency).toContain('candidates')
  await page.keyboard.press('Shift+V')
  await expect(page.getByTestId('review-bar')).toContainText('The other masks of the click were unlike it')
  await picture(page, 'candidates')
  expect(problems).toEqual([])
})

test('the worst come first, with their reasons; keys decide and go on', async ({ openPhoto, picture }) => {
  const app = await openPhoto('coins.png')
  const { page, stage, problems } = app
  const selected = page.locator('[data-testid=object-row][aria-selected=true]')
  await page.keyboard.press('r')
  await stage.drag(200, 100, 260, 160)
  await stage.waitForObjects(1)
  await page.keyboard.press('Escape')
  await stage.drag(200, 102, 260, 162)
  await stage.waitForObjects(2)
  await stage.openImage('rocket.jpg')
  await stage.drag(0, 100, 60, 160)
  await stage.waitForObjects(1)

  await page.keyboard.press('Shift+V')
  const bar = page.getByTestId('review-bar')
  await expect(bar).toContainText('Covers another person')
  await expect(page.getByTestId('review-count')).toHaveText('1 of 3')
  await expect(page.getByTestId('object-row')).toHaveCount(2)
  await expect(selected).toHaveCount(1)
  await picture(page, 'review')
  expect(await faultsOf(page, 'review')).toEqual([])
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
  await picture(page, 'review-dark')
  await resizeWindow(app, 900, 640)
  await picture(page, 'review-small')

  await test.step('skipped, and back', async () => {
    await page.keyboard.press('.')
    await expect(page.getByTestId('review-count')).toHaveText('2 of 3')
    await page.keyboard.press(',')
    await expect(page.getByTestId('review-count')).toHaveText('1 of 3')
    await expect(selected).toHaveCount(1)
  })
  await test.step('one of the two goes, the other stays: the image is reviewed', async () => {
    await page.keyboard.press('Delete')
    await expect(page.getByTestId('review-count')).toHaveText('2 of 3')
    await expect(page.getByTestId('object-row')).toHaveCount(1)
    await page.keyboard.press('y')
    await expect(bar).toContainText('Touches the edge of the image')
    await expect(
      page.getByTestId('image-row').filter({ hasText: 'coins.png' }).getByTestId('image-reviewed'),
    ).toBeVisible()
  })
  await page.keyboard.press('y')
  await expect(bar).toContainText('All are decided')
  await picture(page, 'decided')
  await page.keyboard.press('Shift+V')
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('Shift+V')
  await expect(bar).toContainText('Nothing is doubtful')
  expect(problems).toEqual([])
})

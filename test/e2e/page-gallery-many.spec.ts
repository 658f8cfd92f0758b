/** A class of a thousand objects in the gallery: a few cells at a time, and any place at once. */
import { expect, test } from '../support/fixtures.ts'
import { makeObjects } from '../support/make-objects.ts'

const labelled = ['coffee.jpg', 'coins.png', 'cat.jpg', 'rocket.jpg']
const CLASSES = 6
const EACH = 1500

test('a thousand crops are gone through from the first to the last', async ({
  openPhoto,
  photos,
  dataFolder,
  picture,
}) => {
  const wanted = labelled.map((photo) => ({ photo, count: EACH, vertices: 8 }))
  await makeObjects(photos, dataFolder, { width: 380, height: 280 }, wanted)
  const { page, problems } = await openPhoto('galaxies.jpg')
  await page.keyboard.press('Alt+K')
  await expect(page.getByTestId('gallery-dialog')).toContainText('No image has an object of this class yet.')
  await page.getByTestId('gallery-of').selectOption({ label: 'class 1' })
  await expect(page.getByTestId('gallery-count')).toHaveText('1,000 objects')
  const crops = page.getByTestId('gallery-cell')
  const allAreShown = () =>
    expect(page.locator('[data-testid="gallery-cell"]:not([data-shown])')).toHaveCount(0)

  await expect(crops.first()).toHaveAttribute('data-shown')
  await allAreShown()
  await picture(page, 'first')
  await page.keyboard.press('End')
  await expect(crops.last()).toHaveAttribute('aria-posinset', String((EACH * labelled.length) / CLASSES))
  await allAreShown()
  await picture(page, 'last')
  expect(await crops.count()).toBeLessThan(150)
  for (let pages = 0; pages < 5; pages++) await page.keyboard.press('PageUp')
  await allAreShown()
  await page.keyboard.press('Home')
  await expect(crops.first()).toHaveAttribute('aria-posinset', '1')
  await allAreShown()
  expect(problems).toEqual([])
})

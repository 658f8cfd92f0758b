/** Images side by side with their objects, and the objects of a class across images: found, selected, changed, opened. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('images and objects are seen side by side; a class is changed for several objects and taken back', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  const rows = page.getByTestId('object-row')
  const draw = async (x: number, y: number, side: number) => {
    const before = await rows.count()
    await stage.drag(x, y, x + side, y + side)
    await page.keyboard.press('Enter')
    await expect(rows).toHaveCount(before + 1)
  }
  await page.keyboard.press('r')
  await draw(20, 20, 50)
  await draw(110, 20, 60)
  await draw(200, 20, 40)
  await stage.openImage('coffee.jpg')
  await draw(100, 100, 150)

  const grid = page.getByTestId('grid-dialog')
  const cells = grid.getByTestId('grid-cell')
  await test.step('the grid draws the objects of each image', async () => {
    await page.keyboard.press('Alt+I')
    await expect(cells).toHaveCount(6)
    await expect
      .poll(() => cells.evaluateAll((all) => all.map((one) => one.dataset.drawn)))
      .toEqual(['0', '0', '1', '3', '0', '0'])
    await picture(page, 'grid')
    expect(await faultsOf(page, 'grid')).toEqual([])
    await page.keyboard.press('ArrowRight')
    await expect(cells.nth(3)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(grid).toHaveCount(0)
    await expect(rows).toHaveCount(3)
  })

  await test.step('the gallery shows all objects of the class', async () => {
    await page.keyboard.press('Alt+K')
    const crops = page.getByTestId('gallery-cell')
    await expect(crops).toHaveCount(4)
    await expect(page.locator('[data-testid="gallery-cell"][data-shown]')).toHaveCount(4)
    await page.getByTestId('gallery-order').selectOption({ label: 'Largest first' })
    await expect(page.getByTestId('gallery-selected')).toHaveText('Nothing selected')
    await expect(page.locator('[data-testid="gallery-cell"][data-shown]')).toHaveCount(4)
    await crops.nth(1).click()
    await crops.nth(3).click({ modifiers: ['Shift'] })
    await expect(page.getByTestId('gallery-selected')).toHaveText('3 objects selected')
    await picture(page, 'gallery')
    expect(await faultsOf(page, 'gallery')).toEqual([])
    await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
    await picture(page, 'gallery-dark')
    await page.keyboard.press('2')
    await expect(crops).toHaveCount(1)
    await expect(page.getByTestId('gallery-selected')).toContainText('3 objects of class cat now')
    await page.keyboard.press('Control+Z')
    await expect(crops).toHaveCount(4)
  })

  await test.step('the largest one is opened in its image, selected', async () => {
    const crops = page.getByTestId('gallery-cell')
    await expect(page.locator('[data-testid="gallery-cell"][data-shown]')).toHaveCount(4)
    await crops.first().dblclick()
    await expect(page.getByTestId('gallery-dialog')).toHaveCount(0)
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toHaveAttribute('aria-selected', 'true')
  })
  expect(problems).toEqual([])
})

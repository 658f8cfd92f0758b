/** The project is checked, and what is wrong is shown and repaired, and the repair taken back. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('what is wrong is listed by kind, opened, repaired, and the repair undone', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  await page.keyboard.press('r')
  await stage.drag(30, 20, 90, 80)
  await stage.waitForObjects(1)
  await page.keyboard.press('Escape')
  await stage.drag(30, 20, 90, 80)
  await stage.waitForObjects(2)
  await stage.openImage('rocket.jpg')
  await page.keyboard.press('m')
  await expect(page.getByTestId('done-chip')).toHaveAttribute('aria-pressed', 'true')

  await page.keyboard.press('Control+Shift+K')
  await expect(page.getByTestId('check-duplicate').getByTestId('finding')).toHaveCount(1)
  await expect(page.getByTestId('check-empty-done').getByTestId('finding')).toHaveCount(1)
  await expect(page.getByTestId('check-unused-class')).toBeVisible()
  await picture(page, 'checks')
  expect(await faultsOf(page, 'checks')).toEqual([])
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
  await picture(page, 'checks-dark')

  await test.step('a finding is opened with its objects selected', async () => {
    await page.getByTestId('check-duplicate').getByRole('button', { name: /coins/ }).click()
    await expect(page.getByTestId('checks-dialog')).toHaveCount(0)
    await expect(page.locator('[data-testid=object-row][aria-selected=true]')).toHaveCount(1)
  })

  await test.step('repaired, and taken back', async () => {
    await page.keyboard.press('Control+Shift+K')
    await page.getByTestId('repair-duplicate').click()
    await expect(page.getByTestId('check-duplicate')).toHaveCount(0)
    await expect(page.getByTestId('object-row')).toHaveCount(1)
    await picture(page, 'repaired')
    await page.getByTestId('repair-undo').click()
    await expect(page.getByTestId('check-duplicate').getByTestId('finding')).toHaveCount(1)
    await expect(page.getByTestId('object-row')).toHaveCount(2)
  })
  expect(problems).toEqual([])
})

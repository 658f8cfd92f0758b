/** What is said of a class shows what its objects look like. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('the dialog of a class shows its largest objects as crops; one without objects shows none', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('Shift+F2')
  const dialog = page.getByTestId('edit-class-dialog')
  await expect(dialog.getByLabel('Description')).toBeVisible()
  await expect(dialog.getByRole('list', { name: /Examples/ })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.keyboard.press('R')
  await stage.drag(150, 40, 420, 330)
  await stage.waitForObjects(1)
  await page.keyboard.press('Shift+F2')
  const examples = dialog.getByRole('list', { name: 'Examples of person' })
  await expect(examples.locator('li[data-shown]')).toHaveCount(1)
  await picture(page, 'examples')
  expect(await faultsOf(page, 'class with examples')).toEqual([])
  expect(problems).toEqual([])
})

/** Attributes: defined for a class, given to several objects by keys, shown, and found by the filter. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('attributes of a class are chosen by digits for several objects, shown, filtered and undone', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  const rows = page.getByTestId('object-row')
  await page.keyboard.press('r')
  await stage.drag(20, 20, 60, 60)
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(1)
  await stage.drag(100, 20, 140, 60)
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(2)

  await page.keyboard.press('Shift+F2')
  const dialog = page.getByTestId('edit-class-dialog')
  await page.getByTestId('add-attribute').click()
  await page.keyboard.type('metal')
  await dialog.getByLabel('Choices of attribute 1').fill('gold, silver')
  await page.getByTestId('add-attribute').click()
  await page.keyboard.type('worn')
  await dialog.getByLabel('Type of attribute 2').selectOption('yes-no')
  expect(await faultsOf(page, 'edit-class')).toEqual([])
  await page.getByTestId('edit-class-keep').click()
  await expect(dialog).toHaveCount(0)

  await page.keyboard.press('Control+A')
  await expect(page.getByTestId('object-count')).toHaveText('2 of 2 selected')
  await page.keyboard.press('Alt+A')
  await page.keyboard.press('2')
  await page.keyboard.press('y')
  await expect(rows.getByTestId('object-told')).toHaveText(['silver, worn', 'silver, worn'])
  await picture(page, 'attributes')
  expect(await faultsOf(page, 'attributes')).toEqual([])

  const filter = page.getByTestId('image-filter')
  await filter.fill('attr:metal=s')
  await page.getByRole('option', { name: 'attr:metal=silver' }).click()
  await expect(page.getByTestId('image-row')).toHaveCount(1)
  await filter.fill('attr:metal=gold')
  await expect(page.getByTestId('image-row')).toHaveCount(0)
  await filter.fill('')
  await expect(page.getByTestId('image-row')).toHaveCount(6)
  await filter.blur()

  await page.keyboard.press('Control+Z')
  await expect(rows.getByTestId('object-told')).toHaveText(['silver', 'silver'])
  expect(problems).toEqual([])
})

/** Keys are changed by pressing them, a key of two commands is told, a preset is taken and taken back, and a restart keeps it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

test('a key is changed, and counts everywhere', async ({ launch, picture, dataFolder }) => {
  const first = await launch()
  const { page } = first
  const stage = driveStage(page)
  await stage.openImage('coffee.jpg')
  await page.keyboard.press('?')
  await page.getByTestId('shortcuts-change').click()
  const dialog = page.getByTestId('keys-dialog')
  await expect(dialog).toBeVisible()
  await picture(page, 'keys')

  const row = dialog.getByTestId('key-flag')
  await dialog.getByTestId('keys-search').fill('flag')
  await row.getByTestId('key-add').click()
  await expect(row.getByTestId('key-asked')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row.getByTestId('key-asked')).toHaveCount(0)
  await row.getByRole('button', { name: /change this key/ }).click()
  await page.keyboard.press('d')
  await expect(dialog.getByTestId('key-conflict')).toContainText('Next image')
  await picture(page, 'conflict')
  await dialog.getByTestId('key-take').click()
  await expect(dialog.getByTestId('key-conflict')).toHaveCount(0)
  await expect(row).toContainText('D')
  await expect(dialog.getByRole('radio', { name: 'Your own' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  // The new key flags, and goes to no next image; the tooltip has it.
  await page.keyboard.press('d')
  await expect(page.getByTestId('flag-note')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByTestId('mark-flag').hover()
  await expect(page.getByRole('tooltip')).toContainText('D')
  await picture(page, 'tooltip')

  await page.keyboard.press('?')
  await page.getByTestId('shortcuts-change').click()
  await dialog.getByRole('radio', { name: 'CVAT' }).click()
  await expect(dialog.getByRole('radio', { name: 'CVAT' })).toBeChecked()
  await picture(page, 'preset')
  await page.getByTestId('keys-undo').click()
  await expect(dialog.getByRole('radio', { name: 'Your own' })).toBeChecked()
  await dialog.getByRole('radio', { name: 'CVAT' }).click()
  await expect(dialog.getByRole('radio', { name: 'CVAT' })).toBeChecked()
  // Kept before the app is closed: a radio button shows it at once.
  await expect.poll(() => readFile(join(dataFolder, 'settings.json'), 'utf8')).toContain('"go-to-image"')
  await first.close()

  const second = await launch()
  await expect(second.page.getByTestId('stage')).toHaveAttribute('data-loading', 'false')
  const position = second.page.getByTestId('image-position')
  await expect(position).toHaveText(/^3 of/)
  await second.page.keyboard.press('f')
  await expect(position).toHaveText(/^4 of/)
  expect([...first.problems, ...second.problems]).toEqual([])
})

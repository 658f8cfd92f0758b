/** The language of the window: switched at once with a draft on the stage, and kept. */
import { expect, test } from '../support/fixtures.ts'

test('the window speaks German at once, the draft stays, and it speaks it again when it is opened', async ({
  openPhoto,
  launch,
}) => {
  const first = await openPhoto('coffee.jpg')
  const { page, stage } = first
  await stage.click(300, 200)
  await stage.waitForMask(1)

  await page.keyboard.press('Control+,')
  await page.getByRole('combobox', { name: 'Language' }).focus()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toHaveValue('de')
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toBeFocused()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.keyboard.press('Escape')
  await expect(stage.element).toHaveAttribute('data-status', 'ready')
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await first.close()

  const second = await launch()
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'de')
})

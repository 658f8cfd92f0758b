/** A detector dropped on the window: what it is, what it finds here, its classes, and a run that ends in proposals. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { faultsOf } from '../support/axe.ts'
import { coinDetector } from '../support/coin-detector.ts'
import { expect, test } from '../support/fixtures.ts'
import { writeTinyWords } from '../support/tiny-words.ts'
import { writeTwoFields } from '../support/two-fields.ts'

/** Drops the file on the window, and waits for the dialog to have its path. */
const dropDetector = async (page: Page, shell: 'electron' | 'web', model: string) => {
  await page.evaluate(() => {
    const input = document.body.appendChild(document.createElement('input'))
    input.type = 'file'
    input.id = 'test-drop'
  })
  await page.locator('#test-drop').setInputFiles(model)
  await page.evaluate(() => {
    const { files } = document.querySelector<HTMLInputElement>('#test-drop')!
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(files![0]!)
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  const dialog = page.getByTestId('detect-dialog')
  await expect(dialog).toBeVisible()
  // A browser does not tell where a dropped file lies.
  if (shell === 'web') await page.getByTestId('detect-path').fill(model)
  await page.locator('#test-drop').evaluate((input) => input.remove())
  return dialog
}

test('a detector that is dropped labels the folder with proposals', async ({
  openPhoto,
  temporary,
  shell,
  picture,
}) => {
  const model = join(temporary, 'coins.onnx')
  await writeFile(model, coinDetector())
  const { page, problems } = await openPhoto('coins.png')
  const dialog = await dropDetector(page, shell, model)

  await expect(page.getByTestId('detect-kind')).toContainText('YOLOv8, v9, 11 or 12')
  const preview = page.getByTestId('detect-picture')
  await expect(preview).toHaveAttribute('data-finds', '24')
  const texts = { light: 'rgb(27, 27, 32)', dark: 'rgb(236, 236, 240)' } as const
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme)
    await expect(dialog.getByText('As proposals')).toHaveCSS('color', texts[theme])
    await picture(page, `detect-${theme}`)
    expect(await faultsOf(page, theme)).toEqual([])
  }
  // The surer ones alone, by the keys.
  await page.getByTestId('detect-score').press('End')
  await expect(preview).toHaveAttribute('data-finds', '22')
  await page.getByTestId('detect-score').fill('0.25')
  await page.getByLabel('Class for coin').fill('money')
  await dialog.getByRole('radio', { name: 'This image' }).press('Enter')
  await page.getByTestId('detect-run').press('Enter')

  await expect(dialog).toBeHidden()
  await expect(page.getByTestId('detect-card')).toHaveAttribute('data-state', 'done')
  await expect(page.getByTestId('proposals')).toContainText('24 proposals')
  await expect(page.getByTestId('object-row').first()).toContainText('money')
  await picture(page, 'proposed')
  await page.getByTestId('detect-undo-all').click()
  await expect(page.getByTestId('proposals')).toHaveCount(0)
  expect(problems).toEqual([])
})

test('the dialog opens by its keys, and a path that is only begun asks nothing', async ({ openPhoto }) => {
  const { page } = await openPhoto('coins.png')
  await page.keyboard.press('Control+Shift+D')
  await page.getByTestId('detect-path').fill('/half/of/a/path')
  await expect(page.getByTestId('detect-run')).toBeDisabled()
  await expect(page.getByTestId('detect-error')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('detect-dialog')).toBeHidden()
})

test('a detector by words finds what is typed, and makes masks of it', async ({
  openPhoto,
  photos,
  temporary,
  shell,
  picture,
}) => {
  const model = writeTinyWords(join(temporary, 'words'), 'grounding-dino')
  writeTwoFields(join(photos, 'aaa.png'))
  const { page, problems } = await openPhoto('aaa.png')
  const dialog = await dropDetector(page, shell, model)
  await expect(page.getByTestId('detect-kind')).toContainText('Grounding DINO, by words')
  await expect(page.getByTestId('detect-status')).toHaveText('Say what it is to find.')
  await expect(page.getByTestId('detect-run')).toBeDisabled()
  const words = page.getByTestId('detect-words')
  await words.fill('blue. green.')
  const preview = page.getByTestId('detect-picture')
  await expect(preview).toHaveAttribute('data-finds', '1')
  await words.fill('red. blue.')
  // Not before it is known what these are.
  await expect(page.getByTestId('detect-run')).toBeDisabled()
  await expect(preview).toHaveAttribute('data-finds', '2')
  await expect(words).toBeFocused()
  const texts = { light: 'rgb(27, 27, 32)', dark: 'rgb(236, 236, 240)' } as const
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme)
    await expect(page.getByText('As proposals')).toHaveCSS('color', texts[theme])
    await picture(page, `words-${theme}`)
    expect(await faultsOf(page, theme)).toEqual([])
  }
  await dialog.getByRole('radio', { name: 'Masks from boxes' }).press('Enter')
  await dialog.getByRole('radio', { name: 'This image' }).press('Enter')
  await page.getByTestId('detect-run').press('Enter')
  await expect(page.getByTestId('detect-card')).toHaveAttribute('data-state', 'done')
  await expect(page.getByTestId('proposals')).toContainText('2 proposals')
  expect(problems).toEqual([])
})

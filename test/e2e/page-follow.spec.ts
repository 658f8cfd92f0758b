/** An object is taken to the next image and then through all, as proposals, with the real model. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { driveStage } from '../support/stage.ts'
import { writeCoinFilm } from '../support/coin-film.ts'
import { expect, test } from '../support/fixtures.ts'

test('a coin is followed to the next image, and through the rest', async ({ photos, launch, picture }) => {
  for (const name of await readdir(photos)) await rm(join(photos, name))
  await writeCoinFilm(photos, 6)
  const { page, problems } = await launch()
  const stage = driveStage(page)
  await stage.openImage('frame-0.png')
  await stage.drag(90, 165, 217, 295)
  await stage.waitForMask(1)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)

  await page.keyboard.press('Shift+X')
  await expect(page.getByTestId('statusbar')).toContainText('frame-1.png')
  await expect(page.getByTestId('proposals')).toContainText('1 proposal')
  await page.keyboard.press('Shift+Y')
  await expect(page.getByTestId('proposals')).toHaveCount(0)

  await page.keyboard.press('Alt+X')
  const card = page.getByTestId('follow-card')
  await expect(card).toHaveAttribute('data-state', 'done')
  await expect(card).toContainText('4 proposals in 4 images.')
  await page.keyboard.press('d')
  await expect(page.getByTestId('proposals')).toContainText('1 proposal')
  const row = page.getByTestId('object-row')
  await expect(row).not.toHaveAttribute('data-doubtful')

  // Nobody is as sure as that.
  await page.keyboard.press('Control+,')
  await page.getByLabel('Doubtful when followed, percent').fill('100')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(row).toHaveAttribute('data-doubtful')
  await page.keyboard.press('Shift+Q')
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme)
    await picture(page, `followed-${theme}`)
  }
  await page.getByTestId('follow-undo-all').click()
  await expect(page.getByTestId('proposals')).toHaveCount(0)
  expect(problems).toEqual([])
})

/** Brightness, contrast and gamma of the view: sliders, keys, reset, remembered; the picture itself stays as it is. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { writeTiff } from '../support/tiff-writer.ts'

/** The mean of the middle of the stage as it is on screen, 0-255. */
const brightnessOf = async (page: Page): Promise<number> => {
  const box = (await page.getByTestId('stage').boundingBox())!
  const clip = { x: box.x + box.width / 2 - 40, y: box.y + box.height / 2 - 40, width: 80, height: 80 }
  const png = (await page.screenshot({ clip })).toString('base64')
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { data: values } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    return (
      values.reduce((sum, value, index) => (index % 4 === 3 ? sum : sum + value), 0) /
      ((values.length * 3) / 4)
    )
  }, png)
}

test('a dark photo is made brighter, for its folder and then alone, and shown as it is again', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('galaxies.jpg')
  await page.mouse.move(5, 5)
  const plain = await brightnessOf(page)
  await page.keyboard.press('Shift+B')
  await expect(page.getByTestId('levels')).toBeVisible()
  const gamma = page.getByTestId('levels-gamma')
  await gamma.fill('40')
  await expect.poll(() => brightnessOf(page)).toBeGreaterThan(plain + 15)
  await picture(page, 'levels')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'levels-dark')
  // By the keyboard, and for this image alone.
  await page.getByTestId('levels-own').check()
  await gamma.focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
  await expect(gamma).toHaveValue('45')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('levels')).toBeHidden()

  await stage.openImage('rocket.jpg')
  await page.keyboard.press('Shift+B')
  await expect(gamma).toHaveValue('40')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+Shift+B')
  await page.keyboard.press('Shift+B')
  await expect(gamma).toHaveValue('0')
  await page.keyboard.press('Escape')
  await stage.openImage('galaxies.jpg')
  await page.keyboard.press('Shift+B')
  await expect(gamma).toHaveValue('45')
  await page.getByTestId('levels-reset').click()
  await page.keyboard.press('Escape')
  await page.mouse.move(5, 5)
  await expect.poll(() => brightnessOf(page)).toBeCloseTo(plain, 0)
  expect(problems).toEqual([])
})

test('one channel of the photo is shown as greys, by the panel and by its key', async ({
  openPhoto,
  picture,
}) => {
  const { page, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('Shift+B')
  const channel = page.getByTestId('levels-channel')
  await channel.getByRole('radio', { name: 'Blue' }).click()
  await page.mouse.move(5, 5)
  const blue = await brightnessOf(page)
  await picture(page, 'blue')
  await channel.getByRole('radio', { name: 'Red' }).click()
  await page.mouse.move(5, 5)
  // The cup stands on red.
  await expect.poll(() => brightnessOf(page)).toBeGreaterThan(blue + 10)
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'red-dark')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+c')
  await page.keyboard.press('Shift+B')
  await expect(channel.getByRole('radio', { name: 'Green' })).toBeChecked()
  expect(problems).toEqual([])
})

test('bands and the stretch of a deep picture are chosen by hand; undo takes the stretch back', async ({
  photos,
  openPhoto,
  picture,
}) => {
  const [width, height] = [240, 160]
  const size = width * height
  // The fourth band is bright, the others dark.
  const bands = Uint8Array.from({ length: size * 5 }, (_, at) => (at % 5 === 3 ? 220 : 30))
  writeFileSync(join(photos, 'bands.tif'), writeTiff({ width, height, channels: 5, bands: true }, bands))
  const greys = Uint16Array.from({ length: size }, (_, at) => 400 + 10 * (at % width))
  writeFileSync(join(photos, 'deep.tif'), writeTiff({ width, height, channels: 1 }, greys))
  const { page, stage, problems } = await openPhoto('bands.tif')
  await page.mouse.move(5, 5)
  await expect.poll(() => brightnessOf(page)).toBeCloseTo(30, -1)
  await page.keyboard.press('Shift+B')
  await page.getByRole('radio', { name: 'False colour 4 3 2' }).click()
  await expect.poll(() => brightnessOf(page)).toBeGreaterThan(80)
  await expect(page.getByTestId('band-red')).toHaveValue('4')
  await page.getByTestId('band-green').selectOption('4')
  await page.getByTestId('band-blue').selectOption('4')
  await expect.poll(() => brightnessOf(page)).toBeGreaterThan(200)
  await picture(page, 'bands')
  await page.keyboard.press('Escape')

  await stage.openImage('deep.tif')
  await page.mouse.move(5, 5)
  // The middle of a ramp.
  await expect.poll(() => brightnessOf(page)).toBeCloseTo(127, -1)
  await page.keyboard.press('Shift+B')
  await expect(page.getByTestId('stretch-white')).toHaveValue('2790')
  await expect(page.getByTestId('bands')).toBeHidden()
  await page.getByTestId('stretch-white').fill('1600')
  await page.getByTestId('stretch-white').press('Enter')
  await expect(page.getByTestId('stretch-found')).toBeEnabled()
  await picture(page, 'stretch')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'stretch-dark')
  await page.keyboard.press('Escape')
  await expect.poll(() => brightnessOf(page)).toBeGreaterThan(220)
  await page.keyboard.press('Control+z')
  await expect.poll(() => brightnessOf(page)).toBeCloseTo(127, -1)
  expect(problems).toEqual([])
})

/** Pictures that no browser shows: JPEG 2000, HEIC and a TIFF of five bands are listed, shown, and segmented by a click. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, root, test } from '../support/fixtures.ts'
import { writeHeifGrid } from '../support/heif-writer.ts'
import { driveStage } from '../support/stage.ts'
import { writeTiff } from '../support/tiff-writer.ts'

const [WIDTH, HEIGHT, BANDS] = [240, 160, 5]

/** A bright disk on a dark ground, in bands that differ. */
const disk = () =>
  Uint16Array.from({ length: WIDTH * HEIGHT * BANDS }, (_, index) => {
    const [pixel, band] = [Math.floor(index / BANDS), index % BANDS]
    const far = Math.hypot((pixel % WIDTH) - 120, Math.floor(pixel / WIDTH) - 80)
    return far < 50 ? 3600 - 500 * band : 300 + 100 * band
  })

test('JPEG 2000, HEIC and a TIFF of five bands', async ({ launch, photos, picture }) => {
  await cp(join(root, 'test', 'fixtures', 'images', 'rgb.jp2'), join(photos, 'quarters.jp2'))
  const tile = await readFile(join(root, 'test', 'fixtures', 'images', 'quarters.heic'))
  const tiles = { columns: 3, rows: 2, side: 64, width: 180, height: 120, turns: 1 }
  await writeFile(join(photos, 'phone.HEIC'), writeHeifGrid(tile, tiles))
  const shape = { width: WIDTH, height: HEIGHT, channels: BANDS, bands: true, planar: true, rows: 16 }
  await writeFile(join(photos, 'field.tif'), writeTiff(shape, disk()))
  const { page, problems } = await launch()
  const stage = driveStage(page)
  await stage.openImage('quarters.jp2')
  await expect(page.getByTestId('statusbar')).toContainText('48 × 32')
  await picture(page, 'jp2')
  await stage.click(10, 8)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await stage.openImage('phone.HEIC')
  await expect(page.getByTestId('statusbar')).toContainText('120 × 180')
  await picture(page, 'heic')
  await stage.click(15, 15)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await stage.openImage('field.tif')
  await expect(page.getByTestId('statusbar')).toContainText('240 × 160')
  await stage.click(120, 80)
  await stage.waitForMask(1)
  await picture(page, 'bands')
  await page.keyboard.press('2')
  await stage.waitForObjects(1)
  for (const name of ['quarters.jp2', 'phone.HEIC', 'field.tif'])
    await expect(page.getByTestId('image-row').filter({ hasText: name }).locator('img, canvas')).toBeVisible()
  await picture(page, 'listed')
  expect(problems).toEqual([])
})

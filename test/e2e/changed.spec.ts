/** A photo that another program changes while its objects are on screen: said, marked, settled by a choice, undone. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

test('halved by another program: the window says so, scales the objects, and undo asks again', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(100, 100, 200, 180)
  await stage.waitForObjects(1)
  const size = async () =>
    /(\d+) × (\d+)/
      .exec(await page.getByTestId('statusbar').innerText())!
      .slice(1)
      .map(Number)
  const [width, height] = (await size()) as [number, number]

  const file = join(photos, 'coffee.jpg')
  const half = new Transformer(readFileSync(file)).resize(Math.round(width / 2), Math.round(height / 2))
  writeFileSync(file, await half.jpeg())
  utimesSync(file, 1_700_000_000, 1_700_000_000)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))

  const banner = page.getByTestId('changed-banner')
  await expect(banner).toContainText(
    `it was ${width} × ${height} pixels and has ${Math.round(width / 2)} × ${Math.round(height / 2)} now`,
  )
  await expect(page.locator('[data-testid=image-row][data-changed]')).toHaveText(/coffee/)
  await expect(stage.element).toHaveAttribute('data-loading', 'false')
  await picture(page, 'changed')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'changed-dark')
  await page.setViewportSize({ width: 900, height: 640 }).catch(() => undefined)
  await picture(page, 'changed-small')

  const before = readStoredObjects(photos)[0]!.shape
  await page.getByTestId('settle-scale').click()
  await expect(banner).toBeHidden()
  await expect.poll(() => readStoredObjects(photos)[0]!.shape).not.toEqual(before)
  const after = readStoredObjects(photos)[0]!.shape
  if (before.type !== 'rectangle' || after.type !== 'rectangle') throw new Error('It is a rectangle.')
  expect(after.width / before.width).toBeCloseTo(0.5, 2)
  expect(after.x / before.x).toBeCloseTo(0.5, 2)
  await expect(page.locator('[data-testid=image-row][data-changed]')).toHaveCount(0)
  await picture(page, 'scaled')

  await page.keyboard.press('Control+z')
  await expect(banner).toBeVisible()
  await expect.poll(() => readStoredObjects(photos)[0]!.shape).toEqual(before)
  expect(problems).toEqual([])
})

/** Photos that another program changes under their objects: said, marked, settled by a choice, one or all, undone. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import type { Shape } from '../../common/model.ts'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

const halve = async (file: string, width: number, height: number) =>
  writeFileSync(file, await new Transformer(readFileSync(file)).resize(width, height).jpeg())

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
  await halve(file, Math.round(width / 2), Math.round(height / 2))
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

test('two of three changed: one choice for all of them, and one undo', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  for (const name of ['coffee.jpg', 'galaxies.jpg', 'rocket.jpg']) {
    await stage.openImage(name)
    await page.keyboard.press('r')
    await stage.drag(100, 100, 200, 180)
    await stage.waitForObjects(1)
  }
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(3)
  const shapes = () => readStoredObjects(photos).map(({ shape }) => shape)
  const before = shapes()
  await halve(join(photos, 'coffee.jpg'), 300, 200)
  await halve(join(photos, 'rocket.jpg'), 320, 214)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByTestId('changed-banner')).toBeVisible()
  const all = page.getByTestId('settle-all')
  await expect(all).toHaveText('All 2 changed photos')
  await page.setViewportSize({ width: 900, height: 640 }).catch(() => undefined)
  await all.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await picture(page, 'all-changed')
  await page.getByTestId('menu-settle-all-follow').click()
  const card = page.getByTestId('settle-card')
  await expect(card).toContainText('2 objects on 2 photos moved with their pictures.')
  await expect(page.getByTestId('changed-banner')).toBeHidden()
  await picture(page, 'all-settled')
  const widths = (of: readonly Shape[]) => of.map((shape) => (shape.type === 'rectangle' ? shape.width : 0))
  const made = widths(before)
  for (const [index, width] of widths(shapes()).entries())
    expect(width / made[index]!).toBeCloseTo(index === 1 ? 1 : 0.5, 1)

  await page.getByTestId('settle-undo-all').click()
  await expect(page.getByTestId('changed-banner')).toBeVisible()
  await expect.poll(shapes).toEqual(before)
  // Below the chips, although the banner moves them.
  const toast = page.locator('[data-sonner-toast]').first()
  await expect(toast).toContainText('Changed photos undone: 2 objects.')
  const chip = (await page.getByTestId('done-chip').boundingBox())!
  await expect.poll(async () => (await toast.boundingBox())!.y).toBeGreaterThanOrEqual(chip.y + chip.height)
  await picture(page, 'all-undone')
  expect(problems).toEqual([])
})

/** Masks mended by hand: added to and taken away from with each tool, and as wholes; each step is one undo. */
import type { Page } from '@playwright/test'
import { areaOf, partsOf } from '../../common/geometry/measure.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'
import type { StageDriver } from '../support/stage.ts'

/** A drag that stops before its release, for a look at it. */
const hold = async (page: Page, stage: StageDriver, x0: number, y0: number, x1: number, y1: number) => {
  const [from, to] = [await stage.screenOf(x0, y0), await stage.screenOf(x1, y1)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
}

test('Shift adds and Alt takes away, with the rectangle, the polygon and the smart tool', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const shape = () => readStoredObjects(photos)[0]!.shape
  await page.keyboard.press('r')
  await stage.drag(100, 60, 300, 200)
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  await picture(page, 'drawn')

  await page.keyboard.down('Shift')
  await hold(page, stage, 260, 150, 420, 300)
  await picture(page, 'adding')
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect.poll(() => Math.round(areaOf(shape()) / 100)).toBe(500)

  await page.keyboard.press('p')
  await page.keyboard.down('Alt')
  await stage.click(140, 90)
  await page.keyboard.up('Alt')
  for (const [x, y] of [
    [240, 90],
    [240, 170],
    [140, 170],
  ] as const)
    await stage.click(x, y)
  await picture(page, 'taking-away')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'taking-away-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('Enter')
  await expect.poll(() => partsOf(shape())[0]!.holes.length).toBe(1)
  await picture(page, 'with-a-hole')

  // The cup's saucer is not asked about: any mask of the model will do.
  await page.keyboard.press('s')
  await page.keyboard.down('Shift')
  await stage.click(480, 120)
  await page.keyboard.up('Shift')
  await stage.waitForMask(1)
  await expect(page.getByTestId('stage-hint')).toContainText('add to the object')
  await picture(page, 'adding-a-mask')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await expect.poll(() => areaOf(shape())).toBeGreaterThan(50_000)

  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z')
  await expect.poll(() => shape().type).toBe('rectangle')
  expect(problems).toEqual([])
})

test('the brush paints and erases; a key grows the object', async ({ openPhoto, photos, picture }) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const shape = () => readStoredObjects(photos)[0]!.shape
  await page.keyboard.press('b')
  for (let i = 0; i < 4; i++) await page.keyboard.press(']')
  await stage.drag(150, 100, 300, 110)
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  await hold(page, stage, 300, 110, 320, 250)
  await picture(page, 'painting')
  await page.mouse.up()
  await expect.poll(() => areaOf(shape())).toBeGreaterThan(11_000)

  await page.keyboard.down('Alt')
  await hold(page, stage, 220, 60, 230, 180)
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'erasing-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.mouse.up()
  const before = await page.getByTestId('stage-hint').innerText()
  const at = await stage.screenOf(300, 300)
  await page.mouse.move(at.x, at.y)
  await page.mouse.wheel(0, -300)
  await page.keyboard.up('Alt')
  expect(before).toContain('erase')
  await expect.poll(() => partsOf(shape()).length).toBe(2)
  await picture(page, 'erased')
  const erased = areaOf(shape())
  await page.keyboard.press('g')
  await expect.poll(() => areaOf(shape())).toBeGreaterThan(erased)
  await page.keyboard.press('Control+z')
  await expect.poll(() => areaOf(shape())).toBe(erased)
  expect(problems).toEqual([])
})

test('an outline is redrawn, a hole chosen and deleted, an object cut in two', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const shape = () => readStoredObjects(photos)[0]!.shape
  await page.keyboard.press('r')
  await stage.drag(100, 60, 400, 300)
  await stage.waitForObjects(1)
  await page.keyboard.down('Alt')
  await stage.drag(200, 120, 300, 200)
  await page.keyboard.up('Alt')
  await expect.poll(() => partsOf(shape())[0]!.holes.length).toBe(1)

  await page.keyboard.press('v')
  await page.keyboard.down('Shift')
  await hold(page, stage, 400, 100, 460, 160)
  const [middle, end] = [await stage.screenOf(470, 220), await stage.screenOf(400, 260)]
  await page.mouse.move(middle.x, middle.y, { steps: 4 })
  await picture(page, 'redrawing')
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect.poll(() => areaOf(shape())).toBeGreaterThan(300 * 240 - 100 * 80 + 3000)

  await stage.click(250, 150)
  await expect(page.getByTestId('stage-hint')).toContainText('delete this hole')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'hole-chosen-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('Delete')
  await expect.poll(() => partsOf(shape())[0]!.holes.length).toBe(0)

  await page.keyboard.down('Shift')
  await hold(page, stage, 250, 20, 220, 360)
  await picture(page, 'cutting')
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await stage.waitForObjects(2)
  await picture(page, 'cut')
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(1)
  expect(problems).toEqual([])
})

/** Slips of the hand: nothing is deleted, moved or hidden that was not meant, and what was has a way back. */
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'
import { resizeWindow } from '../support/window-size.ts'

test('a row selects where its number is, a deletion is taken back, a hidden class comes back', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.drag(168, 14, 412, 312)
  await stage.waitForMask(1)
  await picture(page, 'in-the-making')
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  const row = page.getByTestId('object-row')
  const kind = await row.locator('.object-kind').boundingBox()
  if (!kind) throw new Error('The row has no score.')
  await page.mouse.move(kind.x - 60, kind.y + 8)
  await page.mouse.move(kind.x + kind.width / 2, kind.y + kind.height / 2)
  await picture(page, 'row-hovered')
  await page.mouse.down()
  await page.mouse.up()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await stage.waitForObjects(1)
  const kept = readStoredObjects(photos)

  await page.getByTestId('object-delete').click()
  await stage.waitForObjects(0)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  await picture(page, 'deleted')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toEqual(kept)

  const first = page.getByTestId('class-row').first()
  await first.hover()
  await first.getByTestId('class-hide').click()
  await expect(row).toHaveAttribute('data-dim', '')
  await picture(page, 'hidden')
  await page.keyboard.press('r')
  await stage.drag(20, 20, 120, 90)
  await stage.waitForObjects(2)
  await expect(first).not.toHaveAttribute('data-dim', '')
  await expect(page.getByText('was hidden, and is shown again.')).toBeVisible()
  expect(problems).toEqual([])
})

test('a drag moves what was selected before it; arrows walk until something was grabbed', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(100, 100, 200, 180)
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const drawn = readStoredObjects(photos)
  await page.keyboard.press('v')
  await page.keyboard.press('Escape')
  await stage.drag(150, 140, 180, 150)
  await expect(stage.element).not.toHaveAttribute('data-selected', '')
  await picture(page, 'selected')
  expect(readStoredObjects(photos)).toEqual(drawn)

  await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('statusbar')).toContainText('coins.png')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByTestId('statusbar')).toContainText('coffee.jpg')
  await expect(stage.element).toHaveAttribute('data-loading', 'false')
  for (let clicks = 0; clicks < 2; clicks += 1) {
    await stage.click(150, 140)
    await expect(stage.element).not.toHaveAttribute('data-selected', '')
  }
  await expect(page.getByTestId('stage-hint')).toContainText('move by 1 px')
  await page.keyboard.press('ArrowRight')
  await expect
    .poll(() => {
      const { shape } = readStoredObjects(photos)[0]!
      return shape.type === 'rectangle' && Math.round(shape.x)
    })
    .toBe(101)
  await picture(page, 'nudged')
  expect(problems).toEqual([])
})

test('nothing that floats over the stage covers a fitted photo, in a small window too', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, electron, problems } = await openPhoto('astronaut.jpg')
  for (const [width, height] of [
    [1360, 860],
    [900, 640],
  ] as const) {
    await resizeWindow({ page, electron }, width, height)
    await page.keyboard.press('f')
    await stage.click(225, 105)
    await stage.waitForMask(1)
    await expect(page.getByTestId('candidate')).toHaveCount(4)
    await picture(page, `room-${width}`)
    const [top, foot] = [await stage.screenOf(0, 0), await stage.screenOf(512, 512)]
    const boxOf = async (name: string) => (await page.getByTestId(name).boundingBox())!
    for (const name of ['class-chip', 'done-chip']) {
      const box = await boxOf(name)
      expect(box.y + box.height, name).toBeLessThanOrEqual(top.y)
    }
    for (const name of ['candidates', 'stage-hint']) {
      const box = await boxOf(name)
      expect(box.y, name).toBeGreaterThanOrEqual(foot.y)
      expect(box.height).toBeGreaterThan(20)
    }
    await page.keyboard.press('Escape')
  }
  expect(problems).toEqual([])
})

test('long names are cut in their middle, Enter in the filter opens the first hit, no frame stays', async ({
  launch,
  photos,
  picture,
}) => {
  const long = `IMG_${'2025_a_very_long_name_of_a_photo_'.repeat(5)}0042.jpg`
  await cp(join(photos, 'coffee.jpg'), join(photos, long))
  const { page, problems } = await launch()
  const stage = driveStage(page)
  const filter = page.getByTestId('image-filter')
  await expect(page.getByTestId('image-row')).toHaveCount(7)
  for (const [text, key, name] of [
    ['roc', 'Enter', 'rocket.jpg'],
    ['IMG', 'ArrowDown', long],
  ] as const) {
    await filter.fill(text)
    await filter.press(key)
    await expect(page.getByTestId('statusbar').locator('[title]')).toHaveAttribute('title', name)
    await expect(page.getByTestId('image-position')).toHaveText('1 of 1')
    await expect(filter).not.toBeFocused()
  }
  await expect(stage.element).toHaveAttribute('data-loading', 'false')
  await page.getByTestId('class-chip').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(stage.element).toBeFocused()
  await expect(stage.element).toHaveCSS('outline-style', 'none')
  const middle = await stage.screenOf(300, 200)
  await page.mouse.move(middle.x, middle.y)
  await expect(page.getByTestId('status-pointer')).not.toBeEmpty()
  await picture(page, 'long-name')
  const pointer = (await page.getByTestId('status-pointer').boundingBox())!
  const model = (await page.getByTestId('status-inference').boundingBox())!
  expect(pointer.x + pointer.width).toBeLessThanOrEqual(model.x)
  const tail = page.getByTestId('image-row').getByText('0042.jpg', { exact: true })
  const row = (await page.getByTestId('image-row').boundingBox())!
  const end = (await tail.boundingBox())!
  expect(end.x + end.width).toBeLessThanOrEqual(row.x + row.width)
  expect(problems).toEqual([])
})

test('a folder that is empty or gone is told where the photo would be', async ({
  launch,
  photos,
  picture,
}) => {
  await rm(photos, { recursive: true })
  await mkdir(photos)
  const empty = await launch()
  await expect(empty.page.getByTestId('empty-folder')).toContainText('There are no images in this folder')
  await picture(empty.page, 'empty-folder')
  await empty.close()
  await rm(photos, { recursive: true })
  const { page, problems } = await launch()
  await expect(page.getByTestId('not-opened')).toContainText('There is no folder')
  await expect(page.getByText('not there now')).toBeVisible()
  await picture(page, 'gone')
  expect([...empty.problems, ...problems]).toEqual([])
})

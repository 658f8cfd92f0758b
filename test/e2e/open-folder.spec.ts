/** From one folder to another and back: what is seen and stored is of the folder that is open. */
import { copyFile, mkdir, readFile, stat, truncate, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { RunningApp } from '../support/app.ts'
import { expect, root, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'

/** Through the shell's own dialog, answered in its place, or through the page's. */
const openFolder = async ({ page, electron }: RunningApp, folder: string) => {
  await electron?.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
  await page.getByTestId('open-folder').click()
  if (electron) return
  await page.getByTestId('folder-path').fill(folder)
  await page.getByTestId('folder-path').press('Enter')
  await expect(page.getByTestId('open-folder-dialog').getByRole('status')).toContainText('1 image ')
  await page.getByTestId('open-this-folder').click()
}

/** How far the stage's photo is from a file, both made small: mean difference of a channel, 0..255. */
const distanceTo = async (page: Page, file: string): Promise<number> => {
  const bytes = [...(await readFile(file))]
  return page.evaluate(async (encoded) => {
    const side = 32
    const small = (source: CanvasImageSource, x: number, y: number, width: number, height: number) => {
      const context = new OffscreenCanvas(side, side).getContext('2d')!
      context.drawImage(source, x, y, width, height, 0, 0, side, side)
      return context.getImageData(0, 0, side, side).data
    }
    const photo = await createImageBitmap(new Blob([new Uint8Array(encoded)]))
    const stage = document.querySelector<HTMLElement>('[data-testid=stage]')!
    const canvas = stage.querySelector('canvas')!
    const ratio = canvas.width / canvas.clientWidth
    const scale = Number(stage.dataset.scale) * ratio
    const [width, height] = [photo.width * scale, photo.height * scale]
    const shown = small(canvas, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
    const wanted = small(photo, 0, 0, photo.width, photo.height)
    return shown.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / shown.length
  }, bytes)
}

const SAME = 8
const OTHER = 25

test('another folder shows and stores its own', async ({ launch, photos, temporary, picture }) => {
  const first = join(photos, 'astronaut.jpg')
  const other = join(temporary, 'other')
  const otherFirst = join(other, 'rocket.jpg')
  await mkdir(other)
  await copyFile(join(root, 'projects', 'sample', 'rocket.jpg'), otherFirst)
  // As large and as old as the first photo of the folder before: only the folder tells them apart.
  const { size, atime, mtime } = await stat(first)
  await truncate(otherFirst, size)
  await utimes(otherFirst, atime, mtime)
  await utimes(first, atime, mtime)

  const app = await launch()
  const { page, problems } = app
  const stage = driveStage(page)
  await stage.openImage('astronaut.jpg')
  expect(await distanceTo(page, first)).toBeLessThan(SAME)
  expect(await distanceTo(page, otherFirst)).toBeGreaterThan(OTHER)
  await page.keyboard.press('r')
  await stage.drag(100, 100, 200, 200)
  await stage.waitForObjects(1)
  const thumbnail = page.getByTestId('image-row').locator('canvas').first()
  const thumbnailBefore = await thumbnail.getAttribute('data-src')

  await openFolder(app, other)
  await expect(page.getByTestId('project-name')).toHaveText('other')
  await expect(page.getByTestId('image-row')).toHaveCount(1)
  await stage.openImage('rocket.jpg')
  await picture(page, 'other')
  expect(await distanceTo(page, otherFirst)).toBeLessThan(SAME)
  expect(await distanceTo(page, first)).toBeGreaterThan(OTHER)
  expect(await thumbnail.getAttribute('data-src')).not.toBe(thumbnailBefore)
  await stage.waitForObjects(0)
  await page.keyboard.press('r')
  await stage.drag(10, 10, 60, 60)
  await stage.waitForObjects(1)

  await page.getByTestId('project-name').click()
  await page.getByRole('menuitem').filter({ hasText: photos }).click()
  await expect(page.getByTestId('image-row')).toHaveCount(6)
  await stage.openImage('astronaut.jpg')
  expect(await distanceTo(page, first)).toBeLessThan(SAME)
  await stage.waitForObjects(1)
  await expect
    .poll(() => readStoredObjects(photos))
    .toMatchObject([{ image: 'astronaut.jpg', source: 'hand' }])
  await expect.poll(() => readStoredObjects(other)).toMatchObject([{ image: 'rocket.jpg', source: 'hand' }])
  expect(problems).toEqual([])
})

test('a file that was overwritten shows what it is now', async ({ launch, photos }) => {
  const { page, problems } = await launch()
  const stage = driveStage(page)
  const [first, other] = [join(photos, 'astronaut.jpg'), join(photos, 'rocket.jpg')]
  await stage.openImage('astronaut.jpg')
  await stage.openImage('cat.jpg')
  await copyFile(other, first)
  await stage.openImage('astronaut.jpg')
  await expect(page.getByTestId('statusbar')).toContainText('640 × 427')
  await expect.poll(() => distanceTo(page, first)).toBeLessThan(SAME)
  expect(problems).toEqual([])
})

test('a file that is cut off says so, also in the list, and the next image is one click away', async ({
  launch,
  photos,
}) => {
  await truncate(join(photos, 'astronaut.jpg'), 20_000)
  const { page } = await launch()
  const row = page.getByTestId('image-row').filter({ hasText: 'astronaut.jpg' })
  await row.click()
  await expect(page.getByRole('heading', { name: 'This image can’t be shown' })).toBeVisible()
  await expect(row).toHaveAttribute('data-problem', '')
  await expect(row.locator('.thumb svg')).toBeVisible()
  await page.getByRole('button', { name: 'Next image' }).click()
  await expect(page.getByTestId('statusbar')).toContainText('cat.jpg')
  await expect(page.getByTestId('stage')).toHaveAttribute('data-loading', 'false')
})

test('an object that waits for its mask is stored before the next folder is opened', async ({
  launch,
  photos,
  temporary,
  picture,
}) => {
  const other = join(temporary, 'other')
  await mkdir(other)
  await copyFile(join(root, 'projects', 'sample', 'rocket.jpg'), join(other, 'rocket.jpg'))
  const app = await launch()
  const { page, problems } = app
  const stage = driveStage(page)
  // Of a photo far from the first one, that was not encoded ahead.
  await stage.openImage('galaxies.jpg')
  await stage.click(300, 300)
  await page.keyboard.press('1')
  await openFolder(app, other)
  await picture(page, 'storing')
  await expect(page.getByTestId('project-name')).toHaveText('other')
  await stage.openImage('rocket.jpg')
  await stage.waitForObjects(0)
  await expect
    .poll(() => readStoredObjects(photos))
    .toMatchObject([{ image: 'galaxies.jpg', source: 'model' }])
  expect(problems).toEqual([])
})

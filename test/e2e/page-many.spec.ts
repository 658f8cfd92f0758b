/** Many at once: the folder prepared and warm after a restart, a detector's boxes, everything in an image. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { maskOfParts, pixelsOf } from '../support/readers/masks.ts'
import { readStoredObjects, ringsOf, type StoredObject } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'
import { resizeWindow } from '../support/window-size.ts'

const maskOf = ({ shape, width, height }: StoredObject) => maskOfParts(ringsOf(shape), width, height)

/** Resolves with what the status bar says when it tells of an encode, or with 'no encode' once `end` was called. */
const watchForEncode = (page: Page) => {
  const told = page.evaluate(
    () =>
      new Promise<string>((tell) => {
        const bar = document.querySelector<HTMLElement>('[data-testid=statusbar]')!
        const look = () => {
          if (bar.innerText.includes('Encoding')) tell(bar.innerText)
        }
        new MutationObserver(look).observe(bar, { subtree: true, childList: true, characterData: true })
        document.addEventListener('test-is-over', () => tell('no encode'), { once: true })
      }),
  )
  return async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('test-is-over')))
    return told
  }
}

test('prepare the folder, restart: a click finds its embedding on the disk', async ({
  launch,
  dataFolder,
  picture,
}) => {
  const first = await launch()
  await driveStage(first.page).openImage('astronaut.jpg')
  await first.page.keyboard.press('Control+Shift+P')
  const card = first.page.getByTestId('prepare-card')
  await expect(card).toBeVisible()
  await picture(first.page, 'preparing')
  await expect(card).toHaveAttribute('data-state', 'done', { timeout: 120_000 })
  await expect(card).toContainText('6 images ready')
  await picture(first.page, 'prepared')
  const embeddings = join(dataFolder, 'embeddings')
  const kept = (await readdir(embeddings)).sort()
  expect(kept).toHaveLength(6)
  await first.close()

  const { page, problems } = await launch()
  const stage = driveStage(page)
  await page.getByTestId('statusbar').waitFor()
  const heardOfEncode = watchForEncode(page)
  await stage.openImage('rocket.jpg')
  await stage.click(320, 300)
  await stage.waitForMask(1)
  expect(await heardOfEncode()).toBe('no encode')
  expect((await readdir(embeddings)).sort()).toEqual(kept)
  expect([...first.problems, ...problems]).toEqual([])
})

test('boxes of a detector become masks, once, and undo takes them back', async ({
  openPhoto,
  photos,
  temporary,
  picture,
}) => {
  const boxes = join(temporary, 'boxes')
  await mkdir(boxes)
  // The cup, 600 x 400: corners (168, 14) and (412, 312).
  await writeFile(join(boxes, 'coffee.txt'), '0 0.483333 0.4075 0.406667 0.745\n')
  await writeFile(join(boxes, 'classes.txt'), 'cup\n')
  const { page, stage, electron, problems } = await openPhoto('coffee.jpg')
  /** By the system's dialog, answered in its place. */
  const choose = async (button: string, path: string, property: string) => {
    await electron!.evaluate(
      ({ dialog }, { path, property }) => {
        // Called with the window and the options.
        dialog.showOpenDialog = (...asked: unknown[]) => {
          const { properties } = asked.at(-1) as { properties: string[] }
          return Promise.resolve({ canceled: !properties.includes(property), filePaths: [path] })
        }
      },
      { path, property },
    )
    await page.getByTestId(button).click()
  }
  const run = async () => {
    await page.keyboard.press('Control+Shift+M')
    const path = page.getByTestId('boxes-path')
    if (electron) {
      await choose('boxes-choose-file', join(boxes, 'boxes.json'), 'openFile')
      await expect(path).toHaveValue(join(boxes, 'boxes.json'))
      await choose('boxes-choose-names', join(boxes, 'classes.txt'), 'openFile')
      await expect(page.getByTestId('boxes-names')).toHaveValue(join(boxes, 'classes.txt'))
      await choose('boxes-choose-folder', boxes, 'openDirectory')
      await expect(path).toHaveValue(boxes)
    } else await path.fill(boxes)
    await picture(page, 'dialog')
    await page.getByTestId('boxes-read').click()
    await page.getByTestId('boxes-run').click()
  }
  await run()
  const card = page.getByTestId('boxes-card')
  await expect(card).toHaveAttribute('data-state', 'done', { timeout: 120_000 })
  await expect(card).toContainText('1 object made')
  await stage.waitForObjects(1)
  await picture(page, 'made')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const made = readStoredObjects(photos)
  expect(made).toMatchObject([
    { image: 'coffee.jpg', label: 'cup', source: 'model', prompts: [{ type: 'box' }] },
  ])
  expect(pixelsOf(maskOf(made[0]!))).toBeGreaterThan(20_000)

  // Lasting, when the card is gone.
  await card.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Undo a run')
  await page.keyboard.press('Enter')
  const row = page.getByTestId('run-row')
  await expect(row).toContainText('1 object on 1 image')
  await picture(page, 'runs')
  await page.getByTestId('run-move').click()
  await stage.waitForObjects(0)
  await expect(row).toContainText('undone')
  await picture(page, 'run undone')
  await page.getByTestId('run-move').click()
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toEqual(made)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await run()
  await expect(card).toContainText('0 objects made')
  await expect.poll(() => readStoredObjects(photos)).toEqual(made)
  await stage.element.focus()
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(0)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  expect(problems).toEqual([])
})

test('everything in an image: reviewed first, one taken out, the rest kept as one edit', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, electron, problems } = await openPhoto('coins.png')
  await page.keyboard.press('Shift+E')
  const review = page.getByTestId('review')
  await expect(review).toBeVisible()
  await expect(review).not.toHaveAttribute('data-state', 'running', { timeout: 120_000 })
  const found = page.getByTestId('proposal')
  // Each coin once, and not the table.
  await expect(found).toHaveCount(24)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  await picture(page, 'found')
  // Its bar fits a small window.
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
  await resizeWindow({ page, electron }, 900, 640)
  const [bar, area] = [(await review.boundingBox())!, (await stage.element.boundingBox())!]
  expect(bar.x).toBeGreaterThanOrEqual(area.x)
  expect(bar.x + bar.width).toBeLessThanOrEqual(area.x + area.width)
  await picture(page, 'found-small')
  await resizeWindow({ page, electron }, width, height)
  await page.keyboard.press('f')
  // Wheel and middle button over a proposal move the picture.
  const scale = Number(await stage.element.getAttribute('data-scale'))
  await found.first().hover()
  await page.mouse.wheel(0, -200)
  await expect.poll(async () => Number(await stage.element.getAttribute('data-scale'))).toBeGreaterThan(scale)
  const before = await found.first().boundingBox()
  await page.mouse.down({ button: 'middle' })
  const middle = { x: before!.x + before!.width / 2, y: before!.y + before!.height / 2 }
  await page.mouse.move(middle.x + 40, middle.y + 30, { steps: 4 })
  await page.mouse.up({ button: 'middle' })
  await expect.poll(async () => (await found.first().boundingBox())?.x).not.toBe(before!.x)
  await expect(found.first()).not.toHaveAttribute('data-picked')
  await page.keyboard.press('f')
  // One left out, two with a class of their own, the rest with another.
  await found.first().click()
  await page.keyboard.press('Delete')
  await expect(found.first()).toHaveAttribute('data-dropped', '')
  await found.nth(1).click()
  await found.nth(2).click()
  await picture(page, 'chosen')
  await page.keyboard.press('4')
  await stage.waitForObjects(2)
  await expect(found).toHaveCount(22)
  await picture(page, 'rest')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(23)
  await expect(review).toHaveCount(0)
  await picture(page, 'kept')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(23)
  const kept = readStoredObjects(photos)
  const masks = kept.map(maskOf)
  const areas = masks.map(pixelsOf)
  for (const [i, mask] of masks.entries())
    for (const [j, other] of masks.entries()) {
      if (j <= i) continue
      const shared = mask.data.reduce((sum, value, at) => sum + (value & other.data[at]!), 0)
      expect(shared / (areas[i]! + areas[j]! - shared), `objects ${i} and ${j}`).toBeLessThan(0.8)
    }
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(2)
  expect(problems).toEqual([])
})

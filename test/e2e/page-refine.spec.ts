/** Better masks: the masks offered for a click, the preview under the pointer, a closer look, a stored object made anew. */
import type { Page } from '@playwright/test'
import { maskOfParts, pixelsOf } from '../support/readers/masks.ts'
import { readStoredObjects, ringsOf, type StoredObject } from '../support/project-file.ts'
import type { StageDriver } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'

const maskOf = ({ shape, width, height }: StoredObject) => maskOfParts(ringsOf(shape), width, height)

const rest = async (page: Page, stage: StageDriver, x: number, y: number) => {
  const at = await stage.screenOf(x, y)
  await page.mouse.move(at.x, at.y)
}

test('the masks offered: Tab and click choose, the choice is kept', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('astronaut.jpg')
  await stage.click(225, 105)
  await stage.waitForMask(1)
  const offered = page.getByTestId('candidate')
  await expect(offered).toHaveCount(4)
  await expect(offered.first()).toContainText('suggested')
  await page.keyboard.press('Tab')
  await expect(stage.element).toHaveAttribute('data-chosen', '1')
  await picture(page, 'second-by-key')
  await offered.nth(2).click()
  await expect(stage.element).toHaveAttribute('data-chosen', '2')
  await expect(offered.nth(2)).toHaveAttribute('aria-checked', 'true')
  await picture(page, 'third-by-click')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toMatchObject([{ source: 'model' }])
  expect([1, 2, 3]).toContain(readStoredObjects(photos)[0]?.candidate)
  expect(problems).toEqual([])
})

test('the preview: shown where the pointer rests, gone when it leaves, becomes the mask', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await rest(page, stage, 280, 130)
  await expect(stage.element).not.toHaveAttribute('data-preview')
  await page.keyboard.press('h')
  await expect(stage.element).toHaveAttribute('data-preview', '', { timeout: 90_000 })
  await expect(stage.element).toHaveAttribute('data-prompts', '0')
  await picture(page, 'preview')
  await rest(page, stage, 100, 350)
  await expect(stage.element).toHaveAttribute('data-preview', '')
  await page.getByTestId('statusbar').hover()
  await expect(stage.element).not.toHaveAttribute('data-preview')

  await rest(page, stage, 280, 130)
  await expect(stage.element).toHaveAttribute('data-preview', '')
  await page.mouse.down()
  await expect(stage.element).not.toHaveAttribute('data-preview')
  await page.mouse.up()
  await stage.waitForMask(1)
  await expect(page.getByTestId('candidate')).toHaveCount(4)
  await picture(page, 'clicked')
  await page.keyboard.press('3')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [cup] = readStoredObjects(photos)
  expect(cup?.prompts).toHaveLength(1)
  expect(pixelsOf(maskOf(cup!))).toBeGreaterThan(500)
  await page.keyboard.press('h')
  await rest(page, stage, 282, 132)
  await expect(stage.element).not.toHaveAttribute('data-preview')
  expect(problems).toEqual([])
})

test('a closer look: on Z, and by itself for a small box', async ({ openPhoto, photos, picture }) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  await stage.click(53, 36)
  await stage.waitForMask(1)
  await expect(stage.element).toHaveAttribute('data-zoom', '')
  await picture(page, 'whole')
  await page.keyboard.press('z')
  await expect(stage.element).toHaveAttribute('data-zoom', /^\d+x\d+$/, { timeout: 90_000 })
  await stage.waitForMask(1)
  await picture(page, 'closer')
  await page.keyboard.press('z')
  await expect(stage.element).toHaveAttribute('data-zoom', '')
  await page.keyboard.press('z')
  await expect(stage.element).toHaveAttribute('data-zoom', /x/)
  await stage.waitForMask(1)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [coin] = readStoredObjects(photos)
  // In image coordinates, whatever the crop was.
  expect(coin?.prompts[0]).toMatchObject({ type: 'point' })
  const [prompt] = coin!.prompts
  expect(prompt?.type === 'point' && Math.hypot(prompt.x - 53, prompt.y - 36)).toBeLessThan(1.5)
  expect(maskOf(coin!).data[36 * coin!.width + 53]).toBe(1)

  // The stored coin looked at closer: it is the draft, and Esc leaves it as it is.
  await page.keyboard.press('v')
  await stage.click(45, 42)
  await page.keyboard.press('z')
  await expect(stage.element).toHaveAttribute('data-refining', coin!.id)
  await expect(stage.element).toHaveAttribute('data-zoom', /x/)
  await stage.waitForMask(1)
  await page.keyboard.press('Escape')
  await expect(stage.element).toHaveAttribute('data-tool', 'select')
  await expect.poll(() => readStoredObjects(photos)).toEqual([coin])
  await page.keyboard.press('s')
  // In a photo whose crop shows the model enough more than the whole.
  await stage.openImage('rocket.jpg')
  await stage.drag(300, 180, 340, 220)
  await stage.waitForMask(1)
  await expect(stage.element).toHaveAttribute('data-zoom', '128x128')
  await picture(page, 'small-box')
  expect(problems).toEqual([])
})

test('refine adds: a + on the saucer beside the cup leaves all of the cup', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.drag(170, 16, 410, 308)
  await stage.waitForMask(1)
  await picture(page, 'cup')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [cup] = readStoredObjects(photos)
  await page.keyboard.press('v')
  await stage.click(300, 250)
  await page.keyboard.press('e')
  await expect(stage.element).toHaveAttribute('data-refining', cup!.id)
  await stage.waitForMask(1)
  await picture(page, 'as-it-is')
  await stage.click(120, 220)
  // The cup's box has given way: the point alone is asked.
  await stage.waitForMask(1)
  await picture(page, 'with-saucer')
  await page.keyboard.press('Enter')
  await expect.poll(() => readStoredObjects(photos)[0]?.prompts).toMatchObject([{ type: 'point' }])
  const [both] = readStoredObjects(photos)
  expect(both?.id).toBe(cup!.id)
  const [before, after] = [maskOf(cup!), maskOf(both!)]
  const lost = before.data.reduce((sum, value, at) => sum + (value & ~after.data[at]! & 1), 0)
  expect(lost).toBeLessThanOrEqual(0.001 * pixelsOf(before))
  expect(pixelsOf(after)).toBeGreaterThan(1.1 * pixelsOf(before))
  expect(problems).toEqual([])
})

test('reopened: its prompts and masks come back, one more click goes on, and what was mended by hand stays', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const cup = () => readStoredObjects(photos)[0]!
  const has = (x: number, y: number) => {
    const { data, width } = maskOf(cup())
    return data[y * width + x] === 1
  }
  await stage.click(280, 130)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [{ id, prompts }] = readStoredObjects(photos) as [StoredObject]
  expect(prompts).toHaveLength(1)

  // A dab of the brush, far from what the model found.
  await page.keyboard.press('v')
  await page.getByTestId('object-row').click()
  await expect(stage.element).toHaveAttribute('data-selected', id)
  await page.keyboard.press('b')
  for (let size = 0; size < 4; size += 1) await page.keyboard.press(']')
  await stage.drag(40, 40, 80, 44)
  await expect.poll(() => has(60, 42)).toBe(true)

  await page.keyboard.press('s')
  await expect(stage.element).toHaveAttribute('data-tool', 'smart')
  await page.keyboard.press('s')
  await expect(stage.element).toHaveAttribute('data-refining', id)
  await stage.waitForMask(1)
  await expect(page.getByTestId('candidate').first()).toBeVisible()
  await picture(page, 'reopened')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'reopened-dark')
  await stage.click(300, 330)
  await stage.waitForMask(2)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  await expect.poll(() => cup().prompts.length).toBe(2)
  expect(cup().id).toBe(id)
  expect(has(60, 42)).toBe(true)
  expect(has(300, 330)).toBe(true)
  expect(problems).toEqual([])
})

/** The main job, from a click to a stored polygon, and that nothing of it is lost. */
import { maskOfParts, pixelsOf } from '../support/readers/masks.ts'
import { readStoredObjects, ringsOf, type StoredObject } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'

const maskOf = ({ shape, width, height }: StoredObject) => maskOfParts(ringsOf(shape), width, height)

test('click the face, take a part away, commit by digit, undo, redo', async ({ launch, photos, picture }) => {
  const { page, problems } = await launch()
  const stage = driveStage(page)
  await expect(page.getByTestId('image-row')).toHaveCount(6)
  await stage.openImage('astronaut.jpg')
  await picture(page, 'opened')

  // Where the test believes to point is where the app says the pointer is.
  const at = await stage.screenOf(225.5, 105.5)
  await page.mouse.move(at.x, at.y)
  await expect(page.getByTestId('status-pointer')).toHaveText('225, 105')

  await stage.click(225, 105)
  await stage.waitForMask(1)
  await expect(page.getByTestId('candidate')).toHaveCount(4)
  await expect(stage.element).toHaveAttribute('data-candidates', '4')
  await picture(page, 'face')

  await page.keyboard.press('Tab')
  await expect(stage.element).not.toHaveAttribute('data-chosen', '0')
  await stage.click(225, 250, 'right')
  await stage.waitForMask(2)
  await picture(page, 'face-without-suit')
  await page.keyboard.press('Backspace')
  await stage.waitForMask(1)

  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect(page.getByTestId('object-row')).toHaveCount(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const [face] = readStoredObjects(photos)
  expect(face).toMatchObject({ image: 'astronaut.jpg', label: 'person', source: 'model' })
  expect(face?.prompts).toHaveLength(1)
  const mask = maskOf(face!)
  expect(mask.data[105 * mask.width + 225]).toBe(1)
  expect(pixelsOf(mask)).toBeGreaterThan(1000)
  await picture(page, 'kept')

  await page.keyboard.press('Control+z')
  await stage.waitForObjects(0)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  await page.keyboard.press('Control+Shift+z')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toEqual([face])
  expect(problems).toEqual([])
})

test('a tap at rest takes the mask that was made for it', async ({ openPhoto }) => {
  const { page, stage, problems } = await openPhoto('astronaut.jpg')
  // The image is encoded when the first click is answered.
  await stage.click(225, 105)
  await stage.waitForMask(1)
  await page.keyboard.press('Escape')
  await expect(stage.element).toHaveAttribute('data-prompts', '0')
  await page.evaluate(() => {
    document.body.dataset.asked = '0'
    new PerformanceObserver((list) => {
      const asked = list.getEntriesByName('maskwright:segment').length
      document.body.dataset.asked = String(Number(document.body.dataset.asked) + asked)
    }).observe({ type: 'measure' })
  })
  const body = page.locator('body')
  for (const [x, y, taps] of [
    [230, 120, 1],
    [330, 300, 2],
  ] as const) {
    const at = await stage.screenOf(x, y)
    await page.mouse.move(at.x, at.y)
    await expect(body).toHaveAttribute('data-asked', String(taps))
    await expect(stage.element).toHaveAttribute('data-prompts', String(taps - 1))
    await page.mouse.down()
    await page.mouse.up()
    await stage.waitForMask(taps)
    await expect(body).toHaveAttribute('data-asked', String(taps))
    // The other masks of a first tap are on their way for a moment.
    await expect(page.getByTestId('candidate')).toHaveCount(taps === 1 ? 4 : 0)
  }
  await page.keyboard.press('Backspace')
  await expect(page.getByTestId('candidate')).toHaveCount(4)
  expect(problems).toEqual([])
})

test('box the cup; the object and its undo outlive a kill', async ({ launch, photos, picture }) => {
  const first = await launch()
  const stage = driveStage(first.page)
  await stage.openImage('coffee.jpg')
  await stage.drag(168, 14, 412, 312)
  await stage.waitForMask(1)
  await picture(first.page, 'cup')
  await first.page.keyboard.press('3')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const kept = readStoredObjects(photos)
  expect(kept).toMatchObject([{ image: 'coffee.jpg', label: 'cup', prompts: [{ type: 'box' }] }])
  // Most of the box is cup and saucer.
  expect(pixelsOf(maskOf(kept[0]!))).toBeGreaterThan(20_000)
  await first.kill()

  const second = await launch()
  const again = driveStage(second.page)
  await again.openImage('coffee.jpg')
  await again.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toEqual(kept)
  await second.page.keyboard.press('Control+z')
  await again.waitForObjects(0)
  await second.page.keyboard.press('Control+y')
  await again.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toEqual(kept)
  await second.close()
  expect(second.problems).toEqual([])
})

test('the list: keys go through the images, counts and thumbnails are shown', async ({
  openPhoto,
  picture,
}) => {
  const { page, problems } = await openPhoto('astronaut.jpg')
  for (const [key, name] of [
    ['d', 'cat.jpg'],
    ['ArrowRight', 'coffee.jpg'],
    ['d', 'coins.png'],
    ['a', 'coffee.jpg'],
    ['ArrowLeft', 'cat.jpg'],
    ['End', 'rocket.jpg'],
    ['Home', 'astronaut.jpg'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByTestId('statusbar')).toContainText(name)
  }
  const thumbnails = page.getByTestId('image-row').locator('canvas[data-shown]')
  await expect(thumbnails).toHaveCount(6)
  const opaque = await thumbnails.evaluateAll((canvases: HTMLCanvasElement[]) =>
    canvases.map((canvas) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, i) => i % 4 === 3 && value === 255).length / (canvas.width * canvas.height)
    }),
  )
  expect(opaque).toEqual([1, 1, 1, 1, 1, 1])
  await picture(page, 'list')
  expect(problems).toEqual([])
})

/** Objects travel by the system's clipboard, and from the image before. */
import { drawRow } from '../support/draw-row.ts'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

test('objects are copied to another image by the system’s clipboard, and taken from the image before', async ({
  openPhoto,
  photos,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await drawRow(stage, 2)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await stage.openImage('rocket.jpg')
  const kept = await page.evaluateHandle(() => {
    const first = { text: '' }
    addEventListener('paste', (event) => (first.text ||= event.clipboardData!.getData('text/plain')), true)
    return first
  })
  await page.keyboard.press('Control+v')
  await stage.waitForObjects(2)
  await expect(stage.element).toHaveAttribute('data-selected-count', '2')
  const shapesOn = (image: string) =>
    readStoredObjects(photos)
      .filter((object) => object.image === image)
      .map(({ shape }) => shape)
  await expect.poll(() => shapesOn('rocket.jpg')).toEqual(shapesOn('coffee.jpg'))
  await page.keyboard.press('Control+x')
  await stage.waitForObjects(0)
  // A pan with the middle button pastes nothing: Chromium on Linux takes it for one.
  const { x, y } = await stage.screenOf(100, 100)
  await page.mouse.move(x, y)
  await page.mouse.down({ button: 'middle' })
  await page.mouse.move(x + 30, y + 20)
  await page.mouse.up({ button: 'middle' })
  await kept.evaluate(({ text }) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
  })
  await page.keyboard.press('Control+v')
  await stage.waitForObjects(2)
  await page.keyboard.press('Delete')
  await stage.waitForObjects(0)

  await stage.openImage('coins.png')
  await page.keyboard.press('i')
  await stage.waitForObjects(2)
  await page.keyboard.press('i')
  await expect(page.getByText('are all here already')).toBeVisible()
  await page.keyboard.press('Control+d')
  await stage.waitForObjects(4)
  expect(problems).toEqual([])
})

test('Ctrl+X cuts the whole object while a vertex is chosen; Delete takes the vertex alone', async ({
  openPhoto,
  photos,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await page.keyboard.press('p')
  for (const [x, y] of [
    [100, 100],
    [220, 100],
    [220, 220],
    [100, 220],
    [60, 160],
  ] as const)
    await stage.click(x, y)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(1)
  const ring = () =>
    readStoredObjects(photos).flatMap(({ shape }) =>
      shape.type === 'polygon' ? shape.parts.map(({ outer }) => outer) : [],
    )[0]
  await expect.poll(() => ring()?.length).toBe(5)

  await page.keyboard.press('v')
  await stage.click(150, 150)
  await stage.click(60, 160)
  await page.keyboard.press('Delete')
  await expect.poll(() => ring()?.length).toBe(4)

  await stage.click(220, 220)
  await page.keyboard.press('Control+x')
  await stage.waitForObjects(0)
  await page.keyboard.press('Control+v')
  await stage.waitForObjects(1)
  await expect.poll(() => ring()?.length).toBe(4)
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z')
  await expect.poll(() => ring()?.length).toBe(5)
  expect(problems).toEqual([])
})

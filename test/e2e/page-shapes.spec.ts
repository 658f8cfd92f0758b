/** Shapes by hand: drawn, moved, their vertices dragged, added and deleted, their class changed; each step is one undo. */
import type { Shape } from '../../common/model.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'

type Place = readonly [number, number]

const outerOf = (shape: Shape): readonly Place[] => (shape.type === 'polygon' ? shape.parts[0]!.outer : [])

/** Within a screen pixel: the pointer stands on whole ones. */
const expectRing = (shape: Shape, expected: readonly Place[]) => {
  const ring = outerOf(shape)
  expect(ring).toHaveLength(expected.length)
  for (const [i, [x, y]] of expected.entries()) {
    expect(Math.abs(ring[i]![0] - x), `x of vertex ${i}`).toBeLessThan(1.5)
    expect(Math.abs(ring[i]![1] - y), `y of vertex ${i}`).toBeLessThan(1.5)
  }
}

test('a rectangle by hand gets its class by a digit, is moved and deleted', async ({ openPhoto, photos }) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(100, 100, 200, 180)
  await stage.waitForObjects(1)
  await page.keyboard.press('2')
  await expect.poll(() => readStoredObjects(photos)[0]?.label).toBe('cat')
  await expect
    .poll(() => readStoredObjects(photos))
    .toMatchObject([{ source: 'hand', shape: { type: 'rectangle' } }])

  await page.keyboard.press('v')
  await stage.drag(150, 140, 250, 190)
  await expect
    .poll(() => {
      const { shape } = readStoredObjects(photos)[0]!
      return shape.type === 'rectangle' && [shape.x, shape.y, shape.width, shape.height].map(Math.round)
    })
    .toEqual([200, 150, 100, 80])
  await page.keyboard.press('Delete')
  await stage.waitForObjects(0)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(1)
  expect(problems).toEqual([])
})

test('a polygon by hand: closed on its first vertex, a vertex dragged, one added, one deleted', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('p')
  const corners: Place[] = [
    [150, 100],
    [350, 100],
    [350, 250],
    [150, 250],
  ]
  for (const [x, y] of corners) await stage.click(x, y)
  await stage.click(150, 100)
  await stage.waitForObjects(1)
  const ring = () => readStoredObjects(photos)[0]!.shape
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  expectRing(ring(), corners)

  await page.keyboard.press('v')
  await stage.click(250, 180)
  await expect(stage.element).not.toHaveAttribute('data-selected', '')
  await stage.drag(350, 250, 400, 300)
  await expect.poll(() => Math.round(outerOf(ring())[2]![0])).toBe(400)
  expectRing(ring(), [
    [150, 100],
    [350, 100],
    [400, 300],
    [150, 250],
  ])
  await picture(page, 'vertex-dragged')

  // The middle of the upper edge.
  await stage.click(250, 100)
  await expect.poll(() => outerOf(ring()).length).toBe(5)
  await stage.drag(250, 100, 250, 60)
  await expect.poll(() => Math.round(outerOf(ring())[1]![1])).toBe(60)
  await page.keyboard.press('Delete')
  await expect.poll(() => outerOf(ring()).length).toBe(4)
  await page.keyboard.press('Control+z')
  await expect.poll(() => outerOf(ring()).length).toBe(5)
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z')
  await stage.waitForObjects(0)
  await page.keyboard.press('Control+y')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  expectRing(ring(), corners)
  expect(problems).toEqual([])
})

test('a draft keeps to its tool: Backspace deletes no object, Esc drops a drag', async ({
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

  await page.keyboard.press('p')
  await stage.click(300, 50)
  await stage.click(400, 50)
  const said = page.locator('#stage-status')
  await expect(said).toHaveText('2 vertices')
  await picture(page, 'polygon-begun')
  await page.keyboard.press('v')
  await stage.click(150, 140)
  await expect(stage.element).not.toHaveAttribute('data-selected', '')
  for (const key of ['Backspace', 'Enter', 'Tab']) await page.keyboard.press(key)
  await expect(stage.element).not.toHaveAttribute('data-selected', '')
  await stage.waitForObjects(1)
  await page.keyboard.press('p')
  await expect(said).toHaveText('2 vertices')
  await page.keyboard.press('Backspace')
  await expect(said).toHaveText('1 vertex')
  await page.keyboard.press('Escape')
  await expect(said).toHaveText('')

  await page.keyboard.press('r')
  const [from, to] = [await stage.screenOf(250, 200), await stage.screenOf(350, 260)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await stage.waitForObjects(1)
  expect(readStoredObjects(photos)).toEqual(drawn)
  expect(problems).toEqual([])
})

/** Points, lines, rotated rectangles and ellipses by hand: drawn with their keys, stored, edited, undone. */
import { readStoredObjects } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'

test('a point, a line, a rotated rectangle and an ellipse are drawn, edited and undone', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const shapes = () => readStoredObjects(photos).map(({ shape }) => shape)

  await page.keyboard.press('Shift+K')
  await stage.click(60, 60)
  await stage.waitForObjects(1)
  await page.keyboard.press('Shift+P')
  await stage.click(60, 330)
  await stage.click(180, 300)
  await stage.click(260, 350)
  await page.keyboard.press('Enter')
  await stage.waitForObjects(2)
  await page.keyboard.press('Shift+O')
  await stage.click(120, 80)
  await stage.click(240, 140)
  await stage.click(200, 210)
  await stage.waitForObjects(3)
  await page.keyboard.press('Alt+O')
  await stage.drag(330, 60, 480, 160)
  await stage.waitForObjects(4)
  await expect
    .poll(() => shapes().map(({ type }) => type))
    .toEqual(['point', 'polyline', 'rotated-rectangle', 'polygon'])
  await picture(page, 'bare-shapes')

  // Turned by the handle that stands beside the side that was drawn first.
  await page.keyboard.press('v')
  await stage.click(170, 140)
  await expect(page.getByTestId('stage-hint')).toContainText('turn it')
  await picture(page, 'rotated-selected')
  const before = shapes()[2]!
  if (before.type !== 'rotated-rectangle') throw new Error('The third object is no rotated rectangle.')
  const scale = Number(await stage.element.getAttribute('data-scale'))
  const reach = before.height / 2 + 28 / scale
  const [sin, cos] = [Math.sin(before.angle), Math.cos(before.angle)]
  await stage.drag(before.cx + reach * sin, before.cy - reach * cos, before.cx + 100, before.cy)
  await expect
    .poll(() => {
      const shape = shapes()[2]!
      return shape.type === 'rotated-rectangle' && Math.round((shape.angle * 180) / Math.PI)
    })
    .toBe(90)
  await page.keyboard.press('Control+z')
  await expect.poll(() => shapes()[2]).toEqual(before)

  // A lasso beside all objects chooses the line's last two points, and an arrow key moves both.
  await stage.click(120, 315)
  await expect(page.getByTestId('stage-hint')).toContainText('delete object')
  const from = await stage.screenOf(150, 270)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (const [x, y] of [
    [290, 270],
    [290, 380],
    [150, 380],
    [150, 275],
  ] as const) {
    const at = await stage.screenOf(x, y)
    await page.mouse.move(at.x, at.y, { steps: 4 })
  }
  await picture(page, 'lasso')
  await page.mouse.up()
  await expect(page.getByTestId('stage-hint')).toContainText('delete them')
  await picture(page, 'vertices-chosen')
  const line = shapes()[1]!
  await page.keyboard.press('Shift+ArrowUp')
  await expect
    .poll(() => {
      const now = shapes()[1]!
      return line.type === 'polyline' && now.type === 'polyline'
        ? now.points.map(([, y], i) => Math.round(line.points[i]![1] - y))
        : []
    })
    .toEqual([0, 10, 10])
  expect(problems).toEqual([])
})

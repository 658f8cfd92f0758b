/** Which object lies on top, by keys and menu; and vertices that snap to the objects around. */
import { readStoredObjects } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'

test('objects go over and under each other, and a vertex snaps to a corner', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await page.keyboard.press('1')
  await stage.drag(100, 100, 300, 250)
  await stage.waitForObjects(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await stage.drag(200, 150, 400, 300)
  await stage.waitForObjects(2)
  const rows = page.getByTestId('object-row').locator('.row-name')
  const names = await rows.allInnerTexts()

  // The list has the topmost first.
  await page.keyboard.press('PageDown')
  await expect(rows).toHaveText(names.toReversed())
  await page.keyboard.press('Control+z')
  await expect(rows).toHaveText(names)

  await page.keyboard.press('v')
  await stage.click(350, 280)
  await stage.click(350, 280, 'right')
  await page.getByTestId('menu-order').click()
  const back = page.getByTestId('menu-order-back')
  await expect(back).toBeVisible()
  await picture(page, 'menu')
  await back.click()
  await expect(rows).toHaveText(names.toReversed())

  await page.keyboard.press('Escape')
  await page.keyboard.press('p')
  await stage.click(480, 60)
  await stage.click(540, 200)
  const near = await stage.screenOf(402, 303)
  await page.keyboard.down('Shift')
  await page.mouse.move(near.x, near.y, { steps: 3 })
  await picture(page, 'snap')
  await page.mouse.down()
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await page.keyboard.press('Enter')
  await stage.waitForObjects(3)
  const shapes = () => readStoredObjects(photos).map(({ shape }) => shape)
  await expect.poll(() => shapes().length).toBe(3)
  const [, lower, drawn] = shapes()
  if (lower?.type !== 'rectangle' || drawn?.type !== 'polygon') throw new Error('Other shapes were stored.')
  expect(drawn.parts[0]!.outer[2]).toEqual([lower.x + lower.width, lower.y + lower.height])
  expect(problems).toEqual([])
})

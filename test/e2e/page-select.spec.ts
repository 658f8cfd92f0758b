/** Many objects: selected with Ctrl and Shift, changed as one step; looked at in other ways. */
import { readStoredObjects } from '../support/project-file.ts'
import { drawRow } from '../support/draw-row.ts'
import { expect, test } from '../support/fixtures.ts'

test('several objects, selected with Ctrl, a box and Shift, are changed as one step', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await drawRow(stage, 4)
  const count = (expected: number) =>
    expect(stage.element).toHaveAttribute('data-selected-count', String(expected))
  const classes = () => readStoredObjects(photos).map(({ label }) => label)
  const before = classes()[0]!

  const at = async (i: number) => {
    const { x, y } = await stage.screenOf(90 + 90 * i, 130)
    await page.mouse.click(x, y)
  }
  await at(0)
  await page.keyboard.down('Control')
  await at(1)
  await at(3)
  await count(3)
  await at(1)
  await count(2)
  await at(1)
  await page.keyboard.up('Control')
  await count(3)
  await expect(page.getByTestId('stage-hint')).toContainText('3 objects selected')
  await expect(page.getByTestId('object-count')).toHaveText('3 of 4 selected')
  await picture(page, 'three-selected')
  await page.keyboard.press('2')
  await expect.poll(classes).toEqual(['cat', 'cat', before, 'cat'])
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(classes).toEqual([before, before, before, before])

  await page.keyboard.press('Escape')
  await count(1)
  await page.keyboard.press('Escape')
  await count(0)
  const from = await stage.screenOf(40, 80)
  const to = await stage.screenOf(310, 180)
  await page.keyboard.down('Control')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await expect(page.getByTestId('pick-box')).toBeVisible()
  await count(3)
  await picture(page, 'box')
  await page.mouse.up()
  await page.keyboard.up('Control')
  await count(3)
  await page.keyboard.press('Shift+ArrowDown')
  await expect
    .poll(() => readStoredObjects(photos).map(({ shape }) => 'y' in shape && Math.round(shape.y)))
    .toEqual([110, 110, 110, 100])

  const rows = page.getByTestId('object-row')
  await rows.nth(0).click()
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await count(3)
  await page.keyboard.press('Delete')
  await stage.waitForObjects(1)
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(4)
  await page.keyboard.press('Control+a')
  await count(4)
  await page.keyboard.press('Shift+H')
  await count(0)
  await picture(page, 'all-hidden')
  await page.keyboard.press('Alt+Shift+H')
  await expect(page.getByTestId('object-show')).toHaveCount(0)
  expect(problems).toEqual([])
})

test('the wheel zooms where the pointer is, with Ctrl in finer steps; Shift pans, Alt sizes the brush', async ({
  openPhoto,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const scale = async () => Number(await stage.element.getAttribute('data-scale'))
  /** How far the place under the pointer is from that one, image pixels; the view keeps to whole pixels of the screen. */
  const offFrom = async (x: number, y: number) => {
    const [atX, atY] = (await page.getByTestId('status-pointer').innerText()).split(', ').map(Number)
    return Math.max(Math.abs(atX! - x), Math.abs(atY! - y))
  }
  const wheel = async (y: number, key?: 'Alt' | 'Control' | 'Shift') => {
    if (key) await page.keyboard.down(key)
    await page.mouse.wheel(0, y)
    if (key) await page.keyboard.up(key)
  }
  const fitted = await scale()
  const { x, y } = await stage.screenOf(150.5, 130.5)
  await page.mouse.move(x, y)
  await expect.poll(() => offFrom(150, 130)).toBeLessThanOrEqual(1)

  await wheel(-100)
  await expect.poll(scale).toBeCloseTo(fitted * Math.exp(0.18), 4)
  await wheel(-20, 'Control')
  await expect.poll(scale).toBeCloseTo(fitted * Math.exp(0.18 + 0.2), 4)
  await expect.poll(() => offFrom(150, 130)).toBeLessThanOrEqual(1)
  const near = await scale()
  await wheel(60, 'Shift')
  await expect.poll(() => offFrom(Math.floor(150.5 + 60 / near), 130)).toBeLessThanOrEqual(1)
  expect(await scale()).toBe(near)

  await page.keyboard.press('b')
  const said = page.locator('#stage-status')
  await expect(said).toContainText('Brush of')
  const size = async () => Number(/[\d.]+/.exec(await said.innerText())?.[0])
  const before = await size()
  await wheel(-300, 'Alt')
  await expect.poll(size).toBeGreaterThan(before * 1.5)
  expect(await scale()).toBe(near)
  expect(problems).toEqual([])
})

test('a right click opens a menu of what is selected, with what lies there to pick from', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await drawRow(stage, 2)
  await page.keyboard.press('r')
  await stage.drag(30, 60, 300, 220)
  await stage.waitForObjects(3)
  await page.keyboard.press('v')
  await stage.click(90, 130, 'right')
  const menu = page.getByTestId('object-menu')
  await expect(menu).toBeVisible()
  // However low the pointer is, all of it is in sight.
  await expect(page.getByTestId('menu-delete')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('menu-class')).toBeInViewport({ ratio: 1 })
  await page.getByTestId('menu-under').click()
  await expect(page.getByTestId('menu-under-object')).toHaveCount(2)
  await picture(page, 'under-the-pointer')
  await page.getByTestId('menu-under-object').nth(1).click()
  const rows = page.getByTestId('object-row')
  await expect(rows.nth(0)).toHaveAttribute('aria-selected', 'true')

  await page.keyboard.press('Control+a')
  await page.emulateMedia({ colorScheme: 'dark' })
  await rows.nth(1).click({ button: 'right' })
  await page.getByTestId('menu-shape').hover()
  await expect(page.getByTestId('menu-fill-holes')).toBeVisible()
  await picture(page, 'menu-dark')
  await page.getByTestId('menu-join').click()
  await stage.waitForObjects(1)
  await page.getByTestId('stage').press('Control+z')
  await stage.waitForObjects(3)
  await stage.click(500, 350, 'right')
  await expect(page.getByTestId('menu-paste')).toBeVisible()
  await picture(page, 'menu-of-the-image')
  await page.keyboard.press('Escape')
  expect(readStoredObjects(photos)).toHaveLength(3)
  expect(problems).toEqual([])
})

test('objects are shown as the user likes, and hidden while a key is held', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await drawRow(stage, 3)
  await page.keyboard.press('w')
  const panel = page.getByTestId('look')
  await expect(panel).toBeVisible()
  await page.getByTestId('look-line').fill('4')
  await page.getByTestId('look-fill').fill('0.6')
  await page.getByTestId('look-names').click()
  await page.getByTestId('look-crosshair').click()
  await picture(page, 'look')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'look-dark')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await stage.element.hover()
  await expect(page.getByTestId('crosshair')).toBeVisible()

  await page.keyboard.down('x')
  await expect(stage.element).toHaveAttribute('data-peeking', '')
  await picture(page, 'peeking')
  await page.keyboard.up('x')
  await expect(stage.element).not.toHaveAttribute('data-peeking', '')
  // What is not seen at once is said, and its next state takes the place of the last.
  await page.keyboard.press('Alt+v')
  await expect(page.getByText('On: Edit shared vertices together')).toBeVisible()
  await page.keyboard.press('Alt+v')
  await expect(page.getByText('Off: Edit shared vertices together')).toBeVisible()
  await expect(page.getByText('On: Edit shared vertices together')).toBeHidden()
  await page.keyboard.press('q')
  await page.getByTestId('zoom-value').click()
  await page.getByRole('menuitem', { name: '800%' }).click()
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('+')
  await picture(page, 'grid-and-outlines')
  await page.setViewportSize({ width: 900, height: 640 }).catch(() => undefined)
  await page.keyboard.press('f')
  await page.keyboard.press('w')
  await picture(page, 'look-small')
  await page.reload()
  await stage.openImage('coffee.jpg')
  await page.keyboard.press('w')
  await expect(page.getByTestId('look-outlines')).toBeChecked()
  await expect(page.getByTestId('look-names')).not.toBeChecked()
  expect(problems).toEqual([])
})

test('steps have names, and several are taken back at once', async ({ openPhoto, photos, picture }) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  page.setDefaultTimeout(20_000)
  await drawRow(stage, 3)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('j')
  await stage.waitForObjects(1)
  await page.getByTestId('action-undo').hover()
  await expect(page.getByTestId('action-undo')).toHaveAccessibleName('Undo: Join 3 objects')
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(3)
  await page.keyboard.press('Control+Alt+z')
  await expect(page.getByTestId('step-redo')).toHaveText(['Join 3 objects'])
  await expect(page.getByTestId('step-undo')).toHaveCount(3)
  await picture(page, 'steps')
  await page.getByTestId('step-undo').nth(1).click()
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  expect(problems).toEqual([])
})

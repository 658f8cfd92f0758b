/** What protects work: locks, boxes that are shown before they are made, and classes that come as a list. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

test('a locked object is neither dragged nor deleted, by itself or with its class', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(100, 100, 260, 240)
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  const drawn = readStoredObjects(photos).map(({ shape }) => shape)
  await page.keyboard.press('v')
  await stage.click(180, 170)
  const row = page.getByTestId('object-row')
  await expect(row).toHaveAttribute('aria-selected', 'true')
  const isUntouched = async () => {
    await stage.drag(180, 170, 230, 200)
    await expect(page.getByText('This object is locked.').first()).toBeVisible()
    await page.keyboard.press('Delete')
    await stage.waitForObjects(1)
    expect(readStoredObjects(photos).map(({ shape }) => shape)).toEqual(drawn)
  }
  await page.keyboard.press('l')
  await expect(row.getByTestId('object-lock')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('stage-hint')).toContainText('unlock')
  await picture(page, 'locked')
  await isUntouched()
  await row.getByTestId('object-lock').click()
  await expect(row.getByTestId('object-lock')).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('Shift+L')
  await expect(page.getByTestId('class-row').first().getByTestId('class-lock')).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await isUntouched()
  await picture(page, 'class-locked')
  await page.keyboard.press('Shift+L')
  await expect(row.getByTestId('object-lock')).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('Backspace')
  await stage.waitForObjects(0)
  expect(problems).toEqual([])
})

test('a row of an object tells and does the same for a mouse and for who has none', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(100, 100, 260, 240)
  await stage.waitForObjects(1)
  const row = page.getByTestId('object-row')
  const choose = row.getByTestId('object-class')
  const pick = (name: string) => page.getByRole('menu').getByRole('menuitemradio', { name }).click()
  const stored = () => readStoredObjects(photos).map(({ label }) => label)
  const [first, second] = await page.getByTestId('class-row').locator('.row-name').allTextContents()
  // A screen reader presses without coming near, and so does a finger as far as hovering goes.
  await choose.evaluate((button: HTMLElement) => button.click())
  await pick(second!)
  await expect.poll(stored).toEqual([second])
  await choose.click()
  await pick(first!)
  await expect.poll(stored).toEqual([first])
  await row.getByTestId('object-refine').hover()
  await expect(page.getByRole('tooltip')).toContainText('Refine this object')
  await picture(page, 'row-tooltip')
  await row.getByTestId('object-lock').click()
  await expect(row.getByTestId('object-lock')).toHaveAttribute('aria-pressed', 'true')
  expect(problems).toEqual([])
})

test('boxes to masks shows what it understood, and all of it is undone in one step', async ({
  openPhoto,
  photos,
  temporary,
  picture,
}) => {
  const boxes = join(temporary, 'boxes')
  await mkdir(boxes)
  await writeFile(join(boxes, 'coffee.txt'), '0 0.483333 0.4075 0.406667 0.745\n45 0.2 0.2 0.2 0.2\n')
  await writeFile(join(boxes, 'rocket.txt'), '0 0.5 0.5 0.3 0.5\n0 0.5 0.5\n')
  await writeFile(join(boxes, 'nowhere.txt'), '0 0.5 0.5 0.3 0.5\n')
  await writeFile(join(boxes, 'classes.txt'), 'cup\n')
  const { page, stage, electron, problems } = await openPhoto('coffee.jpg')
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  await page.keyboard.press('Control+Shift+M')
  await page.getByTestId('boxes-path').fill(boxes)
  await page.getByTestId('boxes-read').click()
  const summary = page.getByTestId('boxes-summary')
  await expect(summary).toContainText('3 boxes on 2 images')
  await expect(summary).toContainText('classes.txt')
  await expect(page.getByTestId('boxes-classes')).toContainText('class 45has no name')
  await expect(page.getByTestId('boxes-problems')).toContainText('2 things do not fit')
  await picture(page, 'understood')
  expect(readStoredObjects(photos)).toEqual([])
  await page.getByTestId('boxes-back').click()
  await expect(page.getByTestId('boxes-path')).toHaveValue(boxes)
  await page.getByTestId('boxes-read').click()
  await page.getByTestId('boxes-run').click()
  const card = page.getByTestId('boxes-card')
  await expect(card).toHaveAttribute('data-state', 'done', { timeout: 120_000 })
  await expect.poll(() => readStoredObjects(photos).length).toBeGreaterThan(1)
  const classes = page.getByTestId('class-row')
  await expect(classes.filter({ hasText: 'class 45' })).toHaveCount(1)
  await picture(page, 'made')
  await page.getByTestId('boxes-undo-all').click()
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  await stage.waitForObjects(0)
  await expect(classes.filter({ hasText: 'class 45' })).toHaveCount(0)
  await picture(page, 'undone')
  expect(problems).toEqual([])
})

test('a pasted list becomes classes, and what is written into classes.txt later is offered', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, problems } = await openPhoto('coffee.jpg')
  const rows = page.getByTestId('class-row')
  const before = await rows.count()
  await page.keyboard.press('n')
  await page.getByTestId('class-name-field').evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'spoon\nfork\r\n  knife  \nspoon\n')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(rows).toHaveCount(before + 3)
  await expect(rows.filter({ hasText: 'knife' })).toHaveCount(1)
  await picture(page, 'pasted')
  await writeFile(join(photos, 'classes.txt'), 'spoon\nplate\nglass\n')
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByText('classes.txt lists 2 classes that the project does not have')).toBeVisible()
  await picture(page, 'offered')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(rows).toHaveCount(before + 5)
  const edge = page.getByRole('separator', { name: 'Height of the list of classes' })
  const at = (await edge.boundingBox())!
  const panel = page.getByTestId('classes-panel')
  const tall = (await panel.boundingBox())!.height
  await page.mouse.move(at.x + 40, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 40, at.y - 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await panel.boundingBox())!.height - tall)).toBe(-60)
  await picture(page, 'splitter')
  expect(problems).toEqual([])
})

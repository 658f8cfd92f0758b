/** What is said of images (reviewed, flagged with a note, tags), and proposals that are accepted or dropped. */
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { makeProposals } from '../support/project-file.ts'

test('an image is reviewed, flagged and tagged by keys, found by it, and undo takes each back', async ({
  openPhoto,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  const row = page.getByTestId('image-row').filter({ hasText: 'coffee.jpg' })
  const filter = page.getByTestId('image-filter')
  const names = () => page.getByTestId('image-row').locator('.name').allTextContents()
  const named = (...wanted: string[]) =>
    expect.poll(async () => (await names()).map((name) => name.trim())).toEqual(wanted)

  await test.step('a flag has a note', async () => {
    await page.keyboard.press('Shift+N')
    await expect(page.getByTestId('flag-note')).toBeFocused()
    await page.keyboard.type('too dark')
    await picture(page, 'flag')
    expect(await faultsOf(page, 'flag')).toEqual([])
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('mark-flag')).toHaveText('too dark')
    await expect(row.getByTestId('image-flag')).toBeVisible()
  })

  await test.step('tags are typed, and offered on the next image', async () => {
    await page.keyboard.press('Shift+T')
    await expect(page.getByTestId('tag-field')).toBeFocused()
    for (const tag of ['night', 'indoor scene']) {
      await page.keyboard.type(tag)
      await page.keyboard.press('Enter')
      await expect(page.getByTestId('mark-tags-panel').locator('.tag', { hasText: tag })).toBeVisible()
    }
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('mark-tags-panel')).toHaveCount(0)
    await expect(row.getByTestId('image-tags')).toHaveText('indoor scene, night')
    await stage.openImage('coins.png')
    await page.keyboard.press('Shift+T')
    await expect(page.getByRole('option', { name: /^night/ })).toBeVisible()
    await picture(page, 'tags')
    expect(await faultsOf(page, 'tags')).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('mark-tags')).toHaveText('indoor scene')
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('mark-tags-panel')).toHaveCount(0)
  })

  await test.step('reviewed', async () => {
    await page.keyboard.press('Shift+R')
    await expect(page.getByTestId('reviewed-chip')).toHaveText('Reviewed')
    await picture(page, 'said')
    await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
    await picture(page, 'said-dark')
  })

  await test.step('the filter finds them', async () => {
    await filter.fill('status:flagged')
    await named('coffee.jpg')
    await filter.fill('tag:')
    await page.getByRole('option', { name: 'tag:"indoor scene"' }).click()
    await named('coffee.jpg', 'coins.png')
    await filter.fill('status:reviewed')
    await named('coins.png')
    await filter.fill('')
    await expect.poll(async () => (await names()).length).toBe(6)
    await filter.blur()
    await page.keyboard.press('Alt+N')
    await expect(page.getByTestId('mark-flag')).toHaveText('too dark')
  })

  await test.step('undo takes each back', async () => {
    await page.keyboard.press('Control+Z')
    await page.keyboard.press('Control+Z')
    await page.keyboard.press('Control+Z')
    await expect(page.getByTestId('mark-flag')).toHaveText('')
    await expect(row.getByTestId('image-flag')).toHaveCount(0)
    await expect(row.getByTestId('image-tags')).toHaveCount(0)
  })
  expect(problems).toEqual([])
})

test('proposals are drawn apart, accepted one by one or all, and dropped', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  const row = page.getByTestId('image-row').filter({ hasText: 'coins.png' })
  await page.keyboard.press('r')
  for (const [x, y] of [
    [30, 20],
    [120, 20],
    [200, 120],
  ] as const)
    await stage.drag(x, y, x + 60, y + 60)
  await stage.waitForObjects(3)
  await expect(row.getByLabel('3 objects')).toBeVisible()
  expect(makeProposals(photos)).toBe(3)
  await expect(page.getByTestId('proposals')).toContainText('3 proposals')
  await expect(row.getByTestId('image-proposals')).toHaveText('3')
  await expect(row.getByLabel('3 objects')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await picture(page, 'proposals')
  expect(await faultsOf(page, 'proposals')).toEqual([])
  await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))

  await test.step('by keys, one after the other', async () => {
    await page.keyboard.press('Alt+Y')
    await expect(page.locator('[data-testid=object-row][aria-selected=true]')).toHaveCount(1)
    await picture(page, 'one-selected')
    await page.keyboard.press('y')
    await expect(page.getByTestId('proposals')).toContainText('2 proposals')
    await expect(row.getByLabel('1 object')).toBeVisible()
    await page.keyboard.press('Delete')
    await expect(page.getByTestId('proposals')).toContainText('1 proposal')
    await expect(page.getByTestId('object-row')).toHaveCount(2)
  })
  await page.keyboard.press('Shift+Y')
  await expect(page.getByTestId('proposals')).toHaveCount(0)
  await expect(row.getByLabel('2 objects')).toBeVisible()
  await page.keyboard.press('Control+Z')
  await expect(page.getByTestId('proposals')).toContainText('1 proposal')
  await page.getByTestId('drop-proposals').click()
  await expect(page.getByTestId('object-row')).toHaveCount(1)
  expect(problems).toEqual([])
})

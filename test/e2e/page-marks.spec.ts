/** What is said of an image is undone like an object; edits carry the name that the user gave. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { NEWEST_FORMAT } from '../../core/store/edit-formats.ts'
import { expect, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

test('mark an image done, undo it there alone, and give edits a name', async ({
  launch,
  photos,
  picture,
}) => {
  const { page, problems } = await launch()
  const stage = driveStage(page)
  await expect(page.getByTestId('image-row')).toHaveCount(6)
  await page.keyboard.press('Control+,')
  const name = page.getByLabel('Your name')
  await expect(name).not.toHaveValue('')
  const usual = await name.inputValue()
  await name.fill('')
  await name.press('Enter')
  await expect(name).toHaveValue(usual)
  await name.fill('Ada Lovelace')
  await picture(page, 'your-name')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')

  await stage.openImage('cat.jpg')
  const chip = page.getByTestId('done-chip')
  const marks = page.getByTestId('image-row').getByLabel('Done')
  await page.keyboard.press('m')
  await expect(chip).toHaveAttribute('aria-pressed', 'true')
  await expect(marks).toHaveCount(1)
  await picture(page, 'marked')

  // Another image has a history of its own.
  await page.keyboard.press('d')
  await expect(page.getByTestId('statusbar')).toContainText('coffee.jpg')
  await page.keyboard.press('Control+z')
  await expect(marks).toHaveCount(1)
  await page.keyboard.press('a')
  await expect(page.getByTestId('statusbar')).toContainText('cat.jpg')
  await page.keyboard.press('Control+z')
  await expect(chip).toHaveAttribute('aria-pressed', 'false')
  await expect(marks).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(marks).toHaveCount(1)

  const db = new DatabaseSync(join(photos, '.maskwright', 'project.sqlite'), { readOnly: true })
  expect(db.prepare('SELECT author, format FROM edits').all()).toEqual([
    { author: 'Ada Lovelace', format: NEWEST_FORMAT },
  ])
  db.close()
  expect(problems).toEqual([])
})

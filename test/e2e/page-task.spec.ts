/** A task lies in the folder: it is offered, opened as the list, kept over a restart with its person, and closed. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'

test('a task is the list, signs what is done, stays open over a restart, and is closed', async ({
  launch,
  photos,
  picture,
}) => {
  const file = (person: string, images: string[]) =>
    writeFile(
      join(photos, `maskwright-task-${person}.json`),
      JSON.stringify({ format: 'maskwright-task', version: 1, person, images }),
    )
  await file('anna', ['cat.jpg', 'coffee.jpg', 'gone.jpg'])
  await file('ben', ['coffee.jpg'])
  let app = await launch()
  await app.page.getByTestId('task-offer').getByRole('button', { name: 'Open anna’s' }).click()
  const rows = () => app.page.getByTestId('image-list').getByTestId('image-row')
  await expect(rows()).toHaveCount(2)
  await expect(app.page.getByTestId('task-chip')).toContainText('anna’s task · 2 images · 1 missing')
  await expect(app.page.getByText('not in this folder: gone.jpg')).toBeVisible()
  await expect(app.page.getByTestId('image-filter')).toHaveValue('')
  await picture(app.page, 'open')
  await app.page.getByTestId('image-filter').fill('coffee')
  await expect(rows()).toHaveCount(1)
  await app.page.getByTestId('image-filter').fill('')
  await expect(rows()).toHaveCount(2)
  // The offers under the field, then the field.
  await app.page.keyboard.press('Escape')
  await app.page.keyboard.press('Escape')
  await app.page.keyboard.press('Shift+R')
  await expect(app.page.getByTestId('reviewed-chip')).toHaveAccessibleName(/^Reviewed by anna/)
  await app.close()

  app = await launch()
  await expect(rows()).toHaveCount(2)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await picture(app.page, 'again, dark')
  await app.page.getByTestId('close-task').click()
  await expect(rows()).toHaveCount(6)
  await expect(app.page.getByTestId('task-offer')).toBeVisible()
  await picture(app.page, 'closed')
  expect(app.problems).toEqual([])
})

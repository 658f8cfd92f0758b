/** A damaged project: the window says what can be done, and does it; a damaged object stops nothing but itself. */
import { copyFileSync, mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'

test('a damaged project is offered its backup, and opens with it', async ({ launch, photos, picture }) => {
  const file = join(photos, '.maskwright', 'project.sqlite')
  const first = await launch()
  const stage = driveStage(first.page)
  await stage.openImage('coins.png')
  await first.page.keyboard.press('r')
  await stage.drag(200, 100, 260, 150)
  await first.page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)
  await first.close()
  // As it was kept yesterday evening.
  const folder = join(photos, '.maskwright', 'backups')
  mkdirSync(folder, { recursive: true })
  const yesterday = new Date(new Date().setHours(18, 2, 0, 0) - 86_400_000)
  const backup = join(folder, 'project-2026-01-01.sqlite')
  copyFileSync(file, backup)
  utimesSync(backup, yesterday, yesterday)
  truncateSync(file, 9000)
  const damaged = readFileSync(file)

  const { page, problems } = await launch()
  const dialog = page.getByTestId('repair-dialog')
  await expect(dialog).toContainText('Open the backup of yesterday 18:02')
  await expect(dialog).toContainText('1 object on 1 image')
  await expect(dialog).toContainText('project.sqlite')
  await picture(page, 'repair')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'repair-dark')
  expect(readFileSync(file).equals(damaged)).toBe(true)
  await page.getByTestId('repair-run').click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Repaired: 1 object')).toBeVisible()
  await driveStage(page).openImage('coins.png')
  await driveStage(page).waitForObjects(1)
  await picture(page, 'repaired')
  expect(readFileSync(`${file}.damaged`).equals(damaged)).toBe(true)
  expect(problems).toEqual([])
})

test('nothing to repair from: not now, then an empty project', async ({ launch, photos, picture }) => {
  mkdirSync(join(photos, '.maskwright'))
  const file = join(photos, '.maskwright', 'project.sqlite')
  writeFileSync(file, '')
  const { page } = await launch()
  await expect(page.getByTestId('repair-dialog')).toContainText('it is empty')
  await page.getByText('Not now').click()
  await expect(page.getByTestId('welcome')).toBeVisible()
  expect(readFileSync(file)).toHaveLength(0)
  await page.reload()
  await page.waitForSelector('[data-ready]')
  await picture(page, 'not-now')
})

test('a damaged object is shown, deleted and brought back', async ({ launch, photos, picture }) => {
  const first = await launch()
  const stage = driveStage(first.page)
  await stage.openImage('coins.png')
  for (const [index, x] of [200, 30].entries()) {
    await first.page.keyboard.press('r')
    await stage.drag(x, 100, x + 60, 150)
    await first.page.keyboard.press('1')
    await stage.waitForObjects(index + 1)
  }
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(2)
  await first.close()
  const db = new SqliteDatabase(join(photos, '.maskwright', 'project.sqlite'))
  db.exec(`UPDATE annotations SET shape = '{"type":"polygon"' WHERE sequence = 1`)
  db.close()

  const { page, problems } = await launch()
  await driveStage(page).openImage('coins.png')
  await driveStage(page).waitForObjects(1)
  const row = page.getByTestId('damaged-object')
  await expect(row).toContainText('Its outline can’t be read')
  await picture(page, 'damaged-object')
  await page.getByTestId('damaged-delete').click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(row).toHaveCount(1)
  expect(problems).toEqual([])
})

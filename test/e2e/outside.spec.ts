/** The project's file vanishes under the app, and another process works on the same folder. */
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readStoredObjects } from '../support/project-file.ts'
import { expect, root, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

test('the project’s folder is removed: said at once, the draft stays, and written back it is stored', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await page.keyboard.press('r')
  await stage.drag(168, 14, 412, 312)
  await stage.waitForObjects(1)
  await page.keyboard.press('s')
  await stage.click(290, 160)
  await stage.waitForMask(1)

  await rm(join(photos, '.maskwright'), { recursive: true })
  const banner = page.getByTestId('lost-banner')
  await expect(banner).toContainText('safe in a copy')
  await page.keyboard.press('1')
  await expect(page.getByText('The change was not stored')).toBeVisible()
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await expect(stage.element).toHaveAttribute('data-annotations', '1')
  await picture(page, 'lost-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'lost-dark')

  await page.getByTestId('lost-back').click()
  await expect(banner).toHaveCount(0)
  await expect(page.getByText('The change was not stored')).toHaveCount(0)
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await page.keyboard.press('1')
  await stage.waitForObjects(2)
  await picture(page, 'written-back')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(2)
  expect(problems).toEqual([])
})

test('a project that another computer has is taken over; taken away and taken back, the draft stays', async ({
  launch,
  photos,
  picture,
}) => {
  const lease = join(photos, '.maskwright', 'lease.json')
  /** As another computer writes it on a network drive. */
  const takeAway = (id: string) =>
    writeFile(
      lease,
      JSON.stringify({ id, machine: 'other', host: 'lab-7', user: 'Anna', pid: 4, since: Date.now() }),
    )
  await mkdir(join(photos, '.maskwright'))
  await takeAway('first')
  const { page, problems } = await launch()
  const dialog = page.getByRole('dialog', { name: 'This project is open elsewhere' })
  await expect(dialog).toContainText('Anna has')
  await picture(page, 'held')
  await dialog.getByRole('button', { name: 'Take over' }).click()
  const stage = driveStage(page)
  await stage.openImage('coffee.jpg')
  await stage.click(290, 160)
  await stage.waitForMask(1)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(1)

  await takeAway('second')
  const banner = page.getByTestId('lost-banner')
  await expect(banner).toContainText('Anna has taken over this project on lab-7', { timeout: 30_000 })
  await stage.click(60, 330)
  await stage.waitForMask(1)
  await page.keyboard.press('2')
  await expect(page.getByText('The change was not stored')).toBeVisible()
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await picture(page, 'taken')

  await page.getByTestId('lost-take').click()
  await expect(banner).toHaveCount(0)
  await expect(page.getByText('The change was not stored')).toHaveCount(0)
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await page.keyboard.press('2')
  await stage.waitForObjects(2)
  await picture(page, 'taken-back')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(2)
  expect(problems).toEqual([])
})

test('a terminal labels the folder that is open: classes and objects appear, the draft stays', async ({
  openPhoto,
  photos,
  dataFolder,
  temporary,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coffee.jpg')
  await stage.click(290, 160)
  await stage.waitForMask(1)
  const boxes = join(temporary, 'boxes')
  await mkdir(boxes)
  await writeFile(join(boxes, 'coffee.txt'), '0 0.483333 0.4075 0.406667 0.745\n')
  await writeFile(join(boxes, 'classes.txt'), 'mug\n')
  await promisify(execFile)(
    process.execPath,
    [join(root, 'cli', 'main.ts'), 'autolabel', photos, '--boxes', boxes],
    { env: { ...process.env, MASKWRIGHT_DATA: dataFolder } },
  )
  await expect(page.getByTestId('object-row')).toHaveCount(1)
  await expect(page.getByTestId('object-row')).toContainText('mug')
  await expect(stage.element).toHaveAttribute('data-prompts', '1')
  await picture(page, 'followed')
  await page.keyboard.press('1')
  await stage.waitForObjects(2)
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(1)
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(0)
  await expect.poll(() => readStoredObjects(photos)).toEqual([])
  expect(problems).toEqual([])
})

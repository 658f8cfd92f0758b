/** The list of classes: found by typing, two-key digits, what is said of a class, merging, lists from and to files. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('classes are found, described, merged, and exchanged with files', async ({
  openPhoto,
  picture,
  temporary,
}) => {
  const { page, stage, electron } = await openPhoto('coffee.jpg')
  const row = (name: string) => page.getByTestId('class-row').filter({ hasText: name })
  const chip = page.getByTestId('class-chip')

  await test.step('a list is added from a file of COCO', async () => {
    const file = join(temporary, 'instances.json')
    const categories = ['Cup', 'lamp', 'chair', 'table', 'window', 'door', 'plant'].map((name, id) => ({
      id,
      name,
      supercategory: 'indoor',
    }))
    await writeFile(file, JSON.stringify({ categories }))
    await page.getByTestId('class-menu').click()
    await picture(page, 'menu')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByTestId('import-classes').click(),
    ])
    await chooser.setFiles(file)
    // “Cup” is there as “cup”.
    await expect(page.getByTestId('class-row')).toHaveCount(12)
  })

  await test.step('the tenth class has two keys', async () => {
    await page.keyboard.press('Alt+1')
    await expect(page.getByTestId('class-digit')).toHaveText('Class 1_')
    await page.keyboard.press('2')
    await expect(chip).toContainText('plant')
    await expect(page.getByTestId('class-digit')).toBeHidden()
    await page.keyboard.press('3')
    await expect(chip).toContainText('cup')
  })

  await test.step('a class is found by typing', async () => {
    await page.keyboard.press('/')
    const search = page.getByTestId('class-search')
    await search.fill('ch')
    await expect(page.getByTestId('class-row')).toHaveCount(1)
    await picture(page, 'search')
    await search.press('Enter')
    await expect(chip).toContainText('chair')
    await expect(page.getByTestId('class-row')).toHaveCount(12)
  })

  await test.step('digits, group and description', async () => {
    await page.keyboard.press('Shift+F2')
    const dialog = page.getByTestId('edit-class-dialog')
    await dialog.getByLabel('Digits').fill('1')
    await dialog.getByLabel('Description').fill('Anything to sit on')
    await expect(dialog.getByLabel('Supercategory')).toHaveValue('indoor')
    await picture(page, 'edit')
    expect(await faultsOf(page, 'edit class')).toEqual([])
    await dialog.getByTestId('edit-class-keep').click()
    await expect(dialog).toBeHidden()
    await page.keyboard.press('3')
    await expect(chip).toContainText('cup')
    await page.keyboard.press('1')
    await expect(chip).toContainText('chair')
  })

  await test.step('merged with its objects, and back', async () => {
    await page.keyboard.press('3')
    await stage.click(300, 200)
    await page.getByTestId('candidate').first().waitFor()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('object-row')).toHaveCount(1)
    await row('cup').click({ button: 'right' })
    await page.getByTestId('class-merge').click()
    await page.getByTestId('merge-into').selectOption({ label: 'lamp' })
    await page.emulateMedia({ colorScheme: 'dark' })
    await picture(page, 'merge-dark')
    expect(await faultsOf(page, 'merge class')).toEqual([])
    await page.getByTestId('merge-class-confirm').click()
    await expect(page.getByTestId('object-row')).toContainText('lamp')
    await expect(row('cup')).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(page.getByTestId('object-row')).toContainText('cup')
    await expect(row('cup')).toHaveCount(1)
  })

  await test.step('the list as data.yaml', async () => {
    const path = join(temporary, 'data.yaml')
    await page.getByTestId('class-menu').click()
    const item = page.getByTestId('export-classes-yaml')
    if (electron) {
      await electron.evaluate(({ session }, to) => {
        session.defaultSession.once('will-download', (_event, download) => download.setSavePath(to))
      }, path)
      await item.click()
    } else {
      const [download] = await Promise.all([page.waitForEvent('download'), item.click()])
      await download.saveAs(path)
    }
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('11: plant')
  })
})

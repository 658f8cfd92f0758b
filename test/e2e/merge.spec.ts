/** A colleague's copy is merged: compared, decided by keys, stored, undone in one step; axe finds nothing in either theme. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf } from '../support/axe.ts'
import { expect, root, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'

test('a colleague’s copy is compared, decided one by one by keys, merged and undone', async ({
  launch,
  photos,
  temporary,
  dataFolder,
  picture,
}) => {
  const label = async (folder: string, files: Readonly<Record<string, string>>) => {
    const labels = join(temporary, `labels-of-${files.name!}`)
    await mkdir(labels)
    await writeFile(join(labels, 'classes.txt'), 'cup\nspoon\n')
    for (const [file, text] of Object.entries(files))
      if (file.endsWith('.txt')) await writeFile(join(labels, file), text)
    execFileSync(process.execPath, [join(root, 'cli/bin.js'), 'import', folder, labels], {
      env: { ...process.env, MASKWRIGHT_DATA: dataFolder },
    })
  }
  const ben = join(temporary, 'ben')
  await cp(photos, ben, { recursive: true })
  await rename(join(ben, 'coffee.jpg'), join(ben, 'renamed.jpg'))
  await label(photos, { name: 'anna', 'coffee.txt': '0 .5 .4 .3 .6\n1 .2 .6 .2 .2\n0 .85 .85 .1 .1\n' })
  await label(ben, {
    name: 'ben',
    'renamed.txt': '1 .5 .4 .3 .6\n1 .22 .63 .2 .2\n0 .85 .85 .1 .1\n',
    'cat.txt': '0 .5 .5 .2 .2\n',
  })

  const { page, electron, problems } = await launch()
  // The desktop app asks the user about a path that was typed.
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  await expect(page.getByTestId('image-row').first()).toBeVisible()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Merge a colleague')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('merge-dialog')).toBeVisible()
  await page.getByTestId('merge-path').fill(join(temporary, 'nowhere'))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('merge-error')).toContainText('has no project')
  await page.getByTestId('merge-path').fill(ben)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('merge-review')).toBeVisible()
  await expect(page.getByTestId('merge-left')).toHaveText('2 differences left to decide')
  await expect(page.getByTestId('merge-run')).toBeDisabled()
  await picture(page, 'light')
  const faults = await faultsOf(page, 'merge, light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'dark')
  faults.push(...(await faultsOf(page, 'merge, dark')))
  expect(faults).toEqual([])

  await page.keyboard.press('2')
  await expect(page.getByTestId('merge-left')).toHaveText('1 difference left to decide')
  await expect(page.getByTestId('merge-review')).toContainText('2 of 2')
  await page.keyboard.press('b')
  await expect(page.getByTestId('merge-left')).toHaveText('')
  await picture(page, 'decided')
  await expect(page.getByTestId('merge-run')).toBeFocused()
  await page.keyboard.press('Enter')
  const card = page.getByTestId('merge-card')
  await expect(card).toHaveAttribute('data-state', 'done')
  await expect(card).toContainText('2 objects added, 1 object the same.')
  const names = () =>
    readStoredObjects(photos)
      .map(({ image, label: name }) => `${image} ${name}`)
      .sort()
  expect(names()).toEqual([
    ...['cat.jpg cup', 'coffee.jpg cup'],
    ...['coffee.jpg spoon', 'coffee.jpg spoon', 'coffee.jpg spoon'],
  ])
  await picture(page, 'merged')
  await page.getByTestId('merge-undo-all').click()
  await expect.poll(names).toEqual(['coffee.jpg cup', 'coffee.jpg cup', 'coffee.jpg spoon'])
  expect(problems).toEqual([])
})

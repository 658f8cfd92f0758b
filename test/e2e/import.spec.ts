/** Labels of other programs: offered, looked at, imported, undone; by the bar, by the keys, by a drop. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'
import { expect, test } from '../support/fixtures.ts'

test('labels beside the folder are offered, looked at, imported and undone in one step', async ({
  launch,
  photos,
  temporary,
  picture,
}) => {
  const labels = join(temporary, 'labels')
  await mkdir(labels)
  // The cup of coffee.jpg as a polygon, and a face as a box.
  await writeFile(join(labels, 'coffee.txt'), '0 0.3 0.1 0.68 0.1 0.68 0.75 0.3 0.75\n0 nonsense\n')
  await writeFile(join(labels, 'astronaut.txt'), '1 0.43 0.2 0.22 0.3\n1 0.7 0.7 0.2 0.2\n')
  await writeFile(join(labels, 'nobody.txt'), '1 0.5 0.5 0.1 0.1\n')
  await writeFile(join(labels, 'classes.txt'), 'cup\nface\nsaucer\n')
  const { page, problems } = await launch()
  const stage = driveStage(page)
  await stage.openImage('coffee.jpg')
  const offer = page.getByTestId('import-offer')
  await expect(offer).toContainText('labels of 2 images lie in ../labels')
  await picture(page, 'offer')
  await page.getByTestId('import-offer-take').click()
  const summary = page.getByTestId('import-summary')
  await expect(summary).toContainText('for 2 images')
  await expect(page.getByTestId('import-facts')).toContainText('3')
  await expect(summary).toContainText('nobody')
  await picture(page, 'look')
  await page.getByTestId('import-run').click()
  const card = page.getByTestId('import-card')
  await expect(card).toHaveAttribute('data-state', 'done')
  await expect(card).toContainText('3 objects added.')
  await picture(page, 'imported')
  expect(readStoredObjects(photos)).toHaveLength(3)
  // Taken back by the keys, the card offers to do it again.
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('import-redo-all')).toHaveText('Redo all 3')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(0)
  await picture(page, 'undone')
  await page.getByTestId('import-redo-all').click()
  await expect(page.getByTestId('import-undo-all')).toHaveText('Undo all 3')
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(3)

  await page.keyboard.press('Control+I')
  await page.getByTestId('import-path').fill(`"${labels}"`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'form-dark')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('import-facts')).toContainText('are there already')
  await expect(page.getByTestId('import-run')).toBeDisabled()
  await page.getByTestId('import-replace').check()
  await expect(page.getByTestId('import-facts')).toContainText('are replaced')
  await page.getByTestId('import-turn-boxes').check()
  await expect(page.getByTestId('import-facts')).toContainText('boxes become masks')
  await expect(page.getByTestId('import-run')).toHaveText(/mask/)
  await picture(page, 'look-dark')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('import-dialog')).toBeHidden()

  await page.getByTestId('import-undo-all').click()
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(0)

  // Once more, and the model makes masks of the two boxes.
  await page.keyboard.press('Control+I')
  await page.getByTestId('import-path').fill(labels)
  await page.keyboard.press('Enter')
  await page.getByTestId('import-turn-boxes').check()
  await expect(page.getByTestId('import-facts')).toContainText('boxes become masks')
  await page.getByTestId('import-run').click()
  await expect(card).toContainText('2 masks made of 2 boxes.', { timeout: 90_000 })
  const masks = readStoredObjects(photos).filter(({ source }) => source === 'model')
  expect(masks.map(({ shape }) => shape.type)).toEqual(['polygon', 'polygon'])
  await picture(page, 'masks-dark')
  await page.getByTestId('import-undo-all').click()
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(0)
  expect(problems).toEqual([])
})

test('what holds no labels is said, and an offer that is not wanted does not come back', async ({
  launch,
  temporary,
}) => {
  await mkdir(join(temporary, 'labels'))
  await writeFile(join(temporary, 'labels', 'coffee.txt'), '0 0.5 0.5 0.2 0.2\n')
  const first = await launch()
  await first.page.getByTestId('import-offer').getByRole('button', { name: 'Not these labels' }).click()
  await first.page.keyboard.press('Control+I')
  await first.page.getByTestId('import-path').fill(join(temporary, 'labels', 'nowhere'))
  await first.page.getByTestId('import-look').click()
  await expect(first.page.getByTestId('import-error')).toContainText('no file or folder')
  await first.page.reload()
  await first.page.getByTestId('statusbar').waitFor()
  await driveStage(first.page).openImage('coffee.jpg')
  await expect(first.page.getByTestId('import-offer')).toBeHidden()
})

test('a label file that is dropped on the window is looked at; a browser asks for its path', async ({
  launch,
  temporary,
  shell,
}) => {
  const file = join(temporary, 'coffee.txt')
  await writeFile(file, '0 0.5 0.5 0.2 0.2\n')
  const { page } = await launch()
  await driveStage(page).openImage('coffee.jpg')
  await page.evaluate(() => {
    const input = document.body.appendChild(document.createElement('input'))
    input.type = 'file'
    input.id = 'test-drop'
  })
  await page.locator('#test-drop').setInputFiles(file)
  await page.evaluate(() => {
    const { files } = document.querySelector<HTMLInputElement>('#test-drop')!
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(files![0]!)
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  if (shell === 'electron') await expect(page.getByTestId('import-facts')).toContainText('object is added')
  else {
    await expect(page.getByTestId('import-path')).toHaveValue('')
    await expect(page.getByText('A browser does not tell where a dropped file lies.')).toBeVisible()
  }
})

test('names in an encoding that is not told are shown as they read in each, and the choice is taken', async ({
  launch,
  photos,
  temporary,
  picture,
}) => {
  const labels = join(temporary, 'gbk')
  await mkdir(labels)
  await writeFile(join(labels, 'coffee.txt'), '0 0.5 0.5 0.2 0.2\n1 0.2 0.2 0.2 0.2\n')
  // "dog" and "cat" in Chinese, GBK.
  await writeFile(join(labels, 'classes.txt'), Buffer.from('b9b70ac3a80a', 'hex'))
  const { page, electron, problems } = await launch()
  // The desktop app asks the user about a path that was typed.
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  await driveStage(page).openImage('coffee.jpg')
  await page.keyboard.press('Control+I')
  await page.getByTestId('import-path').fill(labels)
  await page.getByTestId('import-look').click()
  const choice = page.getByTestId('import-encodings')
  await expect(choice).toContainText('狗 · 猫')
  await expect(choice).toContainText('not UTF-8')
  await expect(page.getByTestId('import-error')).toBeHidden()
  await picture(page, 'encodings')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'encodings-dark')
  // The labels are read again at once, and the question goes.
  await page.getByTestId('import-encoding-gb18030').click()
  await expect(page.getByTestId('import-summary')).toContainText('狗')
  await page.getByTestId('import-run').click()
  await expect.poll(() => readStoredObjects(photos).map(({ label }) => label)).toEqual(['狗', '猫'])
  expect(problems).toEqual([])
})

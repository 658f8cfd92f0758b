/** A second export into the same folder keeps the numbers of classes, or says which are others. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('classes keep their numbers in the folder of an earlier export, until somebody wants others', async ({
  openPhoto,
  temporary,
  picture,
}) => {
  const { page, stage, electron } = await openPhoto('coins.png')
  const drawn = async (class_: string, objects: number, x: number) => {
    await page.keyboard.press('r')
    await stage.drag(x, 20, x + 40, 60)
    await page.keyboard.press(class_)
    await stage.waitForObjects(objects)
  }
  await drawn('2', 1, 20)
  await drawn('4', 2, 80)
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  const out = join(temporary, 'coco')
  const report = page.getByTestId('export-report')
  const numbers = async () => {
    const text = await readFile(join(out, 'annotations', 'instances.json'), 'utf8')
    const { categories } = JSON.parse(text) as { categories: { id: number; name: string }[] }
    return Object.fromEntries(categories.map(({ id, name }) => [name, id]))
  }
  const open = async () => {
    await page.getByTestId('export').click()
    await page.getByTestId('export-format-coco').click()
    await page.getByTestId('export-out').fill(out)
  }
  const classes = page.getByTestId('export-classes')

  await test.step('the first export numbers them in their order', async () => {
    await open()
    await page.getByTestId('export-run').click()
    await expect(report).toContainText('2 objects')
    await expect(report).not.toContainText('last export')
    await page.getByTestId('export-close').click()
  })
  const first = await numbers()

  await test.step('another order is another number, and it is said', async () => {
    await open()
    await classes.locator('summary').click()
    await expect(page.getByTestId('export-keep-numbers')).toBeChecked()
    await picture(page, 'classes')
    await classes.getByRole('button', { name: 'cat up' }).click()
    await expect(page.getByTestId('export-keep-numbers')).not.toBeChecked()
    await page.getByTestId('export-run').click()
    const notes = page.getByTestId('export-notes')
    await expect(notes).toContainText(`"cat" was ${first.cat} and is ${first.cat! - 1}`)
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme)
      await picture(page, `renumbered-${theme}`)
      expect(await faultsOf(page, theme)).toEqual([])
    }
    await page.getByTestId('export-close').click()
    expect((await numbers()).cat).toBe(first.cat! - 1)
  })

  await test.step('left alone, they keep what the folder has, until they are numbered anew', async () => {
    await open()
    await page.getByTestId('export-run').click()
    await expect(page.getByTestId('export-notes')).toContainText('keep the numbers of the last export')
    await picture(page, 'kept')
    expect((await numbers()).cat).toBe(first.cat! - 1)
    await page.getByTestId('export-renumber').click()
    await expect(page.getByTestId('export-notes')).toContainText(
      `"cat" was ${first.cat! - 1} and is ${first.cat}`,
    )
    await picture(page, 'anew')
    expect(await numbers()).toEqual(first)
  })
})

/** Files beside the photos: turned on from the export, in step with what is drawn, and what is not ours is left. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'

interface Labelme {
  readonly shapes: readonly { readonly label: string }[]
}

const countIn = async (file: string): Promise<number | null> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Labelme).shapes.length
}

test('LabelMe files beside the photos follow each change, and a file of another program is left until it is replaced', async ({
  openPhoto,
  photos,
  picture,
}) => {
  const { page, stage, problems } = await openPhoto('coins.png')
  const file = join(photos, 'coins.json')
  await page.keyboard.press('r')
  await stage.drag(200, 100, 260, 150)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)

  await page.keyboard.press('Control+e')
  await page.getByTestId('export-format-labelme').click()
  await page.getByRole('radio', { name: 'Beside the photos' }).click()
  await picture(page, 'export-beside')
  await page.getByTestId('export-mirror').click()
  await page.getByTestId('mirror-switch').click()
  await expect(page.getByTestId('mirror-state')).toContainText('in step')
  await expect.poll(() => countIn(file)).toBe(1)
  await picture(page, 'mirror-on')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByTestId('mirror-dialog')).toBeHidden()
  await expect(page.getByTestId('status-mirror')).toHaveAttribute('data-state', 'done')

  await stage.drag(40, 30, 90, 80)
  await page.keyboard.press('1')
  await stage.waitForObjects(2)
  await expect.poll(() => countIn(file)).toBe(2)
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(1)
  await expect.poll(() => countIn(file)).toBe(1)

  // labelme has saved it.
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"description": ""', '"description": "mine"'))
  await page.keyboard.press('Control+y')
  await stage.waitForObjects(2)
  const chip = page.getByTestId('status-mirror')
  await expect(chip).toHaveAttribute('data-state', 'trouble')
  expect(await countIn(file)).toBe(1)
  await chip.click()
  await expect(page.getByTestId('mirror-left')).toContainText('changed by another program')
  await picture(page, 'mirror-left')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'mirror-left-dark')
  await page.getByTestId('mirror-take-over').click()
  await expect(page.getByTestId('mirror-state')).toContainText('in step')
  await expect.poll(() => countIn(file)).toBe(2)
  expect(await readFile(join(photos, '.maskwright', 'replaced', 'coins.json'), 'utf8')).toContain('mine')
  expect(problems).toEqual([])
})

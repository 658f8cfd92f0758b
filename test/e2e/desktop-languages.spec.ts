/** What the shell itself says, in the language of the window: questions, errors, menus. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'

/** Answers the boxes of the system, which nobody can click here, with their last button; tells what they say. */
const answerBoxes = async (electron: ElectronApplication) => {
  await electron.evaluate(({ dialog }) => {
    const said: Electron.MessageBoxOptions[] = []
    Object.assign(globalThis, { boxes: said })
    dialog.showMessageBox = (...given: unknown[]) => {
      const options = given.at(-1) as Electron.MessageBoxOptions
      said.push(options)
      return Promise.resolve({ response: (options.buttons?.length ?? 1) - 1, checkboxChecked: false })
    }
  })
  return async () => {
    const boxes = await electron.evaluate(
      () => (globalThis as unknown as { boxes: Electron.MessageBoxOptions[] }).boxes,
    )
    return boxes.at(-1)
  }
}

/** The page names a folder that nobody chose. */
const wishFor = (page: Page, folder: string) =>
  page.evaluate((path) => {
    const bridge = (window as unknown as { maskwright: Record<string, (...input: unknown[]) => unknown> })
      .maskwright
    return bridge.request!('project.open', { folder: path })
  }, folder)

const menuOf = (electron: ElectronApplication) =>
  electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => [
      label,
      ...(submenu?.items ?? []).map((item) => item.label),
    ]),
  )

test('questions and menus of the system speak the language of the window', async ({
  launch,
  dataFolder,
  temporary,
}) => {
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ language: 'de' }))
  const other = join(temporary, 'other')
  await mkdir(other)
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const lastBox = await answerBoxes(electron!)
  await wishFor(page, other)
  expect(await lastBox()).toMatchObject({
    message: 'Diesen Ordner öffnen?',
    detail: other,
    buttons: ['Erlauben', 'Abbrechen'],
  })
  const german = await menuOf(electron!)
  expect(german).toContain('Bearbeiten')
  expect(german).toContain('Alle auswählen')

  await page.keyboard.press('Control+,')
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('ja')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  await expect.poll(() => menuOf(electron!)).toContain('編集')
  await wishFor(page, other)
  expect((await lastBox())?.message).toBe('このフォルダーを開きますか？')
})

test('a second start whose folder is gone is told in the language of the window', async ({
  launch,
  dataFolder,
  temporary,
}) => {
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ language: 'fr' }))
  const { page, electron } = await launch()
  await expect(page.getByTestId('stage')).toBeVisible()
  const lastBox = await answerBoxes(electron!)
  const gone = join(temporary, 'gone')
  await electron!.evaluate(
    ({ app }, argument) => app.emit('second-instance', {}, ['', argument], '/', null),
    `--folder=${gone}`,
  )
  await expect.poll(async () => (await lastBox())?.message).toBe('Le dossier n’a pas été ouvert')
  expect((await lastBox())?.detail).toContain(`Il n’y a pas de dossier ${gone}`)
})

/** axe finds nothing critical and nothing serious: every dialog, menu and panel of usual work, in light and in dark. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { driveStage } from '../support/stage.ts'

const dialogs = [
  ['settings', 'Control+Comma'],
  ['palette', 'Control+K'],
  ['shortcuts', '?'],
  ['boxes', 'Control+Shift+M'],
  ['export', 'Control+E'],
  ['open a folder', 'Control+O'],
] as const

/** Those that only the palette opens. */
const commands = ['Change shortcuts', 'Licences', 'Check for updates', 'Undo a run'] as const

for (const theme of ['light', 'dark'] as const)
  test(`nothing serious in ${theme}`, async ({ launch, photos, temporary, picture, shell }) => {
    const { page, problems } = await launch()
    const stage = driveStage(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const faults: string[] = []
    const look = async (where: string) => {
      await picture(page, where)
      faults.push(...(await faultsOf(page, where)))
    }
    await stage.openImage('coffee.jpg')
    await page.keyboard.press('r')
    await stage.drag(100, 100, 260, 240)
    await stage.waitForObjects(1)
    await look('drawn')
    await page.keyboard.press('v')
    await stage.click(180, 170)
    await page.keyboard.press('l')
    await page.keyboard.press('m')
    await expect(page.getByTestId('done-chip')).toContainText('Done')
    await look('selected, locked, done')
    await page.keyboard.press('s')
    await stage.click(300, 160)
    await stage.waitForMask(1)
    await expect(page.getByTestId('candidate')).toHaveCount(4)
    await look('mask')
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await look('new class')
    await page.keyboard.press('Escape')

    for (const command of commands) {
      await page.keyboard.press('Control+K')
      await page.keyboard.type(command)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog', { name: new RegExp(command.slice(-7), 'i') })).toBeVisible()
      await look(command)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    for (const [name, key] of dialogs) {
      // The desktop app asks with the system's own dialog.
      if (name === 'open a folder' && shell === 'electron') continue
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(name)
      if (name === 'boxes' && shell === 'web') {
        const file = join(temporary, 'coffee.txt')
        await writeFile(file, '45 0.2 0.2 0.2 0.2\n45 0.2 0.2\n')
        await page.getByTestId('boxes-path').fill(file)
        await page.getByTestId('boxes-read').click()
        await expect(page.getByTestId('boxes-summary')).toBeVisible()
        await look('boxes understood')
      }
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    await page.getByTestId('class-row').first().click({ button: 'right' })
    await look('menu of a class')
    await page.keyboard.press('Escape')
    await page.getByTestId('class-chip').click()
    await look('menu of classes')
    await page.getByText('New class…').click()
    await expect(page.getByTestId('class-name-field')).toBeFocused()
    await page.keyboard.press('Escape')
    for (const button of await page.locator('.topbar [aria-haspopup="menu"]').all()) {
      const name = (await button.getAttribute('aria-label')) ?? (await button.innerText())
      await button.click()
      await expect(page.getByRole('menu')).toBeVisible()
      await look(`menu ${name}`)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
    }
    const row = page.getByTestId('class-row').first()
    await row.focus()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('deleting a class')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+E')
    await expect(page.getByTestId('review')).toBeVisible()
    await look('everything')
    expect([...new Set(faults)], photos).toEqual([])
    expect(problems).toEqual([])
  })

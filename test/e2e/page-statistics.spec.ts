/** The page of statistics: figures, charts in both themes, the tables behind them, files, and its switch. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

test('a project is counted, drawn, and taken away as files', async ({ openPhoto, picture, temporary }) => {
  const { page, stage, electron } = await openPhoto('coffee.jpg')
  // Two: nobody knows how long the first one took.
  for (const [index, [x, y]] of [[300, 200] as const, [60, 330] as const].entries()) {
    await stage.click(x, y)
    await stage.waitForMask(1)
    await page.keyboard.press('3')
    await expect(page.getByTestId('object-row')).toHaveCount(index + 1)
  }
  await page.keyboard.press('M')
  await page.keyboard.press('Shift+S')
  const dialog = page.getByTestId('statistics-dialog')
  const drawn = dialog.locator('.chart-canvas[data-shown]')

  await test.step('what was just made is in the figures and the charts', async () => {
    await expect(dialog.getByTestId('figures')).toContainText('Images with objects1of 6')
    await expect(drawn).toHaveCount(5)
    await picture(page, 'light')
    expect(await faultsOf(page, 'statistics')).toEqual([])
  })

  await test.step('each chart has a table, by the keys', async () => {
    const classes = dialog.getByTestId('chart-classes')
    await classes.getByRole('radio', { name: 'Table' }).focus()
    await page.keyboard.press('Enter')
    await expect(classes.getByRole('row', { name: /cup/ })).toContainText('2')
    await picture(page, 'table')
  })

  await test.step('CSV and PNG', async () => {
    const files = { csv: join(temporary, 'classes.csv'), png: join(temporary, 'states.png') }
    const save = async (card: string, path: string) => {
      const button = dialog.getByTestId(card).getByTestId('chart-save')
      if (electron) {
        // The system's dialog, answered.
        await electron.evaluate(({ session }, to) => {
          session.defaultSession.once('will-download', (_event, item) => item.setSavePath(to))
        }, path)
        await button.click()
      } else {
        const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
        await download.saveAs(path)
      }
    }
    const read = (path: string) => readFile(path).catch(() => Buffer.alloc(0))
    await save('chart-classes', files.csv)
    await expect.poll(async () => (await read(files.csv)).toString()).toContain('cup,2\r\n')
    await save('chart-states', files.png)
    await expect.poll(async () => (await read(files.png)).subarray(1, 4).toString()).toBe('PNG')
  })

  await test.step('pace is measured until it is switched off', async () => {
    await expect(dialog.getByTestId('figures')).toContainText('Inputs an object')
    await dialog.getByTestId('measure-pace').click()
    await expect(dialog.getByTestId('figures')).not.toContainText('Inputs an object')
  })

  await test.step('dark', async () => {
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.keyboard.press('Shift+S')
    await expect(drawn).toHaveCount(5)
    await picture(page, 'dark')
    expect(await faultsOf(page, 'statistics, dark')).toEqual([])
  })
})

/** axe finds nothing critical and nothing serious where something went wrong: damaged, gone, changed, not opened. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Transformer } from '@napi-rs/image'
import { faultsOf } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'

const themes = ['light', 'dark'] as const

const halve = async (file: string) =>
  writeFile(file, await new Transformer(await readFile(file)).resize(300, 200).jpeg())

test('a changed photo, a project that is gone, damaged and not opened', async ({
  openPhoto,
  launch,
  photos,
  shell,
  picture,
}) => {
  const faults: string[] = []
  const look = async (page: Page, where: string) => {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await picture(page, `${where}-${theme}`)
      faults.push(...(await faultsOf(page, `${where}, ${theme}`)))
    }
  }
  await rename(photos, `${photos}-elsewhere`)
  await mkdir(photos)
  const empty = await launch()
  await expect(empty.page.getByTestId('empty-folder')).toBeVisible()
  await look(empty.page, 'empty folder')
  await empty.close()
  await rm(photos, { recursive: true })
  await rename(`${photos}-elsewhere`, photos)

  const first = await openPhoto('coffee.jpg')
  const { page, stage } = first
  await page.keyboard.press('r')
  await stage.drag(100, 100, 200, 180)
  await stage.waitForObjects(1)
  await stage.openImage('rocket.jpg')
  await stage.drag(100, 100, 200, 180)
  await stage.waitForObjects(1)
  await halve(join(photos, 'coffee.jpg'))
  await halve(join(photos, 'rocket.jpg'))
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByTestId('changed-banner')).toBeVisible()
  await page.getByTestId('settle-all').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(page, 'all changed')
  await page.keyboard.press('Escape')
  await expect(stage.element).toHaveAttribute('data-loading', 'false')
  await look(page, 'changed')

  await rm(join(photos, '.maskwright'), { recursive: true })
  await expect(page.getByTestId('lost-banner')).toContainText('safe in a copy')
  await look(page, 'lost')
  // The desktop app asks with the system's own dialog.
  if (shell === 'web') {
    await page.getByTestId('lost-copy').click()
    await expect(page.getByTestId('save-copy-dialog')).toBeVisible()
    await look(page, 'save a copy')
  }
  await first.close()

  await mkdir(join(photos, '.maskwright'))
  await writeFile(join(photos, '.maskwright', 'project.sqlite'), 'this is no database')
  const second = await launch()
  await expect(second.page.getByTestId('repair-dialog')).toBeVisible()
  await look(second.page, 'repair')
  await second.page.getByText('Not now').click()
  await expect(second.page.getByTestId('welcome')).toBeVisible()
  await look(second.page, 'welcome')
  await second.close()

  await rename(photos, `${photos}-elsewhere`)
  const third = await launch()
  await expect(third.page.getByTestId('not-opened')).toBeVisible()
  await look(third.page, 'not opened')
  await third.close()
  expect(faults).toEqual([])
})

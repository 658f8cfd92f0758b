/**
 * A day's work on 32 photos: a colleague's labels imported, found by a filter, reviewed worst first, mended, flagged,
 * merged with another copy, counted, and what is done exported.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, root, test as base } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { readInstances } from '../support/readers/coco-reader.ts'
import { driveStage } from '../support/stage.ts'

const data = resolve(root, '..', 'shared', 'data', 'coco-dev')

const test = base.extend({
  photos: async ({ temporary }, use) => {
    const folder = join(temporary, 'street')
    await cp(join(data, 'images'), folder, { recursive: true })
    await use(folder)
  },
})

test.skip(!existsSync(data), 'there is no ../shared/data/coco-dev here')

test('labels come in, are reviewed, mended, merged and counted, and what is done goes out', async ({
  launch,
  photos,
  temporary,
  dataFolder,
  picture,
}) => {
  const labels = join(temporary, 'labels')
  await cp(join(data, 'labels'), labels, { recursive: true })
  const ben = join(temporary, 'ben')
  await test.step('a colleague has labelled a copy, and seen one object more', async () => {
    await cp(photos, ben, { recursive: true })
    const theirs = join(temporary, 'theirs')
    await cp(labels, theirs, { recursive: true })
    const file = join(theirs, '000000000009.txt')
    await writeFile(file, `${(await readFile(file, 'utf8')).trimEnd()}\n45 .01 .01 .06 .01 .06 .06 .01 .06\n`)
    execFileSync(process.execPath, [join(root, 'cli/bin.js'), 'import', ben, theirs], {
      env: { ...process.env, MASKWRIGHT_DATA: dataFolder },
    })
  })

  const { page, electron, problems } = await launch()
  const stage = driveStage(page)
  const objects = () => readStoredObjects(photos)
  const count = (image: string) => objects().filter((object) => object.image === image).length
  const names = () => page.getByTestId('image-row').locator('.name').allTextContents()
  const filter = page.getByTestId('image-filter')
  const jump = async (position: number, name: string) => {
    await page.keyboard.press('Control+G')
    await page.getByTestId('jump-field').fill(String(position))
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('statusbar')).toContainText(name)
    await expect(stage.element).toHaveAttribute('data-loading', 'false')
  }
  // The desktop app asks the user about a path that was typed.
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })

  await test.step('import', async () => {
    await page.getByTestId('import-offer-take').click()
    await expect(page.getByTestId('import-summary')).toContainText('for 32 images')
    await picture(page, 'import')
    await page.getByTestId('import-run').click()
    await expect(page.getByTestId('import-card')).toHaveAttribute('data-state', 'done')
    await expect(page.getByTestId('import-card')).toContainText('209 objects added')
    expect(objects()).toHaveLength(209)
  })

  await test.step('filter', async () => {
    await filter.fill('objects:>20')
    await expect.poll(async () => (await names()).length).toBeLessThan(10)
    const shown = (await names()).map((name) => name.trim())
    for (const name of shown) expect(count(name)).toBeGreaterThan(20)
    await picture(page, 'filter')
    await filter.fill('')
    await filter.blur()
  })

  await test.step('worst first: two accepted, one deleted', async () => {
    await stage.openImage('000000000009.jpg')
    await page.keyboard.press('Shift+V')
    const at = page.getByTestId('review-count')
    for (const [position, key] of ['y', 'y', 'Delete'].entries()) {
      await expect(at).toHaveText(new RegExp(`^${position + 1} of `))
      if (position === 0) await picture(page, 'worst-first')
      await page.keyboard.press(key)
    }
    await expect.poll(() => objects().length).toBe(208)
    await page.keyboard.press('Shift+V')
    await expect(page.getByTestId('review-bar')).toHaveCount(0)
  })

  await test.step('an object is mended, its image flagged, another one done', async () => {
    await jump(2, '000000000025.jpg')
    await stage.waitForObjects(2)
    const shapes = () => JSON.stringify(objects().filter(({ image }) => image === '000000000025.jpg'))
    const before = shapes()
    await page.getByTestId('object-row').first().click()
    await page.keyboard.press('g')
    await expect.poll(shapes).not.toBe(before)
    await page.keyboard.press('Shift+N')
    await expect(page.getByTestId('flag-note')).toBeFocused()
    await page.keyboard.type('whose giraffe?')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('mark-flag')).toHaveText('whose giraffe?')
    await picture(page, 'mended')
    await jump(3, '000000000030.jpg')
    await page.keyboard.press('m')
    await expect(page.getByTestId('done-chip')).toBeVisible()
  })

  await test.step('the colleague’s copy is merged; undone, all is as it was', async () => {
    const before = objects()
    const merge = async () => {
      await page.keyboard.press('Control+K')
      await page.keyboard.type('Merge a colleague')
      await page.keyboard.press('Enter')
      await page.getByTestId('merge-path').fill(ben)
      await page.keyboard.press('Enter')
      await expect(page.getByTestId('merge-left')).toHaveText('1 difference left to decide')
      await picture(page, 'merge')
      await page.keyboard.press('1')
      await expect(page.getByTestId('merge-left')).toHaveText('')
      await page.getByTestId('merge-run').click()
      await expect(page.getByTestId('merge-card')).toHaveAttribute('data-state', 'done')
      // The one that was deleted here, and the one that only the colleague has seen.
      await expect.poll(() => objects().length).toBe(210)
    }
    await merge()
    await page.getByTestId('merge-undo-all').click()
    await expect.poll(objects).toEqual(before)
  })

  await test.step('statistics', async () => {
    await page.keyboard.press('Shift+S')
    const dialog = page.getByTestId('statistics-dialog')
    await expect(dialog.getByTestId('figures')).toContainText('Images with objects32of 32')
    await expect(dialog.locator('.chart-canvas[data-shown]').first()).toBeVisible()
    await picture(page, 'statistics')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('what is done is exported', async () => {
    const out = join(temporary, 'out')
    await page.getByTestId('export').click()
    await page.getByTestId('export-format-coco').click()
    await page.getByTestId('export-out').fill(out)
    await page.getByTestId('export-done-only').check()
    await picture(page, 'export')
    await page.getByTestId('export-run').click()
    await expect(page.getByTestId('export-report')).toContainText('1 image')
    const { images, annotations } = readInstances(join(out, 'annotations', 'instances.json'))
    expect(images).toHaveLength(1)
    expect(annotations).toHaveLength(count('000000000030.jpg'))
  })
  expect(problems).toEqual([])
})

/** Objects between two projects by the system's clipboard, as text that other programs can read. */
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launchDesktop } from '../support/app.ts'
import { drawRow } from '../support/draw-row.ts'
import { expect, test } from '../support/fixtures.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'

test('objects and their classes come into another project from the system’s clipboard, and go by one undo', async ({
  openPhoto,
  photos,
  temporary,
  picture,
}) => {
  const first = await openPhoto('coffee.jpg')
  first.page.setDefaultTimeout(20_000)
  await drawRow(first.stage, 3)
  await first.page.keyboard.press('Control+a')
  await first.page.keyboard.press('2')
  await first.page.keyboard.press('Alt+g')
  await expect(first.page.getByTestId('object-told')).toHaveText(['group 1', 'group 1', 'group 1'])
  await first.page.keyboard.press('Control+c')
  const read = () => first.electron!.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(read).toContain('"shapes"')
  const text = await read()
  expect(JSON.parse(text)).toMatchObject({
    imagePath: 'coffee.jpg',
    shapes: Array.from({ length: 3 }, () => ({ label: 'cat', shape_type: 'rectangle', object_group: 1 })),
  })
  const copied = readStoredObjects(photos).map(({ shape }) => shape)
  expect(first.problems).toEqual([])
  await first.close()

  const [folder, dataFolder] = [join(temporary, 'other'), join(temporary, 'other-data')]
  for (const made of [folder, dataFolder]) await mkdir(made)
  await cp(join(photos, 'rocket.jpg'), join(folder, 'rocket.jpg'))
  const second = await launchDesktop({ folder, dataFolder })
  try {
    const { page, electron, problems } = second
    const stage = driveStage(page)
    await stage.openImage('rocket.jpg')
    // Its owner has gone, and where nothing keeps clipboards the text with it.
    await electron!.evaluate(({ clipboard }, kept) => clipboard.writeText(kept), text)
    const classes = page.getByTestId('class-row')
    const before = await classes.count()
    await page.keyboard.press('Control+v')
    await stage.waitForObjects(3)
    await expect(page.getByText('Pasted 3 objects. New: cat.')).toBeVisible()
    await expect(classes).toHaveCount(before + 1)
    await expect(page.getByTestId('object-told')).toHaveText(['group 1', 'group 1', 'group 1'])
    await picture(page, 'pasted')
    const pasted = () => readStoredObjects(folder)
    await expect.poll(() => pasted().map(({ label }) => label)).toEqual(['cat', 'cat', 'cat'])
    expect(pasted().map(({ shape }) => shape)).toEqual(copied)
    await page.keyboard.press('Control+z')
    await stage.waitForObjects(0)
    await expect(classes).toHaveCount(before)
    expect(problems).toEqual([])
  } finally {
    await second.kill()
  }
})

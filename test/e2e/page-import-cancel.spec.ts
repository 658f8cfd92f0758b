/** A large import from the window: it tells how far it is, other images can be opened meanwhile, cancel leaves nothing. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStoredObjects } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'

const [IMAGES, OBJECTS_OF_IMAGE] = [1000, 80]

const nameOf = (image: number) => `p${String(image).padStart(4, '0')}.jpg`

const circle = (x: number, y: number) =>
  Array.from({ length: 24 }, (_, index) => {
    const angle = (2 * Math.PI * index) / 24
    return [x + 15 * Math.cos(angle), y + 15 * Math.sin(angle)].map((value) => Math.round(value * 100) / 100)
  }).flat()

const objectsOf = (image: number) =>
  Array.from({ length: OBJECTS_OF_IMAGE }, (_, index) => ({
    id: image * OBJECTS_OF_IMAGE + index,
    image_id: image,
    category_id: 1,
    segmentation: [circle(20 + (index % 10) * 40, 20 + Math.floor(index / 10) * 33)],
  }))

test('a large import is paused, looked at and cancelled: nothing of it is left, and the undo before it stays', async ({
  openPhoto,
  photos,
  temporary,
  picture,
}) => {
  test.setTimeout(240_000)
  await mkdir(join(photos, 'many'))
  const images = Array.from({ length: IMAGES }, (_, id) => ({ id, file_name: `many/${nameOf(id)}` }))
  for (const { file_name: name } of images) await copyFile(join(photos, 'cat.jpg'), join(photos, name))
  const file = join(temporary, 'instances.json')
  const annotations = images.flatMap(({ id }) => objectsOf(id))
  await writeFile(file, JSON.stringify({ images, categories: [{ id: 1, name: 'cell' }], annotations }))

  const { page, stage, electron, problems } = await openPhoto('coffee.jpg')
  // The desktop app asks the user about a path that was typed.
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  await page.keyboard.press('r')
  await stage.drag(200, 100, 260, 150)
  await page.keyboard.press('1')
  await stage.waitForObjects(1)
  await page.keyboard.press('Control+I')
  await page.getByTestId('import-path').fill(file)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('import-facts')).toContainText('80,000', { timeout: 60_000 })
  await page.getByTestId('import-run').click()

  const card = page.getByTestId('import-card')
  await expect(card).toContainText(/[1-9][\d,]* of 1,000 images/)
  await card.getByRole('button', { name: 'Pause' }).click({ force: true })
  await expect(card).toHaveAttribute('data-state', 'paused')
  await expect(card).toContainText('of 1,000 images, paused')
  await picture(page, 'paused')
  // What is counted is stored, and can be looked at.
  const counted = async () =>
    Number(/([\d,]+) of 1,000 images/.exec(await card.innerText())?.[1]?.replaceAll(',', ''))
  await expect
    .poll(async () => 1 + (await counted()) * OBJECTS_OF_IMAGE - readStoredObjects(photos).length)
    .toBe(0)
  await stage.openImage(nameOf(0))
  await stage.waitForObjects(OBJECTS_OF_IMAGE)
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'paused-dark')
  await card.getByRole('button', { name: 'Cancel' }).click()
  await expect(card).toBeHidden({ timeout: 90_000 })
  await stage.waitForObjects(0)
  await expect(page.getByTestId('image-row').filter({ hasText: nameOf(1) })).not.toContainText('60')
  expect(readStoredObjects(photos)).toHaveLength(1)
  await expect(page.getByTestId('class-row').filter({ hasText: 'cell' })).toHaveCount(0)
  await picture(page, 'cancelled-dark')

  // The step before it is the next to be taken back.
  await stage.openImage('coffee.jpg')
  await page.keyboard.press('Control+z')
  await stage.waitForObjects(0)
  await page.keyboard.press('Control+Shift+z')
  await stage.waitForObjects(1)
  expect(readStoredObjects(photos)).toHaveLength(1)
  expect(problems).toEqual([])
})

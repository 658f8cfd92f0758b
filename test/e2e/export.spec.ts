/** Export from the dialog, read back by readers that share nothing with the writers. */
import { join } from 'node:path'
import { readInstances, maskOfInstance } from '../support/readers/coco-reader.ts'
import { iouOfMasks, maskOfParts, pixelsOf } from '../support/readers/masks.ts'
import { pycocotoolsMissing, readWithPycocotools } from '../support/readers/pycocotools.ts'
import { pointsOfRow, readRows, readYoloSet } from '../support/readers/yolo-reader.ts'
import { readStoredObjects, ringsOf } from '../support/project-file.ts'
import { expect, test } from '../support/fixtures.ts'

test('export COCO and YOLO, read them back, compare with the store', async ({
  openPhoto,
  photos,
  temporary,
  picture,
}) => {
  const { page, stage, electron, problems } = await openPhoto('coins.png')
  await stage.drag(30, 15, 90, 80)
  await stage.waitForMask(1)
  await page.keyboard.press('4')
  await stage.waitForObjects(1)
  await page.keyboard.press('r')
  await stage.drag(200, 100, 260, 150)
  await page.keyboard.press('4')
  await stage.waitForObjects(2)
  await stage.openImage('cat.jpg')
  await page.keyboard.press('s')
  await stage.click(220, 120)
  await stage.waitForMask(1)
  await page.keyboard.press('2')
  await stage.waitForObjects(1)
  await expect.poll(() => readStoredObjects(photos)).toHaveLength(3)
  const stored = readStoredObjects(photos)
  expect(stored.map(({ image, label }) => [image, label])).toEqual([
    ['coins.png', 'coin'],
    ['coins.png', 'coin'],
    ['cat.jpg', 'cat'],
  ])
  const masks = stored.map(({ shape, width, height }) => maskOfParts(ringsOf(shape), width, height))

  // The desktop app asks the user about a path that was typed.
  await electron?.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  const exportAs = async (format: string): Promise<string> => {
    const out = join(temporary, format)
    await page.getByTestId('export').click()
    await page.getByTestId(`export-format-${format}`).click()
    await page.getByTestId('export-out').fill(out)
    await picture(page, `export-${format}`)
    await page.getByTestId('export-run').click()
    await expect(page.getByTestId('export-report')).toContainText('3 objects')
    await picture(page, `exported-${format}`)
    await page.getByTestId('export-close').click()
    return out
  }

  const coco = await exportAs('coco')
  const file = join(coco, 'annotations', 'instances.json')
  const instances = readInstances(file)
  expect(instances.annotations).toHaveLength(3)
  const categories = new Map(instances.categories.map(({ id, name }) => [id, name]))
  const images = new Map(instances.images.map((image) => [image.id, image]))
  const matched = instances.annotations.map((instance) => {
    const image = images.get(instance.image_id)!
    const mask = maskOfInstance(instance, image.width, image.height)
    const index = stored.findIndex(
      (object, at) => image.file_name.endsWith(object.image) && iouOfMasks(mask, masks[at]!) > 0.98,
    )
    expect(categories.get(instance.category_id)).toBe(stored[index]?.label)
    return index
  })
  expect(matched.sort()).toEqual([0, 1, 2])
  if (pycocotoolsMissing === null) {
    const areas = readWithPycocotools(file).map(({ area }) => area)
    const ours = masks.map(pixelsOf)
    expect(
      areas.reduce((sum, area) => sum + area, 0) / ours.reduce((sum, area) => sum + area, 0),
    ).toBeCloseTo(1, 1)
  }

  const yolo = await exportAs('yolo-seg')
  const { names, train, val } = readYoloSet(join(yolo, 'data.yaml'))
  const rows = [...train, ...val].flatMap((image) =>
    (readRows(image, names.length) ?? []).map((row) => {
      const object = stored.find(({ image: name }) => image.endsWith(name))!
      const mask = maskOfParts([[pointsOfRow(row, object.width, object.height)]], object.width, object.height)
      return {
        label: names[row.classIndex],
        index: stored.findIndex(
          ({ image: name }, at) => image.endsWith(name) && iouOfMasks(mask, masks[at]!) > 0.95,
        ),
      }
    }),
  )
  expect(rows.map(({ index }) => index).sort()).toEqual([0, 1, 2])
  for (const { label, index } of rows) expect(label).toBe(stored[index]?.label)
  expect(problems).toEqual([])
})

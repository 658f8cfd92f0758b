/** Labels that are offered when a folder is opened: beside their images, in a folder of labels, and what is none. */
import { expect, onTestFinished, test } from 'vitest'
import { openImportProject } from './project.ts'

const offerFor = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const project = await openImportProject({ 'a.png': [60, 40], 'b.png': [60, 40] })
  onTestFinished(() => project.close())
  for (const [path, content] of Object.entries(files)) project.write(`photos/${path}`, content)
  return (await project.client.call('import.offer', {})).offer
}

const BOX = '0 .5 .5 .2 .2\n'
const circle = JSON.stringify({
  shapes: [
    {
      label: 'coin',
      shape_type: 'circle',
      points: [
        [20, 20],
        [30, 20],
      ],
    },
  ],
  imagePath: 'a.png',
  imageData: null,
})

test('labels that lie beside their images are offered', async () => {
  expect(await offerFor({ 'a.json': circle })).toMatchObject({ format: 'LabelMe', images: 1 })
  const yolo = await offerFor({ 'a.txt': BOX, 'b.txt': BOX, 'notes.txt': 'on Monday\n' })
  expect(yolo).toMatchObject({ format: 'YOLO detection', images: 2, shown: 'photos' })
})

test('a folder of labels goes first', async () => {
  expect(await offerFor({ 'a.json': circle, 'labels/a.txt': BOX })).toMatchObject({ shown: 'labels' })
})

test('captions, notes and settings beside the images are no labels', async () => {
  expect(
    await offerFor({ 'a.txt': 'a photo of a cat\n', 'notes.txt': 'x\n', 'b.json': '{"a": 1}' }),
  ).toBeNull()
  expect(await offerFor({})).toBeNull()
})

test('names in an encoding that has to be asked for do not hide the labels', async () => {
  const names = Buffer.from('b9b70ac3a80a', 'hex')
  expect(await offerFor({ 'labels/a.txt': BOX, 'labels/classes.txt': names })).toMatchObject({
    format: 'YOLO detection',
    images: 1,
  })
})

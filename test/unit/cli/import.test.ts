/** `maskwright import`, `validate` and `convert` as processes of their own. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportReport } from '../../../common/contract/import.ts'
import type { ValidationReport } from '../../../core/validate/validate.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
let photos: string
let labels: string
beforeAll(() => {
  bench = createBench()
  photos = bench.photos()
  labels = join(bench.top, 'labels')
  mkdirSync(labels)
  writeFileSync(join(labels, 'coffee.txt'), '0 0.3 0.1 0.7 0.1 0.7 0.8\n1 0.5 0.5 0.2 0.2\n')
  writeFileSync(join(labels, 'cat.txt'), '')
  writeFileSync(join(labels, 'classes.txt'), Buffer.from([0xb9, 0xb7, 0x0a, 0x0a, 0xc3, 0xa8, 0x0a]))
})
afterAll(() => bench.remove())

test('import: names in another encoding are asked for; a dry run writes nothing; the second run adds nothing', async () => {
  const asked = await bench.run(['import', photos, labels, '--dry-run'])
  expect(asked).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not text in UTF-8.*--encoding gb18030 +狗, 猫/s) as string,
  })
  const dry = await bench.run(['import', photos, labels, '--encoding', 'gbk', '--dry-run'])
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('2 objects would be added') as string })
  expect(existsSync(join(photos, '.maskwright'))).toBe(false)
  const take = async () => {
    const { code, out } = await bench.run(['import', photos, labels, '--encoding', 'gbk', '--json'])
    return { code, report: JSON.parse(out) as ImportReport }
  }
  const first = await take()
  expect(first).toMatchObject({ code: 0, report: { added: 2, markedDone: 1, leftOut: 0 } })
  // The blank line keeps its number.
  expect(first.report.classes.map(({ name, objects }) => [name, objects])).toEqual([
    ['class 1', 1],
    ['狗', 1],
    ['猫', 0],
  ])
  expect((await take()).report).toMatchObject({ added: 0, already: 2, newClasses: 0 })
})

test('a command that fails leaves no project in a folder that had none', async () => {
  const folder = join(bench.top, 'bare')
  mkdirSync(folder)
  cpSync(join(photos, 'cat.jpg'), join(folder, 'cat.jpg'))
  writeFileSync(join(bench.top, 'broken.onnx'), 'no model')
  for (const args of [
    ['import', folder, join(bench.top, 'nowhere')],
    ['detect', join(bench.top, 'broken.onnx'), folder],
    ['autolabel', folder, '--boxes', join(bench.top, 'nowhere')],
  ]) {
    const { code, err } = await bench.run(args)
    expect({ args, code, err }).toMatchObject({ code: 1 })
    expect(readdirSync(folder)).toEqual(['cat.jpg'])
  }
})

test('validate: nothing wrong is 0; a missing image, a bad line and a picture on two sides are 1', async () => {
  const good = await bench.run(['validate', labels, '--images', photos, '--encoding', 'gbk'])
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('Nothing is wrong.') as string })
  const set = join(bench.top, 'set')
  for (const side of ['train', 'val']) {
    mkdirSync(join(set, 'images', side), { recursive: true })
    mkdirSync(join(set, 'labels', side), { recursive: true })
    cpSync(join(photos, 'coffee.jpg'), join(set, 'images', side, `${side}-1.jpg`))
    writeFileSync(join(set, 'labels', side, `${side}-1.txt`), '0 .5 .5 .2 .2\n0 .5 .5 .2\n')
  }
  writeFileSync(join(set, 'labels', 'train', 'gone.txt'), '0 .5 .5 .2 .2\n')
  writeFileSync(join(set, 'data.yaml'), 'names: [cup, plate]\n')
  const { code, out } = await bench.run(['validate', set, '--json'])
  const report = JSON.parse(out) as ValidationReport
  expect(code).toBe(1)
  expect(report).toMatchObject({
    format: 'YOLO detection',
    images: join(set, 'images'),
    objects: 3,
    wrongCount: 4,
  })
  expect(report.wrong.map(({ message }) => message)).toEqual([
    expect.stringContaining('no image called labels/train/gone'),
    expect.stringContaining('labels/train/train-1.txt, line 2 has 4 of the 5 numbers'),
    expect.stringContaining('labels/val/val-1.txt, line 2 has 4 of the 5 numbers'),
    expect.stringContaining('the same picture as train/train-1.jpg'),
  ])
  expect(report.notes).toContain('Classes without objects: plate.')
})

test('convert: from format to format without a project, through all that hold polygons and back', async () => {
  const start = join(bench.top, 'start')
  mkdirSync(start)
  writeFileSync(join(start, 'coffee.txt'), '0 0.3 0.1 0.7 0.1 0.7 0.8\n')
  writeFileSync(join(start, 'classes.txt'), 'cup\n')
  const images = join(bench.top, 'plain')
  mkdirSync(images)
  cpSync(join(photos, 'coffee.jpg'), join(images, 'coffee.jpg'))
  let source = start
  for (const format of ['coco', 'labelme', 'csv', 'yolo-seg']) {
    const out = join(bench.top, `to-${format}`)
    const run = await bench.run(['convert', source, out, '--to', format, '--images', images])
    expect({ format, ...run }).toMatchObject({ format, code: 0 })
    source = out
  }
  expect(existsSync(join(images, '.maskwright'))).toBe(false)
  expect(readFileSync(join(source, 'labels/coffee.txt'), 'utf8')).toBe('0 0.3 0.1 0.7 0.1 0.7 0.8\n')
  const asked = ['--shapes', 'rle', '--class', 'cup', '--no-score', '--images', images]
  const out = join(bench.top, 'to-rle')
  expect(await bench.run(['convert', source, out, '--to', 'coco', ...asked])).toMatchObject({ code: 0 })
  expect(JSON.parse(readFileSync(join(out, 'annotations/instances.json'), 'utf8'))).toMatchObject({
    annotations: [{ segmentation: { counts: expect.any(String) as string } }],
  })
  const wrong = await bench.run(['convert', source, join(bench.top, 'x'), '--to', 'csv', '--shapes', 'rle'])
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('--shapes is not for csv') as string })
})

/** Boxes of detectors: files good and bad, and which image they belong to. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { readYoloLines } from '../../../core/formats/yolo/read-lines.ts'
import { readYamlNames } from '../../../core/import/class-names.ts'
import { createImageFinder } from '../../../core/import/find-image.ts'
import type { BoxOfObject } from '../../../core/import/objects.ts'
import { readLabels } from '../../../core/import/read-labels.ts'
import { promptOfBox } from '../../../core/work/boxes/prompt.ts'

let top: string
beforeEach(() => void (top = mkdtempSync(join(tmpdir(), 'maskwright-boxes-'))))
afterEach(() => rmSync(top, { recursive: true }))

const read = (path: string, names?: string, order?: readonly string[]) =>
  readLabels(allFormats, { path, names }, order)

const write = (name: string, content: string | object): string => {
  const file = join(top, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('YOLO lines', () => {
  it('reads boxes, confidences and polygons', () => {
    const text = '\uFEFF0 0.5 0.5 0.2 0.4\r\n\n1 0.25 0.5 0.5 0.5 0.75\n2 0.1 0.2 0.5 0.2 0.5 0.9\n'
    const { objects, problems } = readYoloLines(text, ['cat', 'dog'], 'a.txt')
    expect(problems).toEqual([])
    expect(objects.map(({ label, score }) => [label, score])).toEqual([
      ['cat', null],
      ['dog', 0.75],
      ['class 2', null],
    ])
    expect(objects.map(({ box }) => box.map((value) => Math.round(value * 1000) / 1000))).toEqual([
      [0.4, 0.3, 0.6, 0.7],
      [0, 0.25, 0.5, 0.75],
      [0.1, 0.2, 0.5, 0.9],
    ])
  })

  it.each([
    ['0 .5 .5 .1', 'has 4 of the 5 numbers'],
    ['cat .5 .5 .1 .1', 'is not made of numbers'],
    ['1.5 .5 .5 .1 .1', 'no whole number'],
    ['-1 .5 .5 .1 .1', 'no whole number'],
    ['0 250 120 30 40', 'outside of 0 to 1'],
    ['0 .5 .5 0 .1', 'no width or height'],
    ['0 .1 .1 .2 .2 .3 .3 .4', 'neither a box nor a polygon'],
  ])('names the bad line "%s" and goes on', (line, message) => {
    const { objects, problems } = readYoloLines(`0 .5 .5 .1 .1\n${line}\n0 .5 .5 .2 .2`, ['cat'], 'a.txt')
    expect(objects).toHaveLength(2)
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)])
    expect(problems[0]?.message).toContain('a.txt, line 2')
  })

  it('reads names of a data.yaml as list and by index', () => {
    expect(readYamlNames('names: [a, b]')?.names).toEqual(['a', 'b'])
    expect(readYamlNames('names:\n  0: a\n  2: c\n')?.names).toEqual(['a', 'class 1', 'c'])
    expect(readYamlNames('names: [1, yes, null, {a: b}]')?.names).toEqual(['1', 'yes', 'class 2', 'class 3'])
    expect(readYamlNames('path: x')).toBeNull()
    expect(readYamlNames('names: [a\n b:')).toBeNull()
    // As PyYAML, which Ultralytics reads it with. A look for such keys takes the square of their number.
    expect(readYamlNames('names: [a]\nnames: [b]')?.names).toEqual(['b'])
  })
})

describe('files of strangers', () => {
  it('a line of very many numbers is one outline, or one problem', () => {
    const points = Array.from({ length: 3e5 }, (_, index) => (index % 1000) / 1000)
    const { objects, problems } = readYoloLines(
      `0 ${points.join(' ')}\n0 ${points.slice(1).join(' ')}\n1`,
      [],
      'a.txt',
    )
    expect(objects.map(({ box }) => box)).toEqual([[0, 0.001, 0.998, 0.999]])
    expect(problems).toHaveLength(2)
  })

  it('names of a data.yaml are cleaned and told of', async () => {
    const folder = new URL('../../fixtures/names', import.meta.url).pathname
    const { images, notes } = await read(join(folder, 'astronaut.txt'), join(folder, 'data.yaml'))
    expect([...new Set(images[0]!.objects.map(({ label }) => label))].sort()).toEqual(['class 0', 'dog'])
    expect(notes).toEqual([
      expect.stringMatching(/number 0 had no name and is called "class 0", " {2}dog {2}" is read as "dog"/),
    ])
  })

  it('names of COCO categories are cleaned and told of', async () => {
    const file = write('instances.json', {
      images: [{ id: 1, file_name: 'a.jpg' }],
      categories: [
        { id: 1, name: ' ' },
        { id: 2, name: 'x'.repeat(5000) },
        { id: 3, name: null },
      ],
      annotations: [1, 2, 3].map((id) => ({ id, image_id: 1, category_id: id, bbox: [0, 0, 5, 5] })),
    })
    const { images, notes } = await read(file)
    expect(images[0]!.objects.map(({ label }) => label)).toEqual(['class 1', 'x'.repeat(200), 'class 3'])
    expect(notes).toEqual([expect.stringContaining('number 1 had no name')])
  })

  it('class names in UTF-16 are read; in another encoding they are refused, not guessed', async () => {
    write('labels/a.txt', '0 .5 .5 .1 .1')
    writeFileSync(join(top, 'classes.txt'), Buffer.from('\ufeff猫\r\n犬\r\n', 'utf16le'))
    expect((await read(join(top, 'labels'))).images[0]!.objects[0]!.label).toBe('猫')
    writeFileSync(join(top, 'classes.txt'), Buffer.from([0xb9, 0xb7, 0x0a]))
    await expect(read(join(top, 'labels'))).rejects.toThrow('save it as UTF-8')
  })

  it('a pipe where names, labels or JSON should be is not waited for', async () => {
    write('labels/a.txt', '0 .5 .5 .1 .1')
    for (const name of ['classes.txt', 'pipe.txt', 'pipe.json', 'pipe.yaml'])
      execFileSync('mkfifo', [join(top, name)])
    expect((await read(join(top, 'labels'))).images[0]!.objects[0]!.label).toBe('class 0')
    expect((await read(join(top, 'pipe.txt'))).problems[0]!.message).toContain('not a file')
    await expect(read(join(top, 'pipe.json'))).rejects.toThrow('not a file')
    await expect(read(join(top, 'labels'), join(top, 'pipe.yaml'))).rejects.toThrow('not a file')
  })
})

describe('files', () => {
  it('reads a folder of labels with the names above it', async () => {
    write('data.yaml', 'names: [cat]')
    write('labels/train/a.txt', '0 .5 .5 .1 .1')
    write('labels/train/classes.md', 'nothing')
    const { images, notes } = await read(join(top, 'labels', 'train'))
    expect(images.map(({ name, objects }) => [name, objects[0]?.label])).toEqual([['labels/train/a', 'cat']])
    expect(notes).toEqual([])
  })

  it('says that it found no names', async () => {
    const { notes, images } = await read(write('a.txt', '3 .5 .5 .1 .1'))
    expect(notes).toEqual([expect.stringContaining('classes.txt')])
    expect(images[0]?.objects[0]?.label).toBe('class 3')
  })

  it('without names the numbers are the project’s classes in their order, and it is said', async () => {
    const file = write('a.txt', '1 .5 .5 .1 .1\n2 .5 .5 .2 .2')
    const { notes, images } = await read(file, undefined, ['cup', 'plate'])
    expect(images[0]!.objects.map(({ label }) => label)).toEqual(['plate', 'class 2'])
    expect(notes).toEqual([expect.stringMatching(/classes of the project.*0 as cup, 1 as plate/)])
    write('classes.txt', 'a\nb\nc')
    expect((await read(file, undefined, ['cup', 'plate'])).images[0]!.objects[0]!.label).toBe('b')
  })

  it('reads COCO results with the names and images of an instances JSON; bad records are named', async () => {
    const names = write('instances.json', {
      images: [{ id: 7, file_name: 'x/a.jpg', width: 100, height: 50 }, { id: 'bad' }],
      categories: [{ id: 18, name: 'dog' }],
      annotations: [],
    })
    const results = write('results.json', [
      { image_id: 7, category_id: 18, bbox: [1, 2, 30, 40], score: 0.9 },
      { image_id: 7, category_id: 18, bbox: [1, 2, 0, 40], score: 0.9 },
      'no record',
      { category_id: 18, bbox: [1, 2, 3, 4] },
      { image_id: 7, category_id: 18, bbox: [1, 2, 3, 4], iscrowd: 1 },
    ])
    const { images, problems } = await read(results, names)
    expect(images).toEqual([
      {
        name: 'x/a.jpg',
        isNumber: false,
        objects: [
          expect.objectContaining({
            label: 'dog',
            box: [1, 2, 31, 42],
            score: 0.9,
            size: { width: 100, height: 50 },
          }),
        ],
      },
    ])
    expect(problems.map(({ message }) => /record (\d)/.exec(message)?.[1])).toEqual(['3', '4', '2', '5'])
  })

  it.each([
    [0, 'a'],
    [1, 'b'],
  ])('counts classes from 0 when a 0 occurs, else from 1 (%i)', async (id, label) => {
    write('classes.txt', 'a\nb')
    const record = (category_id: number) => ({ image_id: 'x', category_id, bbox: [1, 1, 5, 5] })
    const { images } = await read(write('r.json', [record(id), record(2 * id)]))
    expect(images[0]?.objects.at(-1)?.label).toBe(label)
  })

  it('refuses what holds no boxes', async () => {
    await expect(read(join(top, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(read(top)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(read(write('a.json', '{"x": 1}'))).rejects.toMatchObject({ code: 'bad-input' })
    await expect(read(write('b.json', '[{'))).rejects.toMatchObject({ code: 'bad-input' })
    await expect(read(write('c.json', []), write('n.json', {}))).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})

describe('images', () => {
  const find = createImageFinder(
    ['train/a.jpg', 'val/a.jpg', 'b.v1.png', '000000000139.jpg', 'deep/c.jpg'].map((path) => ({ path })),
  )
  it.each([
    ['train/a.jpg', 'train/a.jpg'],
    ['train/a', 'train/a.jpg'],
    ['labels/val/a', 'val/a.jpg'],
    ['images\\val\\a.jpg', 'val/a.jpg'],
    ['b.v1', 'b.v1.png'],
    ['c.png', 'deep/c.jpg'],
  ])('%s is %s', (name, path) => expect(find(name)).toEqual({ image: { path } }))
  it.each([
    ['a', '2 images'],
    ['nobody', 'no image'],
  ])('%s: %s', (name, problem) =>
    expect(find(name)).toEqual({ problem: expect.stringContaining(problem) as string }),
  )

  it.each([
    ['b%2Ev1.png', 'b.v1.png'],
    ['TRAIN/A.JPG', 'train/a.jpg'],
    ['/data/upload/3/1a2b3c4d-c.jpg', 'deep/c.jpg'],
    ['/data/local-files/?d=set/val/a.jpg', 'val/a.jpg'],
    ['https://host/x/deep/c.jpg?size=1', 'deep/c.jpg'],
    ['c_jpg.rf.0123456789abcdef0123456789abcdef.jpg', 'deep/c.jpg'],
    ['c_jpg.rf.0123456789abcdef0123456789abcdef', 'deep/c.jpg'],
  ])('%s is %s, as tools rename it', (name, path) => expect(find(name)).toEqual({ image: { path } }))

  it('a number finds an image only where the file has numbers for want of names', () => {
    expect(find('139', true)).toEqual({ image: { path: '000000000139.jpg' } })
    expect(find('139')).toHaveProperty('problem')
  })

  it('cuts a box to the image; refuses one of another size or outside', () => {
    const box: BoxOfObject = {
      label: 'a',
      box: [-5, 10, 20, 120],
      unit: 'pixel',
      score: null,
      size: null,
      where: 'a',
    }
    const image = { width: 100, height: 100 }
    expect(promptOfBox(box, image)).toEqual({ prompt: { type: 'box', x0: 0, y0: 10, x1: 20, y1: 100 } })
    expect(promptOfBox({ ...box, size: { width: 100, height: 99 } }, image)).toHaveProperty('problem')
    expect(promptOfBox({ ...box, box: [200, 10, 220, 20] }, image)).toHaveProperty('problem')
  })
})

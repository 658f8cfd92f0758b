import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Shape } from '../../../common/model.ts'
import { createNoProcess } from '../../../cli/project.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createCore } from '../../../core/core.ts'
import { objectByHand } from '../../support/objects.ts'
import { maskOfInstance, readInstances } from '../../support/readers/coco-reader.ts'
import { pixelsOf } from '../../support/readers/masks.ts'
import { readRows, readYoloSet } from '../../support/readers/yolo-reader.ts'
import { ring, rectangle } from '../export/shapes.ts'
import { createBench, type Bench } from './run-cli.ts'
import { openCore } from '../../support/open-core.ts'

let bench: Bench
let photos: string

/** Labels two photos through the core, as the app does. */
const label = async () => {
  const { core, client } = openCore(bench.data)
  await client.call('project.open', { folder: photos })
  const { labels } = await client.call('labels.list', {})
  const { items } = await client.call('images.list', {
    offset: 0,
    limit: 100,
    filter: { text: '', show: 'all' },
  })
  const annotationOf = (path: string, name: string, shape: Shape) =>
    objectByHand(`${path}-${name}`, shape, {
      imageId: items.find((item) => item.path === path)!.id,
      labelId: labels.find((one) => one.name === name)!.id,
    })
  const added = [
    annotationOf('astronaut.jpg', 'person', ring),
    annotationOf('cat.jpg', 'cat', rectangle(10, 20, 100, 50)),
  ]
  await client.call('edit.commit', { diff: diffOf({ annotations: { added } }) })
  await core.close()
}

beforeAll(async () => {
  bench = createBench()
  photos = bench.photos()
  await label()
})
afterAll(() => bench.remove())

it('a core whose process was never started is closed at once', async () => {
  const core = createCore({
    version: '0',
    shell: 'test',
    dataFolder: bench.data,
    modelFolders: [],
    startInferenceProcess: createNoProcess,
    startDecoderProcess: forkDecoderProcess,
  })
  const start = performance.now()
  await core.close()
  expect(performance.now() - start).toBeLessThan(1000)
})

describe('maskwright info', () => {
  it('counts images and objects by class', async () => {
    const { code, out } = await bench.run(['info', photos])
    expect(code).toBe(0)
    expect(out).toContain('6 images, 2 with objects, 0 done\n2 objects:\n')
    expect(out).toMatch(/\n {2}person +1 on 1 images\n/)
  })

  it('says the same as JSON', async () => {
    const { out } = await bench.run(['info', 'photos', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      folder: photos,
      images: 6,
      labelled: 2,
      done: 0,
      annotations: 2,
      problems: [],
      classes: expect.arrayContaining([{ name: 'cat', annotations: 1, images: 1 }]) as unknown,
    })
  })
})

describe.skipIf(process.platform === 'win32')('names of strangers in the terminal', () => {
  it('can neither steer it nor begin a line of their own', async () => {
    const folder = join(bench.top, 'hostile')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a\u001b[2J\nAll is well.jpg'), 'no image')
    writeFileSync(join(folder, 'classes.txt'), 'cat\u001b]0;owned\u0007\n')
    for (const args of [
      ['info', folder],
      ['info', folder, '--json'],
      ['export', folder, '--format', 'coco', '--out', `${folder}\u009b1m-out`],
    ]) {
      const { out, err } = await bench.run(args)
      expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^All is well/m)
      if (args[0] === 'info') expect(out).toContain('a\\u001b[2J')
    }
  })
})

describe('maskwright info of a folder that was never opened', () => {
  it('names the images that can not be read', async () => {
    const fresh = join(bench.top, 'fresh')
    mkdirSync(fresh)
    copyFileSync(join(photos, 'cat.jpg'), join(fresh, 'cat.jpg'))
    writeFileSync(join(fresh, 'broken.jpg'), 'no image')
    const { out } = await bench.run(['info', fresh])
    expect(out).toMatch(
      /^.*\n2 images, .*\n1 images that can't be read:\n {2}broken\.jpg: This is not an image/s,
    )
    expect(out).toContain('(no project yet)')
    await bench.run(['export', fresh, '--format', 'coco', '--out', join(bench.top, 'fresh-out')])
    expect(readdirSync(fresh).sort()).toEqual(['broken.jpg', 'cat.jpg'])
    const again = await bench.run(['info', fresh, '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ images: 2, problems: [{ image: 'broken.jpg' }] })
  })
})

describe('maskwright export', () => {
  it('writes COCO of the project', async () => {
    const { code, out, err } = await bench.run([
      'export',
      'photos',
      '--format',
      'coco',
      '--out',
      'coco',
      '--no-images',
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Wrote 6 images and 2 objects as coco')
    expect(out).toContain('Changed:\n  astronaut.jpg: Written as a run-length mask, because it has a hole.\n')
    const data = readInstances(join(bench.top, 'coco/annotations/instances.json'))
    expect(data.images).toHaveLength(6)
    expect(data.annotations.map(({ area }) => area)).toEqual(
      data.annotations.map((annotation) => {
        const { width, height } = data.images.find((image) => image.id === annotation.image_id)!
        return pixelsOf(maskOfInstance(annotation, width, height))
      }),
    )
    expect(existsSync(join(bench.top, 'coco/images'))).toBe(false)
  })

  it('writes YOLO that trains as it is', async () => {
    const { code, out } = await bench.run([
      'export',
      'photos',
      '--format',
      'yolo-seg',
      '--out',
      'yolo',
      '--val',
      '0.5',
    ])
    expect(code).toBe(0)
    expect(out).toContain('1 image trains, 1 validates (seed 0).')
    const set = readYoloSet(join(bench.top, 'yolo/data.yaml'))
    expect(set.names.slice(0, 2)).toEqual(['person', 'cat'])
    for (const image of [...set.train, ...set.val]) expect(readRows(image, set.names.length)).toHaveLength(1)
    const copied = readFileSync([...set.train, ...set.val].find((image) => image.endsWith('cat.jpg'))!)
    expect(copied.equals(readFileSync(join(photos, 'cat.jpg')))).toBe(true)
  })

  it('refuses the folder of images with 1 and leaves it as it is', async () => {
    const before = readdirSync(photos)
    const outcome = await bench.run(['export', 'photos', '--format', 'coco', '--out', 'photos'])
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toMatch(/^maskwright: .* is the folder of images itself/)
    expect(readdirSync(photos)).toEqual(before)
  })
})

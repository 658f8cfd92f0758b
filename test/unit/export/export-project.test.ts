import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../common/contract/export.ts'
import type { ExportProgress, ExportSource } from '../../../core/export/export-project.ts'
import { writeFailure } from '../../../core/export/failures.ts'
import { createFolder, exportFrom, labelsOf, type TestFolder, type TestImage } from './folder.ts'
import { disc, outside } from './shapes.ts'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const labels = labelsOf('cat')
const photos = (count: number): TestImage[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}.png`, shapes: [disc] }))

/** Why no small disk can be mounted here; null when one can. */
const smallDiskMissing =
  process.platform === 'linux' && process.getuid?.() === 0
    ? null
    : 'mounting a small disk needs root on Linux'

const open = (images: readonly TestImage[] = photos(4)) => {
  const project = createFolder(images, labels)
  made.push(project)
  const progress: ExportProgress[] = []
  let source: ExportSource = project.source
  let stop = new AbortController()
  const out = join(project.top, 'out')
  const run = (request: Partial<ExportRequest> = {}) =>
    exportFrom(
      source,
      { out, validation: 0.25, ...request },
      { signal: (stop = new AbortController()).signal, onProgress: (event) => progress.push(event) },
    )
  const cancel = () => stop.abort()
  const replaceSource = (change: Partial<ExportSource>) => (source = { ...project.source, ...change })
  return { ...project, cancel, progress, out, run, replaceSource }
}

/** Every file under a folder with its content, by relative path. */
const contentOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  )

describe('where an export may go', () => {
  it('refuses the folder of images, also by another name', async () => {
    const { run, folder, top } = open()
    symlinkSync(folder, join(top, 'alias'))
    const before = contentOf(folder)
    for (const out of [folder, join(top, 'alias'), `${folder}/sub/..`])
      await expect(run({ out })).rejects.toMatchObject({ code: 'bad-input' })
    expect(contentOf(folder)).toEqual(before)
  })

  it('refuses a path that is not whole, and writes nothing into the working directory', async () => {
    const { run } = open()
    for (const out of ['relative-export', './relative-export', '~/relative-export'])
      await expect(run({ out })).rejects.toThrow('not a whole path')
    expect(existsSync('relative-export')).toBe(false)
    expect(existsSync('~')).toBe(false)
  })

  it('refuses the project folder', async () => {
    const { run, folder } = open()
    await expect(run({ out: join(folder, '.maskwright') })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(run({ out: join(folder, '.maskwright/x') })).rejects.toMatchObject({ code: 'bad-input' })
    expect(existsSync(join(folder, '.maskwright'))).toBe(false)
  })

  it('refuses a folder with other files and leaves them alone', async () => {
    const { run, out } = open()
    mkdirSync(out)
    writeFileSync(join(out, 'thesis.txt'), 'mine')
    await expect(run()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('thesis.txt') as string,
    })
    expect(readdirSync(out)).toEqual(['thesis.txt'])
  })

  it('refuses a file', async () => {
    const { run, out } = open()
    writeFileSync(out, 'a file')
    await expect(run()).rejects.toMatchObject({ code: 'conflict' })
  })

  it('takes an empty folder, a new one deep down, and one inside the folder of images', async () => {
    const { run, out, top, folder } = open()
    mkdirSync(out)
    writeFileSync(join(out, '.DS_Store'), '')
    await run()
    await run({ out: join(top, 'a/b/c') })
    await run({ out: join(folder, 'export') })
    expect(existsSync(join(folder, 'export/.maskwright-export'))).toBe(true)
  })

  it('does not mix COCO and YOLO in one folder', async () => {
    const { run } = open()
    await run({ format: 'coco' })
    await expect(run()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('COCO') as string,
    })
  })
})

describe('an export after an export', () => {
  it('replaces its files, removes those that are no more and keeps what others put there', async () => {
    const { run, out, replaceSource, source } = open(photos(5))
    const first = await run()
    mkdirSync(join(out, 'runs'))
    writeFileSync(join(out, 'runs/best.pt'), 'weights')
    writeFileSync(join(out, 'labels/train.cache'), 'what the trainer read before')
    replaceSource({ imageIds: () => source.imageIds().slice(0, 3) })
    const second = await run({ seed: 1 })
    const left = Object.keys(contentOf(out)).filter((name) => name !== '.maskwright-export')
    expect(left.sort()).toEqual([...second.files, 'runs/best.pt'].sort())
    expect(second.fileCount).toBe(first.fileCount - 4)
  })

  it('keeps copies that have not changed and writes those that have', async () => {
    const { run, out, folder } = open(photos(3))
    const report = await run()
    const copies = report.files.filter((name) => name.startsWith('images/'))
    const numbers = () => copies.map((name) => statSync(join(out, name)).ino)
    const before = numbers()
    await run()
    expect(numbers()).toEqual(before)
    utimesSync(join(folder, '1.png'), 1e9, 1e9)
    await run()
    expect(numbers().filter((ino, index) => ino !== before[index])).toHaveLength(1)
  })

  it('does not overwrite a file that it has not written', async () => {
    const { run, out, replaceSource, source } = open(photos(4))
    replaceSource({ imageIds: () => source.imageIds().slice(0, 3) })
    await run({ validation: 0 })
    writeFileSync(join(out, 'labels/train/3.txt'), 'by hand')
    const before = contentOf(out)
    replaceSource({})
    await expect(run({ validation: 0 })).rejects.toMatchObject({ code: 'conflict' })
    expect(contentOf(out)).toEqual(before)
  })

  it('never follows a marker out of its folder', async () => {
    const { run, out, top } = open()
    await run()
    writeFileSync(join(top, 'precious.txt'), 'mine')
    const marker = join(out, '.maskwright-export')
    const forged = JSON.parse(readFileSync(marker, 'utf8')) as { files: string[] }
    forged.files.push('../precious.txt')
    writeFileSync(marker, JSON.stringify(forged))
    await expect(run()).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(join(top, 'precious.txt'), 'utf8')).toBe('mine')
  })

  it('sweeps what a killed export left', async () => {
    const { run, out } = open()
    await run()
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim()
    mkdirSync(join(out, `.maskwright-partial-${ended}-abc`))
    await run()
    expect(readdirSync(out).filter((name) => name.includes('partial'))).toEqual([])
  })
})

describe('an export that does not come to its end', () => {
  it('leaves a new folder not there at all when cancelled', async () => {
    const { run, cancel, replaceSource, source, top } = open(photos(30))
    replaceSource({
      measure(image) {
        if (image.id === 20) cancel()
        return source.measure(image)
      },
    })
    await expect(run({ out: join(top, 'deep/er') })).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(top)).toEqual(['photos'])
  })

  it('leaves the export before as it was when cancelled in the middle of writing', async () => {
    const { run, out, cancel, replaceSource, source } = open(photos(30))
    await run()
    const before = contentOf(out)
    let reads = 0
    replaceSource({
      read(ids) {
        // The second reading is the one that writes.
        if (++reads === 2) setImmediate(() => cancel())
        return source.read(ids)
      },
    })
    await expect(run({ seed: 9 })).rejects.toMatchObject({ code: 'cancelled' })
    expect(contentOf(out)).toEqual(before)
    replaceSource({})
    expect((await run({ seed: 9 })).images).toBe(30)
  })

  it('leaves the export before as it was when the project fails', async () => {
    const { run, out, replaceSource, source } = open(photos(3))
    await run()
    const before = contentOf(out)
    let reads = 0
    replaceSource({
      read(ids) {
        if (++reads === 2) throw new Error('the database went away')
        return source.read(ids)
      },
    })
    await expect(run()).rejects.toThrow(/the database went away/)
    expect(contentOf(out)).toEqual(before)
  })

  it('goes on without an image that vanished, and says so', async () => {
    const { run, replaceSource, source, folder } = open(photos(3))
    let reads = 0
    replaceSource({
      read(ids) {
        if (++reads === 2) execFileSync('rm', [join(folder, '1.png')])
        return source.read(ids)
      },
    })
    const report = await run()
    expect(report.images).toBe(2)
    expect(report.leftOut).toEqual([
      { image: '1.png', annotationId: null, message: expect.stringMatching(/no longer there/) as string },
    ])
  })
})

describe('disks', () => {
  // /proc answers ENOENT, on which Node's recursive mkdir goes on for ever.
  it.for(['/sys/kernel', '/proc'])(
    'says what to do when %s can not be written',
    async (unwritable, { skip }) => {
      if (!existsSync(unwritable)) skip(`no ${unwritable} here`)
      const { run } = open()
      await expect(run({ out: join(unwritable, 'maskwright-export') })).rejects.toMatchObject({
        code: 'not-writable',
        message: expect.stringMatching(/Choose another folder/) as string,
      })
    },
  )

  it('says what to do when the disk is full', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    expect(writeFailure(full, '/x')).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/Make room/) as string,
    })
  })

  it.skipIf(smallDiskMissing)(
    `leaves a really full disk as it was${smallDiskMissing ? ` (skipped: ${smallDiskMissing})` : ''}`,
    async () => {
      const { run, top, replaceSource, source } = open(photos(3))
      const disk = join(top, 'disk')
      mkdirSync(disk)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk])
      try {
        const out = join(disk, 'out')
        await run({ out })
        const before = contentOf(disk)
        const [one] = source.read([1])
        replaceSource({
          measure: (image) => Promise.resolve(image),
          imageIds: () => Array.from({ length: 200 }, (_, index) => index + 1),
          read: (ids) => ids.map((id) => ({ ...one!, image: { ...one!.image, id, path: `${id}.png` } })),
          fileOf: () => source.fileOf(one!.image),
        })
        await expect(run({ out, copyImages: false })).rejects.toMatchObject({ code: 'disk-full' })
        expect(contentOf(disk)).toEqual(before)
        const big = Object.assign({}, one!.image, { bytes: 1e9 })
        replaceSource({
          measure: (image) => Promise.resolve(image),
          imageIds: () => [1],
          read: () => [{ ...one!, image: { ...big, id: 1, path: 'big.png' } }],
        })
        await expect(run({ out, format: 'yolo-det' })).rejects.toMatchObject({
          code: 'disk-full',
          message: expect.stringMatching(/take 1.0 GB .* without images/) as string,
        })
        expect(contentOf(disk)).toEqual(before)
      } finally {
        execFileSync('umount', [disk])
      }
    },
  )
})

describe('progress and report', () => {
  it('counts to the end, forwards only', async () => {
    const { run, progress } = open(photos(60))
    await run()
    expect(progress.at(-1)).toMatchObject({ done: 60, total: 60 })
    const shares = progress.slice(0, -1).map(({ done, total }) => done / total)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it('shows the first thousand lines and keeps all in a file', async () => {
    const { run, out } = open([
      { path: 'a.png', shapes: [disc, ...Array.from({ length: 1500 }, () => outside)] },
    ])
    const report = await run()
    expect(report.leftOut).toHaveLength(1001)
    expect(report.leftOut.at(-1)!.message).toMatch(/^500 more lines/)
    const whole = JSON.parse(readFileSync(join(out, 'export-report.json'), 'utf8')) as { leftOut: unknown[] }
    expect(whole.leftOut).toHaveLength(1500)
  })

  it('never writes the folder of images', async () => {
    const { run, folder } = open(photos(4))
    const before = contentOf(folder)
    for (const format of ['yolo-det', 'yolo-seg'] as const) await run({ format })
    await run({ format: 'coco', out: join(folder, '../coco') })
    expect(contentOf(folder)).toEqual(before)
  })

  it('stays small in memory and right with 20,000 images and 100,000 objects', async () => {
    const { run, out, replaceSource, source } = open(photos(1))
    const [{ image, annotations }] = source.read([1]) as [ReturnType<ExportSource['read']>[number]]
    const known = await source.measure(image)
    const item = (id: number) => ({ ...known, id, path: `f${id % 100}/${id}.png` })
    replaceSource({
      measure: (image) => Promise.resolve(image),
      imageIds: () => Array.from({ length: 20_000 }, (_, index) => index + 1),
      read: (ids) =>
        ids.map((id) => ({
          image: item(id),
          damaged: [],
          annotations: Array.from({ length: 5 }, (_, index) => ({
            ...annotations[0]!,
            id: `${id}-${index}`,
          })),
        })),
    })
    const report = await run({ format: 'coco', copyImages: false })
    expect(report).toMatchObject({ images: 20_000, annotations: 100_000 })
    const data = JSON.parse(readFileSync(join(out, 'annotations/instances.json'), 'utf8')) as {
      annotations: { id: number; image_id: number }[]
    }
    expect(data.annotations.at(-1)).toMatchObject({ id: 100_000, image_id: 20_000 })
  })
})

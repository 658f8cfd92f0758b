/** Pictures made to do harm cost themselves alone: the process that decodes them, never this one. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createGuardedDecode } from '../../../core/images/decoder/guarded.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createDecoderPool } from '../../../core/images/decoder/pool.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { secondsFor } from '../../../core/images/limits.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import type { DecoderProcess } from '../../../core/images/decoder/process.ts'
import { cyclicGif, pngOf, squeezedTiff, tiffOf, vastFrameGif } from '../../support/hostile-pictures.ts'
import { temporaryFolder } from '../store/records.ts'
import { files, HEIGHT, jpegOf, look, WIDTH } from './pictures.ts'

/** Counts its processes; each picture may take two seconds when nothing else is said. */
const open = (dataFolder = temporaryFolder(), seconds: (pixels: number) => number = () => 2) => {
  const started: DecoderProcess[] = []
  const startProcess = () => {
    const process = forkDecoderProcess()
    started.push(process)
    return process
  }
  const pictures = createPictures({ dataFolder, startProcess, seconds })
  onTestFinished(() => pictures.close())
  return { pictures, started, dataFolder }
}

const write = (name: string, bytes: Uint8Array) => {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, bytes)
  return file
}

const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'It was read.',
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
  )

test('a GIF whose code table runs in a circle is ended; others go on meanwhile, and so does this thread', async () => {
  const { pictures, started } = open()
  const [hostile, good] = [write('a.gif', cyclicGif()), write('b.jpg', await jpegOf())]
  let ticks = 0
  const ticking = setInterval(() => ticks++, 20)
  onTestFinished(() => clearInterval(ticking))
  const ending = reasonOf(pictures.thumbnail(hostile))
  expect(await look((await pictures.thumbnail(good)).bytes)).toMatchObject({ topLeft: 'red' })
  expect(await ending).toMatch(/ended after 2 seconds.*tried again when the file changes/)
  // Far fewer would have passed had the decode held this thread.
  expect(ticks).toBeGreaterThan(50)
  const another = write('c.jpg', await jpegOf(6))
  expect(await look((await pictures.thumbnail(another)).bytes)).toMatchObject({ topLeft: 'blue' })
  expect(started.length).toBeLessThanOrEqual(3)
})

test('what ended its decoder is not tried again, by no other program either, until it changes', async () => {
  const { pictures, started, dataFolder } = open()
  const hostile = write('a.gif', cyclicGif())
  const reason = await reasonOf(pictures.thumbnail(hostile))
  const before = started.length
  expect(await reasonOf(pictures.thumbnail(hostile))).toBe(reason)
  expect(await reasonOf(pictures.copy(hostile, 'png'))).toBe(reason)
  expect(await reasonOf(pictures.display(hostile))).toBe(reason)
  expect(started.length).toBe(before)
  const later = open(dataFolder)
  expect(await reasonOf(later.pictures.thumbnail(hostile))).toBe(reason)
  expect(later.started).toHaveLength(0)
  writeFileSync(hostile, await jpegOf())
  expect(await look((await later.pictures.thumbnail(hostile)).bytes)).toMatchObject({ topLeft: 'red' })
})

test.each([
  ['a GIF of 65,535 squared in one frame', vastFrameGif(), /65535 x 65535 pixels/],
  [
    'a PNG of 60,000 squared',
    pngOf({ width: 60_000, height: 60_000, depth: 8, color: 2 }),
    /3,600 megapixels/,
  ],
  [
    'a PNG of 200 megapixels of 16 bits and alpha',
    pngOf({ width: 20_000, height: 10_000, depth: 16, color: 6 }),
    /takes 2\.\d GB of memory/,
  ],
  [
    'a TIFF of 60,000 squared',
    tiffOf({ width: 60_000, height: 60_000, bits: 8, channels: 3 }, Buffer.alloc(100)),
    /3,600 megapixels/,
  ],
  [
    'a TIFF of 65,535 channels',
    tiffOf({ width: 4000, height: 3000, bits: 16, channels: 60_000 }, Buffer.alloc(100)),
    /[GT]B of memory/,
  ],
])('%s is refused by its header, before a process is started', async (_name, bytes, reason) => {
  const { pictures, started } = open()
  const file = write('a', bytes)
  expect(await reasonOf(probeImage(file))).toMatch(reason)
  expect(await reasonOf(pictures.display(file))).toMatch(reason)
  expect(started).toHaveLength(0)
  expect(await reasonOf(pictures.thumbnail(file))).toMatch(reason)
})

test('a process that is killed from outside costs nothing: its picture is decoded by the next', async () => {
  const { pictures, started } = open()
  const asked = pictures.thumbnail(write('a.jpg', await jpegOf()))
  await expect.poll(() => started.length).toBe(1)
  started[0]!.kill()
  expect(await look((await asked).bytes)).toMatchObject({ topLeft: 'red' })
  expect(started).toHaveLength(2)
})

test('a process that was readied takes the first picture, and being asked twice starts no second', async () => {
  const { pictures, started } = open()
  pictures.warm()
  pictures.warm()
  expect(started).toHaveLength(1)
  expect(await look((await pictures.thumbnail(write('a.jpg', await jpegOf()))).bytes)).toMatchObject({
    topLeft: 'red',
  })
  expect(started).toHaveLength(1)
})

test('a decoder that goes round in circles ends when its parent is killed', async () => {
  const host = fileURLToPath(new URL('../../../core/images/decoder/host.ts', import.meta.url))
  const code = `
    import { fork } from 'node:child_process'
    const child = fork(${JSON.stringify(host)}, [], { serialization: 'advanced', execArgv: [] })
    child.on('message', ({ type }) => {
      if (type === 'ready') child.send({ job: 1, make: 'display', file: process.argv[1] })
      if (type === 'claims') process.stdout.write(String(child.pid))
    })`
  const file = write('round.gif', cyclicGif())
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (said: Buffer) => resolve(Number(said))),
  )
  const isThere = () => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  expect(isThere()).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(isThere, { timeout: 20_000 }).toBe(false)
})

test('where no process can be started nothing is decoded, and the reason is said', async () => {
  const pool = createDecoderPool({
    startProcess: () => {
      throw new Error('EAGAIN')
    },
  })
  onTestFinished(() => pool.close())
  await expect(pool.make('thumbnail', write('a.jpg', await jpegOf()))).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(/can't be decoded.*EAGAIN/) as string,
  })
})

test('a kept thumbnail with a wrong byte in it is made anew', async () => {
  const { pictures, dataFolder } = open()
  const file = write('a.jpg', await jpegOf())
  const first = await pictures.thumbnail(file)
  const [kept] = readdirSync(join(dataFolder, 'thumbnails'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  )
  const path = join(kept!.parentPath, kept!.name)
  const times = statSync(file)
  writeFileSync(path, Buffer.alloc(statSync(path).size, 7))
  utimesSync(file, times.atime, times.mtime)
  expect(await pictures.thumbnail(file)).toEqual(first)
})

test('a squeezed TIFF of 240 megapixels leaves this process as large as it was', async () => {
  const { pictures } = open()
  const file = write('a.tif', squeezedTiff(16))
  const before = process.memoryUsage.rss()
  await reasonOf(pictures.thumbnail(file))
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20)
})

test('where the pixels themselves are needed, a decode ends in time too, and the next one is right', async () => {
  expect(await reasonOf(createGuardedDecode(() => 1)(cyclicGif()))).toMatch(/ended after 1 seconds/)
  const decodeGuarded = createGuardedDecode()
  const gif = await decodeGuarded(Buffer.from(await files['a.gif']!()))
  expect(gif).toMatchObject({ width: WIDTH, height: HEIGHT, orientation: 1 })
  expect(gif.rgb).toHaveLength(WIDTH * HEIGHT * 3)
  expect(await decodeGuarded(await jpegOf(6))).toMatchObject({ width: HEIGHT, height: WIDTH })
})

test('a TIFF of 61 megapixels in one strip is read', async () => {
  const { pictures } = open(temporaryFolder(), secondsFor)
  const [wide, high] = [9500, 6400]
  const claims = { width: wide, height: high, bits: 8, channels: 3 }
  const file = write('a.tif', tiffOf(claims, Buffer.alloc(3 * wide * high, 255)))
  expect(await look((await pictures.thumbnail(file)).bytes)).toMatchObject({ width: 160, topLeft: 'white' })
})

test('one of a kind that is not read by rows is refused with its true reason', async () => {
  const { pictures } = open()
  // A fourth channel that is no alpha.
  const claims = { width: 9500, height: 6400, bits: 8, channels: 4 }
  expect(await reasonOf(pictures.display(write('a.tif', tiffOf(claims, Buffer.alloc(100)))))).toMatch(
    /too large: 232 MB of pixels, 232 MB of them in one strip/,
  )
})

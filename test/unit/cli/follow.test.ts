/** `maskwright follow` on a generated film, with the real model, and `maskwright frames`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { coinAt, writeCoinFilm } from '../../support/coin-film.ts'
import { createBench, type Bench } from './run-cli.ts'

vi.setConfig({ testTimeout: 300_000 })

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

test('objects of the first image that has some are proposals in the next ones; again, nothing is to be done', async () => {
  const folder = join(bench.top, 'frames')
  mkdirSync(folder)
  await writeCoinFilm(folder, 3)
  const none = await bench.run(['follow', folder])
  expect(none).toMatchObject({ code: 1 })
  expect(none.err).toContain('No image of the list has objects to follow.')

  const label = join(bench.top, 'labels')
  mkdirSync(label)
  const shapes = [{ label: 'coin', points: coinAt(0, 3).parts[0]!.outer, shape_type: 'polygon' }]
  const about = { imagePath: 'frame-0.png', imageWidth: 512, imageHeight: 384, imageData: null }
  writeFileSync(
    join(label, 'frame-0.json'),
    JSON.stringify({ version: '5.0.0', flags: {}, shapes, ...about }),
  )
  expect(await bench.run(['import', folder, label])).toMatchObject({ code: 0 })

  const first = await bench.run(['follow', folder, '--json'])
  expect(first, first.err).toMatchObject({ code: 0 })
  expect(first.err).toContain('From frame-0.png:')
  expect(JSON.parse(first.out)).toMatchObject({ from: 'frame-0.png', images: 2, objects: 2 })
  const listed = await bench.run(['list', folder, '--json'])
  expect(JSON.parse(listed.out)).toMatchObject([
    { objects: 1, proposals: 0 },
    { proposals: 1 },
    { proposals: 1 },
  ])
  const again = await bench.run(['follow', folder, '--from', 'frame-0.png', '--json'])
  expect(JSON.parse(again.out)).toMatchObject({ objects: 0 })
  const absent = await bench.run(['follow', folder, '--from', 'frame-9.png'])
  expect(absent.err).toContain('frame-9.png is not among the images.')
})

test('frames are asked for in one way', async () => {
  const both = await bench.run(['frames', 'a.mp4', '--out', 'b', '--every', '2', '--fps', '3'])
  expect(both).toMatchObject({ code: 2 })
  expect(both.err).toContain('--every and --fps do not go together')
  const part = await bench.run(['frames', 'a.mp4', '--out', 'b', '--every', '1.5'])
  expect(part.err).toContain('--every takes a whole number')
  expect(await bench.run(['frames', 'absent.mp4', '--out', 'b'])).toMatchObject({ code: 1 })
})

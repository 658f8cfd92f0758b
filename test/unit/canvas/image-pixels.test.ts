import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImageItem } from '../../../common/model.ts'
import { createPixelSource } from '../../../renderer/canvas/image-pixels.ts'
import { versionOf } from '../../../common/picture-version.ts'
import { imageOf } from '../actions/support.ts'

const closed: string[] = []

beforeEach(() => {
  closed.length = 0
  vi.stubGlobal('fetch', (url: string) => Promise.resolve({ ok: true, blob: () => Promise.resolve(url) }))
  vi.stubGlobal('createImageBitmap', (url: string) =>
    Promise.resolve({ url, width: 8, height: 8, close: () => closed.push(url) }),
  )
})
afterEach(() => void vi.unstubAllGlobals())

const urlOf = async (pixels: ReturnType<ReturnType<typeof createPixelSource>['load']>) =>
  (await pixels).levels[0] as unknown as { url: string }

describe('pixels', () => {
  it('are kept by the whole address: the same id in another folder is another image', async () => {
    const source = createPixelSource()
    const first = source.load('/image/1?v=a')
    expect(source.load('/image/1?v=a')).toBe(first)
    expect(await urlOf(source.load('/image/1?v=b'))).toMatchObject({ url: '/image/1?v=b' })
    expect(await urlOf(first)).toMatchObject({ url: '/image/1?v=a' })
  })

  it('of images that are not kept are let go', async () => {
    const source = createPixelSource()
    await Promise.all([source.load('/image/1?v=a'), source.load('/image/2?v=a')])
    source.keep(['/image/2?v=a'])
    await vi.waitFor(() => expect(closed).toEqual(['/image/1?v=a']))
    source.close()
    await vi.waitFor(() => expect(closed).toEqual(['/image/1?v=a', '/image/2?v=a']))
  })
})

describe('pixels of a large image', () => {
  const widths = async (pixels: ReturnType<ReturnType<typeof createPixelSource>['load']>) =>
    (await pixels).levels.map(({ width }) => width)

  beforeEach(() => {
    vi.stubGlobal(
      'createImageBitmap',
      (_source: unknown, size: { resizeWidth: number; resizeHeight: number } | undefined) => {
        const { resizeWidth: width, resizeHeight: height } = size ?? { resizeWidth: 4000, resizeHeight: 3000 }
        return Promise.resolve({ width, height, close: () => closed.push(String(width)) })
      },
    )
  })

  it('are halved copies alone while it is a neighbour, and whole again when it is shown', async () => {
    const source = createPixelSource()
    source.prepare(['/image/1'])
    expect(await widths(source.load('/image/1'))).toEqual([2000, 1000])
    expect(closed).toEqual(['4000'])
    expect(await widths(source.complete('/image/1'))).toEqual([4000, 2000, 1000])
    expect(await widths(source.load('/image/1'))).toEqual([4000, 2000, 1000])
    source.keep(['/image/1'])
    expect(await widths(source.load('/image/1'))).toEqual([2000, 1000])
    expect(closed).toEqual(['4000', '4000'])
  })

  it('are whole at once when it was not prepared', async () => {
    const source = createPixelSource()
    expect(await widths(source.load('/image/1'))).toEqual([4000, 2000, 1000])
    expect(await widths(source.complete('/image/1'))).toEqual([4000, 2000, 1000])
    expect(closed).toEqual([])
  })
})

describe('the version of a picture', () => {
  const image = imageOf(1)
  const here = { file: '/photos/.maskwright/project.sqlite' }
  it('is another one in another folder, for another file and after a change of the file', () => {
    const others: [{ file: string }, ImageItem][] = [
      [{ file: '/other/.maskwright/project.sqlite' }, image],
      [here, { ...image, path: 'other.jpg' }],
      [here, { ...image, modifiedAt: 2 }],
      [here, { ...image, bytes: 1001 }],
    ]
    const versions = [[here, image] as const, ...others].map(([project, item]) => versionOf(project, item))
    expect(new Set(versions).size).toBe(versions.length)
  })
  it('does not change when the file is read', () => {
    expect(versionOf(here, { ...image, contentHash: 'abc', width: 9 })).toBe(versionOf(here, image))
  })
})

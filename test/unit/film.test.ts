/** A film becomes frames, by ffmpeg where the machine has it, and is refused in words where it can't. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeFrames, type FrameRequest } from '../../core/film/frames.ts'
import { probeImage } from '../../core/images/read-file.ts'

const top = mkdtempSync(join(tmpdir(), 'film-'))
afterAll(() => rmSync(top, { recursive: true }))

const missing = spawnSync('ffmpeg', ['-version']).status === 0 ? null : 'this machine has no ffmpeg'
/** Two seconds, 10 frames each, of 64 x 48. A percent sign is a pattern to ffmpeg. */
const film = join(top, '100 %d film.mp4')

const write = async (
  part: Partial<FrameRequest> = {},
  ffmpeg?: string,
  signal = new AbortController().signal,
) => {
  const seen: [number, number | null][] = []
  const request: FrameRequest = {
    film,
    out: join(top, '50 %d frames'),
    take: { every: 1 },
    as: 'jpeg',
    ...part,
  }
  rmSync(join(top, '50 %d frames'), { recursive: true, force: true })
  const count = await writeFrames(
    request,
    { signal, reach: (done, total) => seen.push([done, total]) },
    ffmpeg,
  )
  return { count, seen, names: readdirSync(request.out) }
}
const leftOver = () => readdirSync(top).filter((name) => name.endsWith('.frames'))

describe.skipIf(missing !== null)(`with ffmpeg${missing === null ? '' : ` (${missing})`}`, () => {
  beforeAll(() => {
    const made = spawnSync('ffmpeg', [
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=2'],
      ...['-pix_fmt', 'yuv420p', `file:${film}`],
    ])
    expect(made.stderr.toString()).toBe('')
  })

  test('every frame, every fourth, two a second, as JPEG and PNG', async () => {
    const all = await write()
    expect(all.count).toBe(20)
    expect([all.names[0], all.names[19]]).toEqual(['frame_000001.jpg', 'frame_000020.jpg'])
    expect(all.seen[0]).toEqual([0, 20])
    expect(all.seen.at(-1)).toEqual([20, 20])
    expect(await probeImage(join(top, '50 %d frames/frame_000007.jpg'))).toMatchObject({
      width: 64,
      height: 48,
    })
    expect((await write({ take: { every: 4 } })).count).toBe(5)
    const slow = await write({ take: { perSecond: 2 }, as: 'png' })
    expect(slow.count).toBe(4)
    expect(slow.names[0]).toBe('frame_000001.png')
  })

  test('what is no film, or names other files, is refused and leaves nothing', async () => {
    const text = join(top, 'list.mp4')
    for (const content of [
      'no film',
      `#EXTM3U\n#EXTINF:2,\n${film}\n`,
      `ffconcat version 1.0\nfile '${film}'\n`,
    ]) {
      writeFileSync(text, content)
      await expect(write({ film: text })).rejects.toMatchObject({ code: 'bad-input' })
    }
    await expect(write({ film: join(top, 'absent.mp4') })).rejects.toMatchObject({ code: 'not-found' })
    expect(leftOver()).toEqual([])
  })

  test('a folder that has something in it stays as it is', async () => {
    const out = join(top, 'mine')
    mkdirSync(out)
    writeFileSync(join(out, 'photo.jpg'), 'mine')
    await expect(write({ out })).rejects.toMatchObject({ code: 'conflict' })
    expect(readdirSync(out)).toEqual(['photo.jpg'])
  })

  test('cancelled, it leaves nothing behind', async () => {
    await expect(write({}, 'ffmpeg', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(join(top, '50 %d frames'))).toBe(false)
    expect(leftOver()).toEqual([])
  })
})

test('without ffmpeg it says what to install', async () => {
  writeFileSync(join(top, 'some.mp4'), 'x')
  await expect(write({ film: join(top, 'some.mp4') }, 'no-such-ffmpeg')).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/not on this machine.*apt install ffmpeg.*brew install ffmpeg/) as string,
  })
})

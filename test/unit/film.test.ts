/** A film becomes frames, by ffmpeg where the machine has it, and is refused in words where it can't. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilmRequest } from '../../common/contract/film.ts'
import { framesOf, isFilmName } from '../../common/film.ts'
import { createDrafts } from '../../core/film/drafts.ts'
import { writeFrames } from '../../core/film/frames.ts'
import { installCommand } from '../../core/film/install.ts'
import { lookAtFilm } from '../../core/film/look.ts'
import { placeForFrames } from '../../core/film/place.ts'
import { probeImage } from '../../core/images/read-file.ts'
import { filmsMissing, runFfmpegHere, writeTestFilm } from '../support/film.ts'

const top = mkdtempSync(join(tmpdir(), 'film-'))
afterAll(() => rmSync(top, { recursive: true }))

const drafts = createDrafts(join(top, 'data'))

/** Two seconds, 10 frames each, of 64 x 48. A percent sign is a pattern to ffmpeg. */
const film = join(top, '100 %d film.mp4')

const write = async (
  part: Partial<FilmRequest> = {},
  ffmpeg = 'ffmpeg',
  signal = new AbortController().signal,
) => {
  const seen: [number, number | null][] = []
  const request: FilmRequest = {
    film,
    out: join(top, '50 %d frames'),
    take: { every: 1 },
    as: 'jpeg',
    ...part,
  }
  rmSync(join(top, '50 %d frames'), { recursive: true, force: true })
  const written = await writeFrames(
    request,
    { signal, reach: (done, total) => seen.push([done, total]) },
    { ffmpeg, drafts },
  )
  return { ...written, seen, names: readdirSync(request.out) }
}
const leftOver = () => readdirSync(top).filter((name) => name.endsWith('.frames'))
const messageFor = async (path: string) => {
  const thrown: unknown = await lookAtFilm(path, 'ffmpeg').catch((one: unknown) => one)
  return thrown instanceof Error ? thrown.message : 'it was read'
}

describe.skipIf(filmsMissing !== null)(
  `with ffmpeg${filmsMissing === null ? '' : ` (${filmsMissing})`}`,
  () => {
    beforeAll(() => void writeTestFilm(film))

    test('every frame, every fourth, two a second, as JPEG and PNG', async () => {
      const all = await write()
      expect(all).toMatchObject({ frames: 20, brokeOff: false })
      expect([all.names[0], all.names[19]]).toEqual(['frame_000001.jpg', 'frame_000020.jpg'])
      expect(all.seen[0]).toEqual([0, 20])
      expect(all.seen.at(-1)).toEqual([20, 20])
      expect(await probeImage(join(top, '50 %d frames/frame_000007.jpg'))).toMatchObject({
        width: 64,
        height: 48,
      })
      const slow = await write({ take: { perSecond: 2 }, as: 'png' })
      expect(slow.frames).toBe(4)
      expect(slow.names[0]).toBe('frame_000001.png')
    })

    test.each([{ every: 1 }, { every: 3 }, { every: 4 }, { every: 7 }, { every: 100 }, { perSecond: 3 }])(
      'as many frames come of %j as were foretold',
      async (take) => {
        const look = await lookAtFilm(film, 'ffmpeg')
        expect((await write({ take })).frames).toBe(framesOf(look, take))
      },
    )

    test('a film is told by its size, length and rate, and what its frames take is measured', async () => {
      const look = await lookAtFilm(film, 'ffmpeg')
      const { size } = statSync(film)
      expect(look).toMatchObject({
        name: '100 %d film.mp4',
        width: 64,
        height: 48,
        seconds: 2,
        rate: 10,
        bytes: size,
      })
      for (const as of ['jpeg', 'png'] as const) {
        const { frames, names } = await write({ as })
        const bytes = names.reduce((sum, name) => sum + statSync(join(top, '50 %d frames', name)).size, 0)
        expect(Math.abs(look.frameBytes![as] / (bytes / frames) - 1)).toBeLessThan(0.2)
      }
    })

    test('a film that lies on its side is told upright, as its frames are', async () => {
      const lying = join(top, 'lying.mp4')
      runFfmpegHere(['-i', `file:${film}`, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', lying])
      const { names } = await write({ film: lying, take: { every: 20 } })
      const frame = await probeImage(join(top, '50 %d frames', names[0]!))
      expect(await lookAtFilm(lying, 'ffmpeg')).toMatchObject({ width: frame.width, height: frame.height })
    })

    test('what is no film, or names other files, is refused with what to do, and leaves nothing', async () => {
      const text = join(top, 'list.mp4')
      for (const [content, says] of [
        ['no film', /no film that ffmpeg can read.*write an MP4/],
        ['', /is empty.*Copy it again/],
        [`#EXTM3U\n#EXTINF:2,\n${film}\n`, /a list that names films.*Choose the film/],
        [`ffconcat version 1.0\nfile '${film}'\n`, /a list that names films/],
        [`<?xml version="1.0"?><MPD><BaseURL>${film}</BaseURL></MPD>`, /a list that names films/],
      ] as const) {
        writeFileSync(text, content)
        await expect(write({ film: text })).rejects.toMatchObject({ code: 'bad-input' })
        expect(await messageFor(text)).toMatch(says)
      }
      writeFileSync(text, readFileSync(film).subarray(0, 2000))
      expect(await messageFor(text)).toMatch(/cut off.*Copy it again/)
      const song = join(top, 'song.m4a')
      runFfmpegHere(['-f', 'lavfi', '-i', 'sine=duration=1', song])
      expect(await messageFor(song)).toMatch(/sound and no pictures/)
      expect(await messageFor(top)).toMatch(/is no file/)
      await expect(write({ film: join(top, 'absent.mp4') })).rejects.toMatchObject({ code: 'not-found' })
      expect(leftOver()).toEqual([])
    })

    test('a film that breaks off gives the frames before, and says so', async () => {
      const whole = join(top, 'whole.avi')
      runFfmpegHere(['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=10:duration=2', '-c:v', 'mjpeg', whole])
      const bytes = readFileSync(whole)
      const cut = join(top, 'cut.avi')
      writeFileSync(cut, bytes.subarray(0, bytes.length / 2))
      const { frames, brokeOff } = await write({ film: cut })
      expect(brokeOff).toBe(true)
      expect(frames).toBeGreaterThan(3)
      expect(frames).toBeLessThan(20)
    })

    test('a folder that has something in it stays as it is', async () => {
      const out = join(top, 'mine')
      mkdirSync(out)
      writeFileSync(join(out, 'photo.jpg'), 'mine')
      await expect(write({ out })).rejects.toMatchObject({ code: 'conflict' })
      expect(readdirSync(out)).toEqual(['photo.jpg'])
    })

    test('where nothing can be written it is said, with what to do', async () => {
      const file = join(top, 'a file')
      writeFileSync(file, '')
      for (const out of [join(file, 'frames'), '/proc/frames', '/proc/no/such/frames'])
        await expect(write({ out })).rejects.toMatchObject({
          code: expect.stringMatching(/not-writable|bad-input/) as string,
          message: expect.stringMatching(/Choose another/) as string,
        })
      expect(leftOver()).toEqual([])
    })

    test('cancelled, it leaves nothing behind', async () => {
      await expect(write({}, 'ffmpeg', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
      expect(existsSync(join(top, '50 %d frames'))).toBe(false)
      // In the middle of it: some frames were written already.
      const long = writeTestFilm(join(top, 'long.mp4'), 60, '640x480')
      const stop = new AbortController()
      const out = join(top, 'stopped', 'deep')
      const run = writeFrames(
        { film: long, out, take: { every: 1 }, as: 'png' },
        { signal: stop.signal, reach: (done) => done > 0 && stop.abort() },
        { ffmpeg: 'ffmpeg', drafts },
      )
      await expect(run).rejects.toMatchObject({ code: 'cancelled' })
      expect(existsSync(join(top, 'stopped'))).toBe(false)
      expect(leftOver()).toEqual([])
    })

    /** A disk of 200 kB, where this machine lets us have one. */
    const mountSmall = (): string | null => {
      const disk = join(top, 'small disk')
      mkdirSync(disk)
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk], { stdio: 'ignore' })
        return disk
      } catch {
        return null
      }
    }
    test('a full disk is said, and no frames stay on it', async ({ skip }) => {
      const disk = mountSmall()
      if (disk === null) return skip('this machine lets no disk be mounted')
      try {
        const big = writeTestFilm(join(top, 'big.mp4'), 4, '640x480')
        await expect(write({ film: big, out: join(disk, 'frames'), as: 'png' })).rejects.toMatchObject({
          code: 'disk-full',
          message: expect.stringMatching(/no frames were kept.*another disk/) as string,
        })
        expect(readdirSync(disk)).toEqual([])
        expect((await placeForFrames(big, disk)).freeBytes).toBeLessThanOrEqual(204_800)
      } finally {
        execFileSync('umount', [disk])
      }
    })
  },
)

test('without ffmpeg it says what to install', async () => {
  const some = join(top, 'some.mp4')
  writeFileSync(some, 'x')
  const absent = {
    code: 'not-found',
    message: expect.stringMatching(/not on this machine.*apt install ffmpeg.*brew install ffmpeg/) as string,
  }
  for (const none of ['no-such-ffmpeg', join(some, 'ffmpeg'), some]) {
    await expect(write({ film: some }, none)).rejects.toMatchObject(absent)
    await expect(lookAtFilm(some, none)).rejects.toMatchObject(absent)
  }
})

test('the command that installs it is that of the system', () => {
  expect(installCommand('darwin', null)).toBe('brew install ffmpeg')
  expect(installCommand('win32', null)).toBe('winget install ffmpeg')
  expect(installCommand('linux', 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')).toBe(
    'sudo apt install ffmpeg',
  )
  expect(installCommand('linux', 'ID="linuxmint"\nID_LIKE="ubuntu debian"\n')).toBe('sudo apt install ffmpeg')
  expect(installCommand('linux', 'ID=fedora\n')).toBe('sudo dnf install ffmpeg-free')
  expect(installCommand('linux', 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n')).toBe(
    'sudo zypper install ffmpeg',
  )
  expect(installCommand('linux', 'VERSION_ID=3\nID=somethingelse\n')).toBeNull()
  expect(installCommand('linux', null)).toBeNull()
})

test('a free name beside the film, or in the folder that was chosen', async () => {
  const folder = join(top, 'place')
  mkdirSync(join(folder, 'other'), { recursive: true })
  const walk = join(folder, 'walk. .mp4')
  expect(await placeForFrames(walk, null)).toMatchObject({ out: join(folder, 'walk'), problem: null })
  writeFileSync(join(folder, 'walk'), '')
  expect((await placeForFrames(walk, null)).out).toBe(join(folder, 'walk-2'))
  expect((await placeForFrames(walk, join(folder, 'other'))).out).toBe(join(folder, 'other', 'walk'))
  expect((await placeForFrames(walk, join(folder, 'gone'))).problem).toMatch(/no folder.*Choose another/)
})

test('films are known by their names', () => {
  expect(['a.mp4', 'B.MOV', 'c.d.mkv'].filter((name) => !isFilmName(name))).toEqual([])
  expect(['a.mp4.txt', 'mp4', 'a.onnx', 'b.json', 'c.gif'].filter(isFilmName)).toEqual([])
})

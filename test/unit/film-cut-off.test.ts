/** A program is killed while it writes the frames of a film: ffmpeg ends with it, and the next start cleans up. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { createDrafts } from '../../core/film/drafts.ts'
import { filmsMissing, writeTestFilm } from '../support/film.ts'
import { openCore } from '../support/open-core.ts'

const top = mkdtempSync(join(tmpdir(), 'film-cut-off-'))
afterAll(() => rmSync(top, { recursive: true }))

/** A folder of films, and the data folder of a program. */
const places = (name: string) => {
  const [films, data] = [join(top, name), join(top, name, 'data')]
  mkdirSync(join(data, 'films'), { recursive: true })
  const notes = () => readdirSync(join(data, 'films'))
  const hidden = () => readdirSync(films).filter((one) => one.startsWith('.'))
  return { films, data, notes, hidden }
}

/** ffmpegs that read this film. */
const readersOf = (film: string) =>
  execFileSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('ffmpeg') && line.includes(`file:${film}`) && !line.startsWith('Z'))

test.skipIf(filmsMissing !== null || process.platform === 'win32')(
  'killed in the middle: ffmpeg ends, and the frames are gone once the core is started again',
  async () => {
    const { films, data, notes, hidden } = places('killed')
    const film = writeTestFilm(join(films, 'long.mp4'), 120, '640x480')
    const loop = spawn(
      process.execPath,
      [join(import.meta.dirname, 'film-loop.ts'), film, join(films, 'long'), data],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await new Promise<void>((some) =>
      loop.stdout.on('data', (bytes: Buffer) => /^[1-9]/m.test(bytes.toString()) && some()),
    )
    expect(readersOf(film)).toHaveLength(1)
    const ended = new Promise((resolve) => loop.once('exit', resolve))
    loop.kill('SIGKILL')
    await ended
    await vi.waitFor(() => expect(readersOf(film)).toEqual([]), { timeout: 20_000 })
    expect(hidden()).toHaveLength(1)
    expect(notes()).toHaveLength(1)
    expect(existsSync(join(films, 'long'))).toBe(false)

    const { core } = openCore(data)
    await vi.waitFor(() => expect([hidden(), notes()]).toEqual([[], []]), { timeout: 20_000 })
    await core.close()
    expect(readdirSync(films).toSorted()).toEqual(['data', 'long.mp4'])
  },
)

describe('what is cleaned up', () => {
  /** A number of a process that is over. */
  const over = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim())
  const left = { host: hostname(), pid: over, startedAt: Date.now() }
  const withDraft = async (name: string, note: object = {}) => {
    const made = places(name)
    const drafts = createDrafts(made.data)
    const { folder } = await drafts.begin(join(made.films, 'walk'))
    mkdirSync(folder)
    writeFileSync(join(folder, 'frame_000001.jpg'), '')
    const [file] = made.notes()
    writeFileSync(join(made.data, 'films', file!), JSON.stringify({ ...left, draft: folder, ...note }))
    return { ...made, drafts, folder }
  }

  test('frames of a program that is over; nothing of one that runs, here or elsewhere', async () => {
    const gone = await withDraft('over')
    await gone.drafts.sweep()
    expect([gone.hidden(), gone.notes()]).toEqual([[], []])
    for (const [name, note] of [
      ['runs', { pid: process.pid }],
      ['parent', { pid: process.ppid }],
      ['elsewhere', { host: `${hostname()}-2` }],
    ] as const) {
      const there = await withDraft(name, note)
      await there.drafts.sweep()
      expect([name, there.hidden().length, there.notes().length]).toEqual([name, 1, 1])
    }
    // The number of the process was given to another one since.
    for (const pid of [process.pid, process.ppid]) {
      const old = await withDraft(`old-${pid}`, { pid, startedAt: 0 })
      await old.drafts.sweep()
      expect([old.hidden(), old.notes()]).toEqual([[], []])
    }
  })

  test('nothing that is not a folder of frames alone', async () => {
    const mine = await withDraft('mine')
    writeFileSync(join(mine.folder, 'notes.txt'), 'mine')
    await mine.drafts.sweep()
    expect(readdirSync(mine.folder)).toEqual(['frame_000001.jpg', 'notes.txt'])

    const photos = join(top, 'photos')
    mkdirSync(photos)
    writeFileSync(join(photos, 'frame_000001.jpg'), 'mine')
    const named = await withDraft('named', { draft: photos })
    await named.drafts.sweep()
    expect(readdirSync(photos)).toEqual(['frame_000001.jpg'])

    const link = await withDraft('link')
    rmSync(link.folder, { recursive: true })
    symlinkSync(photos, link.folder)
    await link.drafts.sweep()
    expect(readdirSync(photos)).toEqual(['frame_000001.jpg'])
  })

  test('a drive that is not there now is waited for; a damaged note is dropped', async () => {
    const away = await withDraft('away', { draft: join(top, 'no drive', '.x.frames') })
    await away.drafts.sweep()
    expect(away.notes()).toHaveLength(1)
    for (const text of ['{}', '{']) {
      const { data, notes } = places(`damaged-${text.length}`)
      writeFileSync(join(data, 'films', 'a.json'), text)
      await createDrafts(data).sweep()
      expect(notes()).toEqual([])
    }
  })
})

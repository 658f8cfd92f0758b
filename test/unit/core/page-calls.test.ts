/** Which paths a page may name: in a shell with dialogs what it was given or the user allows, else what is of the kind. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNoProcess } from '../../../cli/project.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createCore, type Core } from '../../../core/core.ts'
import { createGrants } from '../../../core/grants.ts'
import type { CorePorts } from '../../../core/ports.ts'

let top: string
let core: Core
const asked: string[] = []
let allowed: boolean
let chosen: string | null

const dialogs: NonNullable<CorePorts['dialogs']> = {
  chooseFolder: () => Promise.resolve(chosen),
  chooseFile: () => Promise.resolve(chosen),
  confirm: (_question, path) => {
    asked.push(path)
    return Promise.resolve(allowed)
  },
}

const start = (parts: Partial<CorePorts>) =>
  createCore({
    version: '1.2.3',
    shell: 'test',
    dataFolder: join(top, 'data'),
    modelFolders: [],
    startDecoderProcess: forkDecoderProcess,
    startInferenceProcess: createNoProcess,
    ...parts,
  })

const codeOf = async (name: string, input: unknown): Promise<string> => {
  const reply = await core.dispatchForPage(name, input)
  return reply.ok ? 'ok' : reply.error.code
}
const startWork = (kind: string, request: unknown) => codeOf('work.start', { kind, request })
const exportTo = (out: string) =>
  startWork('export', { format: 'coco', out, copyImages: false, validation: 0, seed: 0 })
const boxesOf = (path: string, names?: string) =>
  startWork('boxes', { source: { path, ...(names && { names }) }, scope: { kind: 'project' } })

/** @returns what is left of the settings' address */
const useServer = async (serverUrl: string) => [
  await codeOf('settings.set', { serverUrl }),
  ((await core.dispatch('settings.get', {})) as { output: { serverUrl: string } }).output.serverUrl,
]

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'maskwright-page-'))
  for (const folder of ['photos', 'other', 'secret']) mkdirSync(join(top, folder))
  writeFileSync(join(top, 'photos', 'a.txt'), '')
  writeFileSync(join(top, 'secret', 'diary.txt'), 'dear diary')
  writeFileSync(join(top, 'secret', 'id_rsa'), 'key')
  asked.length = 0
  allowed = false
  chosen = null
})
afterEach(async () => {
  await core.close()
  rmSync(top, { recursive: true })
})

test('photos go to no server that the user has not allowed, and each is asked about once', async () => {
  core = start({ dialogs })
  expect(await useServer('http://elsewhere.example:8000/')).toEqual(['cancelled', ''])
  expect(await codeOf('server.try', { url: 'http://elsewhere.example/secret', model: '' })).toBe('cancelled')
  expect(asked).toEqual(['http://elsewhere.example:8000', 'http://elsewhere.example/secret'])
  allowed = true
  expect(await useServer('http://gpu.local:8000')).toEqual(['ok', 'http://gpu.local:8000'])
  allowed = false
  expect(await useServer('http://gpu.local:8000/v2/')).toEqual(['ok', 'http://gpu.local:8000/v2/'])
  expect(await useServer('')).toEqual(['ok', ''])
  expect(asked).toHaveLength(3)
  expect(await useServer('file:///etc/passwd')).toEqual(['bad-input', ''])
})

describe('a shell with dialogs', () => {
  beforeEach(() => {
    core = start({ dialogs })
  })

  test('what the page names by itself is asked about, and refused when the user says no', async () => {
    expect(await codeOf('project.open', { folder: join(top, 'photos') })).toBe('cancelled')
    expect(await exportTo(join(top, 'out'))).toBe('cancelled')
    expect(await boxesOf(join(top, 'secret'))).toBe('cancelled')
    expect(await startWork('model-install', { from: 'folder', folder: join(top, 'secret') })).toBe(
      'cancelled',
    )
    const rescue = { to: 'elsewhere', folder: join(top, 'other') }
    expect(await codeOf('project.rescue', rescue)).toBe('cancelled')
    expect(asked).toEqual(['photos', 'out', 'secret', 'secret', 'other'].map((name) => join(top, name)))
  })

  test('what the user chose or allowed is not asked about again, nor what lies in it', async () => {
    chosen = join(top, 'photos')
    await core.dispatchForPage('folders.choose', { title: 'Open' })
    expect(await codeOf('project.open', { folder: chosen })).toBe('ok')
    expect(await boxesOf(join(chosen, 'a.txt'), join(chosen, 'a.txt'))).not.toBe('cancelled')
    expect(asked).toEqual([])
    allowed = true
    expect(await codeOf('project.open', { folder: join(top, 'other') })).toBe('ok')
    allowed = false
    expect(await codeOf('project.open', { folder: join(top, 'other') })).toBe('ok')
    expect(asked).toEqual([join(top, 'other')])
  })

  test('the folder that a shell opened, the proposals for its export and recent folders are the core’s own', async () => {
    await core.dispatch('project.open', { folder: join(top, 'other') })
    await core.dispatch('project.open', { folder: join(top, 'photos') })
    expect(await codeOf('project.open', { folder: join(top, 'other') })).toBe('ok')
    expect(await codeOf('project.open', { folder: join(top, 'photos') })).toBe('ok')
    expect(await exportTo(join(top, 'photos-coco'))).not.toBe('cancelled')
    expect(asked).toEqual([])
    expect(await exportTo(join(top, 'photos-else'))).toBe('cancelled')
  })

  test('a folder that a shell could not open is the core’s own too: it may be repaired, or taken over', async () => {
    mkdirSync(join(top, 'photos', '.maskwright'))
    writeFileSync(join(top, 'photos', '.maskwright', 'project.sqlite'), 'no database')
    await core.dispatch('project.open', { folder: join(top, 'photos') })
    expect(await codeOf('project.open', { folder: join(top, 'photos') })).toBe('damaged-project')
    expect(await codeOf('project.repair', { folder: join(top, 'photos'), from: 'new' })).toBe('ok')
    expect(await codeOf('project.open', { folder: join(top, 'photos') })).toBe('ok')
    expect(asked).toEqual([])
    expect(await codeOf('project.open', { folder: join(top, 'other') })).toBe('cancelled')
  })

  test('of a film that was dropped, frames go to a new folder beside it without a question, and nowhere else', async () => {
    writeFileSync(join(top, 'other', 'walk.mp4'), 'no film')
    core.grantToPage(join(top, 'other', 'walk.mp4'))
    const film = join(top, 'other', 'walk.mp4')
    const framesTo = (out: string) => startWork('film', { film, out, take: { every: 1 }, as: 'jpeg' })
    // Before it was proposed it is a wish like any other.
    expect(await framesTo(join(top, 'other', 'walk'))).toBe('cancelled')
    expect(await codeOf('film.place', { film, folder: null })).toBe('ok')
    expect(await framesTo(join(top, 'other', 'walk'))).toBe('ok')
    asked.length = 0
    expect(await framesTo(join(top, 'other', 'walk-else'))).toBe('cancelled')
    expect(await framesTo(join(top, 'secret'))).toBe('cancelled')
    expect(await exportTo(join(top, 'other', 'walk'))).toBe('cancelled')
    expect(await codeOf('film.place', { film, folder: join(top, 'secret') })).toBe('cancelled')
    expect(await codeOf('film.look', { film: join(top, 'secret', 'diary.txt') })).toBe('bad-input')
    expect(await codeOf('film.place', { film: join(top, 'secret', 'x.mp4'), folder: null })).toBe('cancelled')
    expect(asked).toHaveLength(5)
    // Where a person said so.
    chosen = join(top, 'secret')
    await core.dispatchForPage('folders.choose', { title: 'Where the folder of frames is made' })
    expect(await codeOf('film.place', { film, folder: chosen })).toBe('ok')
    expect(await framesTo(join(top, 'secret', 'walk'))).not.toBe('cancelled')
  })

  test('a link inside a folder that was given leads to nothing else', async () => {
    await core.dispatch('project.open', { folder: join(top, 'photos') })
    symlinkSync(join(top, 'secret'), join(top, 'photos', 'labels'))
    expect(await boxesOf(join(top, 'photos', 'labels'))).toBe('cancelled')
    expect(await boxesOf(join(top, 'photos', '..', 'secret'))).toBe('cancelled')
    expect(await exportTo(join(top, 'photos', 'labels', 'out'))).toBe('cancelled')
  })
})

test('without dialogs a path is followed when it is of the right kind', async () => {
  core = start({})
  expect(await codeOf('project.open', { folder: join(top, 'photos') })).toBe('ok')
  expect(await boxesOf(join(top, 'photos'), join(top, 'secret', 'id_rsa'))).toBe('bad-input')
  expect(await boxesOf(join(top, 'secret', 'id_rsa'))).toBe('bad-input')
  expect(await boxesOf(join(top, 'photos'), join(top, 'photos'))).toBe('bad-input')
  expect(await exportTo(join(top, 'secret', 'diary.txt'))).toBe('bad-input')
  const film = { take: { every: 1 }, as: 'png' }
  const diary = join(top, 'secret', 'diary.txt')
  expect(await startWork('film', { ...film, film: diary, out: join(top, 'new') })).toBe('bad-input')
  expect(await startWork('film', { ...film, film: join(top, 'walk.mp4'), out: diary })).toBe('bad-input')
  expect(await codeOf('project.open', { folder: join(top, 'secret', 'diary.txt') })).toBe('bad-input')
})

test('a grant is of a place, not of a spelling', () => {
  core = start({})
  const grants = createGrants([join(top, 'photos')])
  symlinkSync(join(top, 'photos'), join(top, 'link'))
  const given = ['photos', 'photos/deeper/not/there', 'link/x', 'other/../photos']
  const others = ['', 'photos2', 'photos/..', 'link/../other', 'secret']
  expect(given.filter((path) => !grants.has(`${top}/${path}`))).toEqual([])
  expect(others.filter((path) => grants.has(`${top}/${path}`))).toEqual([])
})

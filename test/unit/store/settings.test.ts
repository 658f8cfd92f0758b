import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSettings, openSettings } from '../../../core/settings.ts'
import { temporaryFolder } from './records.ts'

const setUp = (text?: string) => {
  const folder = temporaryFolder()
  const file = join(folder, 'settings.json')
  if (text !== undefined) writeFileSync(file, text)
  const warnings: string[] = []
  const open = () => openSettings(folder, (message) => warnings.push(message))
  return { folder, file, warnings, open }
}

test('without a file the defaults hold, and nothing is written', () => {
  const { folder, open, warnings } = setUp()
  expect(open().get()).toEqual(defaultSettings)
  expect(readdirSync(folder)).toEqual([])
  expect(warnings).toEqual([])
})

test('a change is merged, saved whole and read again', () => {
  const { folder, open } = setUp()
  const settings = open()
  expect(settings.set({ theme: 'dark', threads: 3 })).toEqual({
    ...defaultSettings,
    theme: 'dark',
    threads: 3,
  })
  settings.set({ tolerance: 1, theme: undefined })
  expect(open().get()).toEqual({ ...defaultSettings, theme: 'dark', threads: 3, tolerance: 1 })
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test('a value that does not fit is refused and nothing changes', () => {
  const { open } = setUp()
  const settings = open()
  expect(() => settings.set({ tolerance: -1 })).toThrow()
  expect(settings.get()).toEqual(defaultSettings)
})

test.each(['', '{"theme":', 'null', '[]', '"dark"', '\0\0\0\0'])(
  'a damaged file (%j): defaults, a notice, and it is kept',
  (text) => {
    const { folder, open, warnings } = setUp(text)
    const settings = open()
    expect(settings.get()).toEqual(defaultSettings)
    const kept = readdirSync(folder).filter((name) => name.startsWith('settings.json.damaged-'))
    expect(kept).toHaveLength(1)
    expect(warnings).toEqual([expect.stringContaining(join(folder, kept[0]!))])
    settings.set({ theme: 'light' })
    expect(readFileSync(join(folder, kept[0]!), 'utf8')).toBe(text)
    expect(open().get().theme).toBe('light')
    expect(warnings).toHaveLength(1)
  },
)

test('one bad value costs only itself; keys of a newer version are no damage', () => {
  const { open, warnings } = setUp('{"theme":"dark","tolerance":"much","later":1}')
  expect(open().get()).toEqual({ ...defaultSettings, theme: 'dark' })
  expect(warnings).toEqual([expect.stringContaining('tolerance')])
  const { open: openNewer, warnings: none } = setUp('{"theme":"dark","later":1}')
  expect(openNewer().get().theme).toBe('dark')
  expect(none).toEqual([])
})

test('a file that can’t be written is an error with a code, and the old settings hold', () => {
  const { folder, open } = setUp()
  const settings = open()
  // Where the file should go lies a folder.
  mkdirSync(join(folder, 'settings.json'))
  expect(() => settings.set({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'not-writable' }))
  expect(settings.get()).toEqual(defaultSettings)
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test('a second damage keeps the first damaged file too', () => {
  const { folder, file, open } = setUp('first')
  open()
  writeFileSync(file, 'second')
  open()
  const kept = readdirSync(folder).filter((name) => name.includes('damaged'))
  expect(kept.map((name) => readFileSync(join(folder, name), 'utf8')).sort()).toEqual(['first', 'second'])
})

test('what is saved of a damaged file holds at the next start too', () => {
  const { open, warnings } = setUp('{"theme":"dark","tolerance":"much"}')
  open()
  expect(open().get().theme).toBe('dark')
  expect(warnings).toHaveLength(1)
})

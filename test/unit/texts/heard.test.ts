/** What the core says is known again by its key, with its values, and said in the language of the window. */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { changeText } from '../../../common/changed-picture.ts'
import { messageOf } from '../../../common/errors.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { recordOf } from '../../../core/import/places.ts'
import { toStoreError } from '../../../core/store/errors.ts'
import type { Language } from '../../../common/languages.ts'
import { filled, partsOf, said } from '../../../common/said.ts'
import { loadTexts } from '../../../renderer/texts/languages.ts'
import { createRecogniser } from '../../../renderer/texts/recognise.ts'
import { findTexts } from '../../support/texts.ts'

const root = resolve(import.meta.dirname, '../../..')
const files = globSync('{common,core}/**/*.ts', { cwd: root })
const keys = [
  ...new Set(
    findTexts(root, files)
      .keys.filter(({ by }) => by === 'said')
      .map(({ key }) => key),
  ),
]
const recognise = createRecogniser(keys)

/** Values as paths and numbers are, each another. */
const valuesOf = (key: string, number: number) => {
  const parts = partsOf(key).filter((part) => typeof part !== 'string')
  const chosen = new Set(parts.filter((part) => 'one' in part || part.isCount).map(({ name }) => name))
  return Object.fromEntries(
    parts.map(({ name }, index) => [name, chosen.has(name) ? number : `/photos/${name}-${index}.jpg`]),
  )
}

test('the core speaks English', () => {
  expect(
    filled('{count, plural, one {# object} other {# objects}} of {name}', { count: 1, name: 'cat' }),
  ).toBe('1 object of cat')
  expect(said('{count, plural, one {An object is} other {# objects are}} tiny.', { count: 1 })).toBe(
    'An object is tiny.',
  )
  expect(said('{count, plural, one {An object is} other {# objects are}} tiny.', { count: 1234 })).toBe(
    '1,234 objects are tiny.',
  )
  expect(said('Plain {braces}')).toBe('Plain {braces}')
})

test.each([1, 1234])('each sentence is known again, with its values (%i)', (number) => {
  const wrong = keys.filter((key) => {
    const values = valuesOf(key, number)
    const found = recognise(said(key, Object.keys(values).length === 0 ? undefined : values))
    return (
      found?.key !== key || JSON.stringify(found.values) !== JSON.stringify(reordered(values, found.values))
    )
  })
  expect(wrong).toEqual([])
})

/** The values in the order of the others, to compare them as text. */
const reordered = (values: object, like: object) =>
  Object.fromEntries(Object.keys(like).map((name) => [name, values[name as keyof typeof values]]))

const earOf = async (language: Language) => {
  const texts = await loadTexts(language)
  return (text: string) => texts.heard(text)
}

test('sentences are heard in German: alone, several, within another, after a place', async () => {
  const heard = await earOf('de')
  const gone = said('There is no file {file}.', { file: 'a.txt' })
  expect(heard(gone)).toBe('Es gibt keine Datei a.txt.')
  expect(heard(`${gone} ${said('The file is damaged.')}`)).toBe(
    'Es gibt keine Datei a.txt. Die Datei ist beschädigt.',
  )
  expect(heard(said("Can't undo this change: {why}", { why: gone }))).toBe(
    'Diese Änderung kann nicht rückgängig gemacht werden: Es gibt keine Datei a.txt.',
  )
  expect(heard(`labels/a.txt, line 3: ${gone}`)).toBe('labels/a.txt, Zeile 3: Es gibt keine Datei a.txt.')
  expect(heard(`Whatever this may be. ${gone}`)).toBe('Whatever this may be. Es gibt keine Datei a.txt.')
})

test('counts, sizes and shares are written as the language writes them', async () => {
  const german = await earOf('de')
  const left = said('{count, number} more lines are in the report file of the export.', { count: 1234 })
  expect(left).toContain('1,234 more')
  expect(german(left)).toContain('1.234 weitere')
  expect((await earOf('fr'))(left)).toContain('1\u202F234')
  const large = said('The file is too large: {size}; at most {most} are read.', {
    size: '2.5 GB',
    most: '850 MB',
  })
  expect(german(large).replaceAll(/\s/g, ' ')).toBe(
    'Die Datei ist zu groß: 2,5 GB; gelesen werden höchstens 850 MB.',
  )
  const full = said('{has} of {bytes} are kept.', { has: '44.7 MB', bytes: '850 bytes' })
  expect(german(full).replaceAll(/\s/g, ' ')).toBe('44,7 MB von 850 Byte sind aufgehoben.')
  const doubtful = said('The model gave it {score}', { score: '97%' })
  expect(german(doubtful).replaceAll(/\s/g, ' ')).toContain('97 %')
})

test('what is wrong with a field is said with its place, and kinds and several faults are lists', async () => {
  const german = await earOf('de')
  const faultOf = (value: unknown) => {
    const checked = checkValue(
      z.object({
        box: z.tuple([z.number()]),
        name: z.string().optional(),
        size: z.union([z.string(), z.number(), z.literal('all')]),
      }),
      value,
    )
    return 'fault' in checked ? german(checked.fault) : null
  }
  expect(faultOf({ box: ['x'], size: 1 })).toBe('box.0 muss eine Zahl sein')
  expect(faultOf({ box: [1], size: true })).toBe('size muss ein Text oder eine Zahl oder "all" sein')
  expect(faultOf({ name: 1, size: 1 })).toBe('box fehlt, name muss ein Text sein')
  expect(
    german(
      said('{where} is no object ({fault}); it is left out.', {
        where: recordOf('boxes.json', 9),
        fault: 'bbox.0 must be a number',
      }),
    ),
  ).toBe('boxes.json, Eintrag 9 ist kein Objekt (bbox.0 muss eine Zahl sein) und wird ausgelassen.')
})

test('what the system and SQLite call their errors is said in plain words, the code stays', async () => {
  const gone = await stat('/no/such/photo.jpg').then(
    () => '',
    (thrown: unknown) => messageOf(thrown),
  )
  expect(gone).toBe('there is no such file or folder (ENOENT: /no/such/photo.jpg)')
  const german = await earOf('de')
  expect(german(gone)).toBe('die Datei oder der Ordner ist nicht da (ENOENT: /no/such/photo.jpg)')
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  expect(german(said("{file} can't be read: {why}", { file: 'a.txt', why: messageOf(full) }))).toBe(
    'a.txt ist unlesbar: der Datenträger ist voll (SQLITE_FULL)',
  )
  const drive = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })
  expect(german(messageOf(toStoreError(drive, 'p.sqlite')))).toMatch(/Laufwerk.* \(SQLITE_IOERR_WRITE\)$/)
})

test('work that was cut off is called as in the window', async () => {
  const cutOff = keys.find((key) => key.startsWith('{title} was cut off'))!
  expect((await earOf('de'))(said(cutOff, { title: 'Import labels' }))).toMatch(/^Labels importieren/)
})

test('what is not known stays as it is', async () => {
  const heard = await earOf('de')
  for (const text of ['', 'ENOENT: no such file', 'A sentence that nobody says.', '{count}'])
    expect(heard(text)).toBe(text)
  const english = await loadTexts('en')
  expect(english.heard('The file is damaged.')).toBe('The file is damaged.')
})

test('Chinese and Japanese put no blank after their full stop', async () => {
  const both = `${said('The file is damaged.')} ${said('The file is damaged.')}`
  expect((await loadTexts('zh')).heard(both)).toBe('文件已损坏。文件已损坏。')
})

test('the change of a photo is heard', async () => {
  const heard = await earOf('fr')
  expect(heard(changeText({ madeOn: null, width: 4, height: 3, orientation: 1 }))).toBe(
    'La photo a changé depuis la création de ses objets.',
  )
})

/** Every text of the window is in the catalogue, in each language, with the same placeholders. */
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { languages } from '../../../common/languages.ts'
import { loadTexts } from '../../../renderer/texts/languages.ts'
import { findBareErrors, findTexts } from '../../support/texts.ts'

const root = resolve(import.meta.dirname, '../../..')
const sourceIn = (...folders: string[]) =>
  folders.flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }).map((file) => file.replaceAll('\\', '/')),
  )

/** Makes docs/shortcuts.md, which is English. */
const OF_DOCS = 'renderer/actions/shortcuts-page.ts'

const { keys, loose } = findTexts(
  root,
  sourceIn('common', 'core', 'electron', 'renderer').filter((file) => file !== OF_DOCS),
)
/** What the core says: the window knows it again by its key, among those of the rooms that are called after the core. */
const spoken = new Set(keys.filter(({ by }) => by === 'said').map(({ key }) => key))
const inSource = new Set(keys.map(({ key }) => key))
const placeOf = new Map(keys.map(({ key, at }) => [key, at]))

/** File -> its texts. */
const filesOf = (language: string): ReadonlyMap<string, Record<string, string>> => {
  const folder = join(root, 'renderer', 'texts', language)
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(
    names.map((name) => [
      name,
      JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>,
    ]),
  )
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** What a message needs of whoever says it. */
const placeholdersOf = (message: string): readonly string[] => {
  const names = new Set<string>()
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      // 0 is plain text, 7 the '#' of a plural.
      if (![0, 7].includes(element.type) && 'value' in element) names.add(element.value)
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  // The key of a command, '{tool-select}', is filled in by `fillKeys` and has a name that ICU does not know.
  const known = message.replaceAll(/\{[a-z0-9-]+\}/g, (name) => name.replaceAll('-', '_'))
  visit(new IntlMessageFormat(known, 'en', undefined, { ignoreTag: true }).getAst())
  return [...names].sort()
}

/** What of the desktop shell a person reads; its other texts are for the console and for pages that are refused. */
const OF_SHELL = /^electron\/(dialogs|menu|main)\.ts:/

test('there is text', () => expect(inSource.size).toBeGreaterThan(3))

test('no text of the window is outside the catalogue', () => {
  expect(loose.filter((at) => at.startsWith('renderer/') || OF_SHELL.test(at))).toEqual([])
})

/** What only terminal and library see. */
const ENGLISH = /^core\/(model-export|predict|validate)\//

test('no error of the core is a bare text', () => {
  expect(
    findBareErrors(
      root,
      sourceIn('core').filter((file) => !ENGLISH.test(file)),
    ),
  ).toEqual([])
})

/** Texts of these are no sentences for the window, or English on purpose (docs/languages.md). */
const notOfWindow: readonly RegExp[] = [
  ENGLISH,
  // How a detector is built, and what a server answers wrong: terms of those who export models.
  /^core\/detectors\//,
  /^core\/inference\/host\/server\/(protocol|served-session)\.ts/,
  // Tables of docs/formats.md, and options as the terminal takes them.
  /^common\/(formats\/|formats-table|format-options|formats\.ts)/,
  // `maskwright merge A B --into NEW` alone.
  /^core\/merge\/merge-into-new\.ts/,
  // Errors for whoever programs, which nothing shows; the console; words that files of others have in them.
  /^core\/images\/(heif|tiff-directory|other-turns)\.ts/,
  /^core\/inference\/client\/client\.ts/,
  /^core\/model-install\/(catalogue|folder)\.ts/,
  /^common\/(geometry\/rle|kept-mask|segmentation|shard|task|text)\.ts/,
  /^core\/film\/(look|install)\.ts/,
  /^core\/store\/(migrations\/|readable-rows)/,
  /^core\/shell\/page\.ts/,
]
/** SQL. */
const isQuery = (text: string) =>
  /\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|PRAGMA|JOIN|VACUUM|NULL|OR images|IN \(|IS \?|CASE|CAST|LIKE|BETWEEN|END)\b|IS \?|IN \(|, name, color|\w+\(\w+|_\w+,|, path,| AS \w/.test(
    text,
  )
/** Names: they are the same in each language. */
const isName = (text: string) =>
  /^(lost class|JPEG XL|System Volume Information|end of JSON|left out$|\(Get-CimInstance|must be a number|Pascal VOC|rotated boxes$|(YOLO|COCO) \w+( \w+)?$)/.test(
    text,
  )

test('no note, problem or notice of the core is a bare sentence', () => {
  const bare = loose
    .filter((at) => /^(core|common)\//.test(at) && !notOfWindow.some((place) => place.test(at)))
    .filter((at) => {
      const text = at.slice(at.indexOf(' ') + 1).trim()
      return /[A-Za-z’'”)}\]{:,;.]\s+[“(]?[A-Za-z’{]{2}/.test(text) && !isQuery(text) && !isName(text)
    })
  expect(bare).toEqual([])
})

describe.each(languages.filter((language) => language !== 'en'))('in %s', (language) => {
  const files = filesOf(language)
  const entries = [...files.values()].flatMap((texts) => Object.entries(texts))
  const known = new Map(entries)

  test('every key of the source has a text', () => {
    const missing = [...inSource].filter((key) => !known.has(key)).map((key) => `${placeOf.get(key)} ${key}`)
    expect(missing).toEqual([])
  })

  test('no key is dead, and none stands twice', () => {
    expect(entries.map(([key]) => key).filter((key) => !inSource.has(key))).toEqual([])
    expect(entries.length).toBe(known.size)
  })

  test('each text is a message with the placeholders of its key', () => {
    const wrong = entries.filter(
      ([key, text]) => text.trim() === '' || String(placeholdersOf(text)) !== String(placeholdersOf(key)),
    )
    expect(wrong).toEqual([])
  })

  test('what the core says stands in its rooms, and nothing else does', () => {
    const inRooms = [...files].flatMap(([name, texts]) =>
      name.startsWith('core-') ? Object.keys(texts) : [],
    )
    expect(inRooms.toSorted()).toEqual([...spoken].toSorted())
  })

  test('the keys of a file are sorted', () => {
    for (const [name, texts] of files)
      expect([name, Object.keys(texts)]).toEqual([name, Object.keys(texts).toSorted()])
  })

  test('the window loads all files', async () => {
    const texts = await loadTexts(language)
    expect(entries.filter(([key, text]) => texts.text(key) !== text)).toEqual([])
  })
})

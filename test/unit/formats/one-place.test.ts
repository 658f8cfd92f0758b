/** What is said of a format is said once: in its folder, and in the list of formats. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportCommand } from '../../../cli/commands/export.ts'
import { exportRequestSchema } from '../../../common/contract/export.ts'
import { formatList } from '../../../common/formats.ts'
import { formatsTable } from '../../../common/formats-table.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'

/** Code without its comments: comments may name a format whose rule they explain. */
const codeOf = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$|(?<=[\s;])\/\/ .*$/gm, '')

/** The same words for other things: families of detectors and the classes they know, lists of classes, a chart's table, other programs' keys. */
const otherMeanings = [
  'core/detectors/',
  // What nvidia-smi is asked to print.
  'core/inference/client/provider-memory.ts',
  'cli/commands/detect.ts',
  'renderer/panels/detect/',
  'core/classes/',
  'common/contract/class-lists.ts',
  'renderer/panels/classes/ClassMenu.tsx',
  'renderer/panels/statistics/',
  'renderer/actions/presets.ts',
  'renderer/actions/shortcuts-page.ts',
]

test('no code outside of core/formats and common/formats names a format', () => {
  const files = globSync('{common,core,cli,electron,web,renderer}/**/*.{ts,tsx}')
    .map((file) => file.replaceAll('\\', '/'))
    .filter(
      (file) =>
        !file.startsWith('core/formats/') &&
        file !== 'common/formats.ts' &&
        !file.startsWith('common/formats/') &&
        !otherMeanings.some((place) => file.startsWith(place)),
    )
  expect(files.length).toBeGreaterThan(300)
  const names = formatList.flatMap(({ id, kind, kindName }) => [id, kind, kindName])
  const known = new RegExp([...new Set(names)].join('|'), 'i')
  const naming = files.filter((file) => known.test(codeOf(readFileSync(file, 'utf8'))))
  expect(naming).toEqual([])
})

test('list and code have the same formats, each with an id of its own', () => {
  expect(allFormats.map(({ about }) => about)).toEqual(formatList)
  expect(new Set(formatList.map(({ id }) => id)).size).toBe(formatList.length)
  for (const { about, read } of allFormats) expect(read === null).toBe(about.reads === null)
})

test('request, terminal and docs/formats.md say what the list says', () => {
  const request = { out: '/x', copyImages: true, validation: 0, seed: 0 }
  for (const { id, summary } of formatList) {
    expect(exportRequestSchema.safeParse({ ...request, format: id }).success).toBe(true)
    expect(exportCommand.usage.join(' ')).toContain(id)
    expect(exportCommand.details).toContain(`${id}: ${summary}`)
  }
  expect(exportRequestSchema.safeParse({ ...request, format: 'none' }).success).toBe(false)
  const page = readFileSync('docs/formats.md', 'utf8')
  expect(page).toContain(`\n\n${formatsTable()}\n\n`)
  expect(page).toContain(`--format ${formatList.map(({ id }) => id).join('|')}`)
})

/**
 * `npm run bench [-- SECTION ... ] [--full] [--images N] [--model DIR] [--write]`: speed and memory, as ratios to the way the peers take and to
 * the limits that were set. --write updates docs/performance.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { machineOf, markdownOf, writeReport } from './report.ts'
import type { Section } from './section.ts'
import { appSection } from './sections/app.ts'
import { clickSection } from './sections/click.ts'
import { editingSection } from './sections/editing.ts'
import { encodeSection } from './sections/encode.ts'
import { folderSection } from './sections/folder.ts'
import { foldersSection, startSection } from './sections/folders.ts'
import { followSection } from './sections/follow.ts'
import { formatsSection } from './sections/formats.ts'
import { importSection } from './sections/import.ts'
import { memorySection } from './sections/memory.ts'
import { mergeSection } from './sections/merge.ts'
import { modelsSection } from './sections/models.ts'
import { reopenSection } from './sections/reopen.ts'
import { workSection } from './sections/work.ts'

const sections: Readonly<Record<string, Section>> = {
  encode: encodeSection,
  click: clickSection,
  reopen: reopenSection,
  app: appSection,
  editing: editingSection,
  folder: folderSection,
  folders: foldersSection,
  start: startSection,
  follow: followSection,
  formats: formatsSection,
  import: importSection,
  memory: memorySection,
  merge: mergeSection,
  models: modelsSection,
  work: workSection,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string' },
    model: { type: 'string' },
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const chosen = positionals.length > 0 ? positionals : Object.keys(sections)
const unknown = chosen.filter((name) => !(name in sections))
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.`)
  process.exit(2)
}

const images = values.images === undefined ? null : Number(values.images)
const cache = join(resolve(import.meta.dirname, '..'), 'node_modules', '.cache', 'bench')
mkdirSync(cache, { recursive: true })
const scratch = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
const command = (name: string) =>
  `npm run bench -- ${name}${values.full ? ' --full' : ''}${images === null ? '' : ` --images ${images}`}`

try {
  for (const name of chosen) {
    const date = new Date().toISOString().slice(0, 10)
    const origin = `${date}, \`${command(name)}\`: ${machineOf()}`
    const say = (message: string) => console.error(`  ${message} ...`)
    try {
      const tables = await sections[name]!({
        full: values.full,
        images,
        model: values.model ?? null,
        scratch,
        cache,
        say,
      })
      console.log([origin, '', ...tables.map(markdownOf)].join('\n'))
      if (values.write) await writeReport(name, origin, tables)
    } catch (thrown) {
      // The other sections are measured all the same.
      console.error(`${name} failed:`, thrown)
      process.exitCode = 1
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

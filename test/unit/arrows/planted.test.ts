/** The arrows of docs/architecture.md hold: an import that is planted against each is found. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

type Import = readonly [from: string, to: string]

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

/** A tree of files that import what is named, checked with the project's own rules. */
const violationsOf = (imports: readonly Import[]): readonly Violation[] => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-arrows-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
    copyFileSync(join(root, name), join(top, name))
  symlinkSync(join(root, 'node_modules'), join(top, 'node_modules'), 'junction')
  const files = new Map<string, string[]>()
  for (const [from, to] of imports) {
    const way = relative(dirname(from), to)
    files.set(from, [...(files.get(from) ?? []), `import '${way.startsWith('.') ? way : `./${way}`}'\n`])
    if (!files.has(to)) files.set(to, [])
  }
  for (const [file, lines] of files) {
    mkdirSync(dirname(join(top, file)), { recursive: true })
    writeFileSync(join(top, file), `${lines.join('')}export {}\n`)
  }
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin/dependency-cruiser.mjs')
  const folders = [...new Set([...files.keys()].map((file) => file.split('/')[0]!))]
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
    { cwd: top, encoding: 'utf8', maxBuffer: 1 << 26 },
  )
  rmSync(top, { recursive: true, force: true })
  if (stdout === '') throw new Error(stderr)
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } }
  return summary.violations
}

/** @returns the rules that a tree of these imports breaks */
const brokenBy = (imports: readonly Import[]): string[] =>
  [...new Set(violationsOf(imports).map(({ rule }) => rule.name))].sort()

test('what is allowed breaks nothing', () => {
  expect(
    brokenBy([
      ['core/inference/client/queue.ts', 'core/inference/messages.ts'],
      ['core/inference/host/engine.ts', 'core/inference/messages.ts'],
      ['renderer/panels/stage/StageHint.ts', 'renderer/state/session.ts'],
      ['renderer/tools/smart/step.ts', 'renderer/tools/tool.ts'],
      ['renderer/state/session.ts', 'common/model.ts'],
      ['core/handlers/app.ts', 'core/settings.ts'],
      ['cli/main.ts', 'core/core.ts'],
    ]),
  ).toEqual([])
})

const planted: readonly (readonly [rule: string, ...Import])[] = [
  ['inference-client-knows-no-host', 'core/inference/client/queue.ts', 'core/inference/host/engine.ts'],
  ['inference-host-knows-no-client', 'core/inference/host/engine.ts', 'core/inference/client/queue.ts'],
  ['inference-border-knows-no-side', 'core/inference/messages.ts', 'core/inference/client/queue.ts'],
  ['panels-show', 'renderer/panels/stage/StageHint.ts', 'renderer/canvas/painter.ts'],
  ['panels-show', 'renderer/panels/objects/ObjectRow.ts', 'renderer/segmentation/segmentation.ts'],
  ['tools-by-their-registry', 'renderer/actions/tool-actions.ts', 'renderer/tools/smart/smart.ts'],
  ['tools-apart', 'renderer/tools/smart/step.ts', 'renderer/tools/polygon/step.ts'],
  ['formats-by-their-registry', 'core/work/export.ts', 'core/formats/coco/write.ts'],
  ['formats-apart', 'core/formats/coco/write.ts', 'core/formats/yolo/lines.ts'],
  ['who-writes-the-project-file', 'core/work/boxes.ts', 'core/store/store.ts'],
  ['renderer-imports', 'renderer/state/session.ts', 'core/core.ts'],
  ['core-is-composed-at-its-top', 'core/files/hash.ts', 'core/settings.ts'],
  ['core-imports', 'core/core.ts', 'electron/main.ts'],
  ['common-imports', 'common/model.ts', 'core/core.ts'],
  ['cli-imports', 'cli/main.ts', 'web/main.ts'],
]

// One tree for all of them: a check takes a second.
let found: readonly Violation[]
beforeAll(() => void (found = violationsOf(planted.map(([, from, to]) => [from, to]))))

test.each(planted)('%s: %s -> %s', (rule, from, to) => {
  const rules = found.filter((violation) => violation.from === from && violation.to === to)
  expect(rules.map(({ rule: { name } }) => name)).toContain(rule)
})

test('two files that import each other are found', () => {
  const [a, b] = ['core/work/a.ts', 'core/work/b.ts']
  expect(
    brokenBy([
      [a, b],
      [b, a],
    ]),
  ).toContain('no-circular')
})

test.each(['core', 'renderer/panels'])('two folders of %s that import each other are found', (top) => {
  const there = [`${top}/one/a.ts`, `${top}/other/b.ts`] as const
  expect(brokenBy([there])).toEqual([])
  // No file imports itself over another.
  expect(brokenBy([there, [`${top}/other/c.ts`, `${top}/one/d.ts`]])).toEqual(['no-folder-circles'])
})

/**
 * Checks what each folder imports, and that the checker saw every file: some set-ups cruise 0 modules and call it good.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

interface Cruise {
  modules: { source: string }[]
  summary: { violations: { from: string; to: string; rule: { name: string; severity: string } }[] }
}

const folders = ['common', 'core', 'electron', 'web', 'cli', 'lib', 'renderer']
const sources = globSync(folders.map((folder) => `${folder}/**/*.{ts,tsx}`)).map((file) =>
  file.replaceAll('\\', '/'),
)

const { stdout, stderr } = spawnSync(
  'depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
  { encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32' },
)
process.stderr.write(stderr)
const cruise = JSON.parse(stdout) as Cruise

const { violations } = cruise.summary
for (const { from, to, rule } of violations) console.error(`${rule.severity} ${rule.name}: ${from} -> ${to}`)

const seen = new Set(cruise.modules.map((module) => module.source))
const unseen = sources.filter((file) => !seen.has(file))
for (const file of unseen) console.error(`error not seen: ${file}`)

console.log(`${seen.size} modules, ${sources.length} of them ours, ${violations.length} arrows broken.`)
process.exitCode = violations.length === 0 && unseen.length === 0 && sources.length > 0 ? 0 : 1

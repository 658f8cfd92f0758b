/** Checks each folder with its own tsconfig, so that a folder sees only the globals it may use. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const folders = [
  'common',
  'core',
  'electron',
  'web',
  'cli',
  'lib',
  'renderer',
  'test',
  'bench',
  'scripts',
  '.',
]
let failed = 0
for (const folder of folders) {
  if (!existsSync(`${folder}/tsconfig.json`)) continue
  const result = spawnSync('tsc', ['-p', folder], { stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1

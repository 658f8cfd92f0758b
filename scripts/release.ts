/**
 * `npm run release -- X.Y.Z`: gives the version its number in package.json, the lockfile and the changelog, runs all that
 * is checked, makes this machine's installers and the package for npm, and commits and tags. Nothing is published.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../common/errors.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * The changelog with what is under "Unreleased" given to a version.
 * @throws Error when nothing is there
 */
export const releaseChangelog = (text: string, version: string, day: string): string => {
  const [, head, notes, older] = /^(.*?\n## Unreleased\n)(.*?)(?=\n## |$(?![\s\S]))(.*)$/s.exec(text) ?? []
  if (head === undefined || !notes?.trim()) throw new Error('CHANGELOG.md has nothing under "Unreleased".')
  return `${head}\n## ${version}, ${day}\n${notes}${older ?? ''}`
}

const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })

const release = (version: string): void => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`A version is X.Y.Z, not "${version}".`)
  if (git('status', '--porcelain') !== '') throw new Error('There are changes that are not committed.')
  const file = join(root, 'CHANGELOG.md')
  const changelog = releaseChangelog(
    readFileSync(file, 'utf8'),
    version,
    new Date().toISOString().slice(0, 10),
  )
  run('npm', ['version', version, '--no-git-tag-version'])
  writeFileSync(file, changelog)
  run('npm', ['test'])
  run('npm', ['run', 'test:e2e', '--', '--project=chromium-page'])
  run('npm', ['run', 'package'])
  run('npm', ['pack', '--pack-destination', join(root, 'release')])
  run('git', ['commit', '--all', '--message', `Version ${version}`])
  run('git', ['tag', `v${version}`])
  console.log(
    `Version ${version} is committed and tagged; its files are in release/. Publish them, then push the tag.`,
  )
}

if (import.meta.main) {
  try {
    release(parseArgs({ allowPositionals: true }).positionals[0] ?? '')
  } catch (thrown) {
    console.error(`Not released: ${messageOf(thrown)}`)
    process.exitCode = 1
  }
}

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failedInPlaywright, failedInVitest, failuresText } from '../../../scripts/failed-tests.ts'

const root = resolve(import.meta.dirname, '../../..')
let folder = ''
beforeAll(async () => {
  // Below the project, where both runners are found, and where git ignores nothing: Playwright leaves that out.
  folder = await mkdtemp(join(root, 'test-failing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a runner of this project on files of the folder; its report, whatever its exit code. */
const reportOf = async (args: string[], env: Record<string, string>): Promise<unknown> => {
  await new Promise((done) =>
    execFile(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } }, done),
  )
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
}

it('names the tests of vitest that fail, and a file that does not load', async () => {
  await writeFile(
    join(folder, 'one.test.ts'),
    `import { expect, it } from 'vitest'
     it('two is three', () => { expect(2).toBe(3) })
     it('two is two', () => { expect(2).toBe(2) })`,
  )
  await writeFile(join(folder, 'two.test.ts'), `import './absent.ts'`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--root', folder, '--reporter=json', '--outputFile.json=report.json']
  const failed = failedInVitest((await reportOf(args, {})) as Parameters<typeof failedInVitest>[0])
  expect(failed.map(({ title }) => title.slice(folder.length + 1)).toSorted()).toEqual([
    'one.test.ts: two is three',
    'two.test.ts',
  ])
  const text = failuresText(failed)
  expect(text).toContain('expected 2 to be 3')
  expect(text).toContain('absent.ts')
})

it('names the tests of Playwright that fail', async () => {
  await writeFile(
    join(folder, 'three.spec.ts'),
    `import { expect, test } from '@playwright/test'
     test.describe('numbers', () => {
       test('three is four', () => { expect(3).toBe(4) })
       test('three is three', () => { expect(3).toBe(3) })
     })`,
  )
  await writeFile(join(folder, 'playwright.config.ts'), `export default { testMatch: '*.spec.ts' }`)
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const report = await reportOf([playwright, 'test', '--reporter=json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, 'report.json'),
  })
  const failed = failedInPlaywright(report as Parameters<typeof failedInPlaywright>[0])
  expect(failed.map(({ title }) => title)).toEqual(['three.spec.ts: three is four'])
  expect(failuresText(failed)).toContain('Expected: 4')
})

it('says nothing when nothing failed', () => {
  expect(failuresText([])).toBe('')
})

/**
 * `npm test`: format, lint, types, arrows, unused code, workflows, unit and contract tests, a minute of fuzzing, and e2e
 * tests in the desktop app and in Chromium. Runs everything even when something fails, and ends with what failed and one
 * line that counts it all. Where there is no Electron or no Chromium, the tests that need it are skipped, said and counted.
 */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findChromium } from '../test/support/browser.ts'
import { hasScreen } from '../test/support/screen.ts'
import { buildAll } from './build.ts'
import { findElectron } from './electron-binary.ts'
import { type Failure, failedInPlaywright, failedInVitest, failuresText, lastWords } from './failed-tests.ts'

const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')

interface Count {
  passed: number
  failed: number
  skipped: number
}
const total: Count = { passed: 0, failed: 0, skipped: 0 }
const failures: Failure[] = []

const add = (title: string, count: Count, seconds: number): void => {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  const { passed, failed, skipped } = count
  console.log(`-- ${title}: ${passed} ok, ${failed} not ok, ${skipped} left out (${seconds.toFixed(0)} s)`)
}

/** Runs a command with its output shown; resolves with the exit code. */
const runVisible = (command: string, args: string[], env: Record<string, string> = {}): Promise<number> =>
  new Promise((done) => {
    console.log(`\n== ${command} ${args.join(' ')}`)
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    })
    child.once('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.once('exit', (code, signal) => {
      if (signal !== null) console.error(`${command} was ended by ${signal}`)
      done(code ?? 1)
    })
  })

const readResult = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A runner that ended badly with no failed test of its own (a crash, a file that did not load) counts as one. */
const settle = (count: Count | null, code: number): Count => {
  const known = count ?? { passed: 0, failed: 0, skipped: 0 }
  return code !== 0 && known.failed === 0 ? { ...known, failed: 1 } : known
}

const timed = async (title: string, run: () => Promise<Count>): Promise<void> => {
  const started = performance.now()
  const count = await run()
  add(title, count, (performance.now() - started) / 1000)
}

/** Runs a command and shows its output when it has ended: several may run side by side. */
const runQuiet = (title: string, command: string, args: string[]): Promise<number> =>
  new Promise((done) => {
    const shell = process.platform === 'win32'
    execFile(command, args, { cwd: root, shell, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      console.log(`\n== ${command} ${args.join(' ')}\n${stdout}${stderr}`.trimEnd())
      if (error !== null && typeof error.code !== 'number') console.error(error.message)
      if (error !== null) failures.push({ title, said: lastWords(`${stdout}${stderr}`) })
      done(error === null ? 0 : 1)
    })
  })

const check = (title: string, command: string, args: string[]): Promise<void> =>
  timed(title, async () => {
    const code = await runQuiet(title, command, args)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  })

type VitestReport = Parameters<typeof failedInVitest>[0] & {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

const runVitest = (): Promise<void> =>
  timed('unit and contract', async () => {
    const file = join(results, 'vitest.json')
    const code = await runVisible('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ])
    const report = readResult(file) as VitestReport | null
    failures.push(...(report === null ? [] : failedInVitest(report)))
    const count = report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }
    return settle(count, code)
  })

interface FuzzReport {
  reports: { failedCases: number }[]
}

/** A minute of mutated files and frames, the same ones each time; each way in counts as one test. */
const runFuzz = (): Promise<void> =>
  timed('fuzz', async () => {
    const code = await runQuiet('fuzz', process.execPath, [
      'test/fuzz/run.ts',
      '--seconds',
      '60',
      '--seed',
      '1',
    ])
    const report = readResult(join(results, 'fuzz', 'report.json')) as FuzzReport | null
    const failed = report?.reports.filter(({ failedCases }) => failedCases > 0).length ?? 0
    return settle(report && { passed: report.reports.length - failed, failed, skipped: 0 }, code)
  })

type PlaywrightReport = Parameters<typeof failedInPlaywright>[0] & {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

const runPlaywright = (project: string): Promise<void> =>
  timed(`e2e in ${project}`, async () => {
    const file = join(results, `playwright-${project}.json`)
    const code = await runVisible('playwright', ['test', `--project=${project}`, '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    })
    const report = readResult(file) as PlaywrightReport | null
    failures.push(...(report === null ? [] : failedInPlaywright(report)))
    const count = report && {
      passed: report.stats.expected,
      failed: report.stats.unexpected + report.stats.flaky,
      skipped: report.stats.skipped,
    }
    return settle(count, code)
  })

/** How many tests a project has, without running them. */
const countPlaywright = (project: string): number => {
  const { stdout } = spawnSync('playwright', ['test', `--project=${project}`, '--list'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return Number(/Total: (\d+) test/.exec(stdout)?.[1] ?? 1)
}

const runEndToEnd = async (project: string, whyNot: string | null): Promise<void> => {
  if (whyNot === null) return runPlaywright(project)
  console.log(`\n== e2e in ${project} is skipped: ${whyNot}`)
  add(`e2e in ${project}`, { passed: 0, failed: 0, skipped: countPlaywright(project) }, 0)
}

const whyNoElectron = (): string | null => {
  if (findElectron() === null) return 'no Electron binary here (npx install-electron gets it)'
  return hasScreen() ? null : 'no screen here (install xvfb)'
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const checkFormatAndTypes = async () => {
  await check('format', 'prettier', ['--check', '.'])
  await check('types', process.execPath, ['scripts/check-types.ts'])
  await check('arrows', process.execPath, ['scripts/check-arrows.ts'])
  await check('unused', 'knip', [])
  await check('workflows', process.execPath, ['scripts/check-workflows.ts'])
  await runFuzz()
}
// The linter takes as long as the others together.
await Promise.all([check('lint', 'eslint', ['--max-warnings', '0', '.']), checkFormatAndTypes()])
await runVitest()
const built = await buildAll().then(
  () => true,
  (thrown: unknown) => {
    console.error(thrown)
    return false
  },
)
if (built) {
  await runEndToEnd('electron', whyNoElectron())
  await runEndToEnd('chromium', findChromium() === null ? 'no Chromium here (set PLAYWRIGHT_CHROMIUM)' : null)
} else {
  add('build', { passed: 0, failed: 1, skipped: 0 }, 0)
}

const summary = `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`
writeFileSync(join(results, 'summary.txt'), `${summary}\n`)
if (failures.length > 0) console.log(failuresText(failures))
console.log(`\n${summary}`)
process.exitCode = total.failed === 0 ? 0 : 1

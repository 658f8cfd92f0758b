/**
 * `npm run fuzz`: mutated pictures, label files, project files, export files, settings and frames against the program,
 * in a process of its own that is watched: it may not hang, die, grow or touch what it should not.
 *
 *   --only a,b     these targets alone: images, labels, projects, exports, settings, frames
 *   --minutes N    so long for all of them (1 when nothing else is said); --seconds N likewise
 *   --count N      so many cases of each instead of a time; of labels, so many of each format
 *   --seed N       the first seed; the next case has the next number. Without it a new one is drawn.
 *
 * Ends with a table and test-results/fuzz/report.json. A case that fails is kept in test-results/fuzz.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { caseOf } from './case-of.ts'
import { createFailures } from './failures.ts'
import type { CaseId } from './messages.ts'
import { targets } from './targets.ts'
import type { Target } from './target.ts'
import { createWatched } from './watched.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string' },
  },
})
const numberOf = (name: 'minutes' | 'seconds' | 'count' | 'seed'): number | null => {
  const text = values[name]
  if (text === undefined) return null
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} takes a number, not "${text}".`)
  return Number(text)
}
const wanted = values.only?.split(',') ?? targets.map(({ name }) => name)
const unknown = wanted.find((name) => !targets.some((target) => target.name === name))
if (unknown !== undefined) throw new Error(`There is no target "${unknown}".`)
const chosen = targets.filter(({ name }) => wanted.includes(name))
const count = numberOf('count')
const seconds = numberOf('seconds') ?? (numberOf('minutes') ?? 1) * 60
const firstSeed = Math.floor(numberOf('seed') ?? Math.random() * 2 ** 31)
const folder = resolve(import.meta.dirname, '..', '..', 'test-results', 'fuzz')

/** Kept cases, then seed after seed: so many, or until the time is over. */
function* idsOf(target: Target, until: number): Generator<CaseId> {
  yield* Object.keys(target.kept)
  const most = count === null ? Infinity : count * (target.kinds ?? 1)
  for (let number = 0; count === null ? performance.now() < until : number < most; number += 1)
    yield firstSeed + number
}

const runTarget = async (target: Target) => {
  const until = performance.now() + (seconds * 1000) / chosen.length
  const failures = createFailures(folder, target.name)
  const watched = createWatched(target.name)
  const total = { cases: 0, values: 0, refusals: 0, hangs: 0, deaths: 0, rss: 0, longestMs: 0 }
  for (const id of idsOf(target, until)) {
    const outcome = await watched.run(id)
    total.cases += 1
    total.longestMs = Math.max(total.longestMs, outcome.ms)
    total.rss = Math.max(total.rss, outcome.rss)
    total.values += outcome.values
    total.refusals += outcome.refusals
    if (outcome.end === 'hung') total.hangs += 1
    if (outcome.end === 'died') total.deaths += 1
    if (total.cases % 500 === 0) process.stdout.write(`${target.name}: ${total.cases} cases\n`)
    if (outcome.faults.length > 0) failures.add(id, outcome.faults, () => caseOf(target, id))
  }
  await watched.close()
  return { name: target.name, ...total, failures: failures.list(), failedCases: failures.count() }
}

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder))
  if (wanted.includes(name.split('-')[0] ?? '')) rmSync(join(folder, name), { recursive: true })
process.stdout.write(`Seed ${firstSeed}\n`)
const reports = []
for (const target of chosen) {
  const report = await runTarget(target)
  reports.push(report)
  const { name, cases, failedCases, values: answered, refusals, hangs, deaths, rss, longestMs } = report
  process.stdout.write(
    `${name.padEnd(9)} ${String(cases).padStart(6)} cases, ${failedCases} failed: ${hangs} hung, ${deaths} died, ` +
      `${(rss / 2 ** 20).toFixed(0)} MB at most, longest ${(longestMs / 1000).toFixed(1)} s, ` +
      `${answered} values, ${refusals} refusals\n`,
  )
  for (const { what, times, repeat } of report.failures)
    process.stdout.write(`  ${times} x ${what}\n      ${repeat}\n`)
}
writeFileSync(join(folder, 'report.json'), JSON.stringify({ seed: firstSeed, reports }, null, 1))
process.exitCode = reports.some(({ failedCases }) => failedCases > 0) ? 1 : 0

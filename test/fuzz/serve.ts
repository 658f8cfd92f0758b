/** The process under test, from inside: runs one case after the other and says what was wrong with each. */
import { caseOf } from './case-of.ts'
import type { FromProcess, ToProcess } from './messages.ts'
import { CANARY, createPlace } from './place.ts'
import type { Answers, Target } from './target.ts'
import { faultOfThrown, faultsOfValue } from './words.ts'

const post = (message: FromProcess) => process.send?.(message)

/** Whether a private file's text is in it. */
const holdsCanary = (value: unknown): boolean => {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).includes(CANARY)
  if (typeof value === 'string') return value.includes(CANARY)
  if (typeof value !== 'object' || value === null) return false
  const parts = value instanceof Map ? [...value].flat() : Object.values(value)
  return parts.some((part) => holdsCanary(part))
}

const createAnswers = () => {
  const count = { values: 0, refusals: 0 }
  const faults: string[] = []
  const answers: Answers = {
    async ask(what, work) {
      const tell = (fault: string) => faults.push(`${what}: ${fault}`)
      try {
        const value = await work()
        count.values += 1
        if (holdsCanary(value)) tell('a private file was read')
        faultsOfValue(value).forEach(tell)
        return value
      } catch (thrown) {
        count.refusals += 1
        const fault = faultOfThrown(thrown)
        if (fault !== null) tell(fault)
        return null
      }
    },
    fault: (what) => void faults.push(what),
  }
  return { answers, faults, count }
}

/** What is there now and was not, or is not as it was. */
const touched = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `touched: ${path} (${before.get(path) ?? 'not there'} -> ${after.get(path) ?? 'gone'})`)

/** Until whoever started this process is gone. It may hang or die: `watched.ts` knows by which case. */
export const serveTarget = async (target: Target): Promise<void> => {
  const place = createPlace()
  const session = await target.start(place)
  process.on('message', ({ id }: ToProcess) => {
    const run = async () => {
      const given = caseOf(target, id)
      if (given.files.size > 0) place.fill(given.files)
      const before = place.listing((path) => target.mayChange(path))
      const { answers, faults, count } = createAnswers()
      await session.run(given, answers)
      faults.push(
        ...touched(
          before,
          place.listing((path) => target.mayChange(path)),
        ),
      )
      faults.push(...place.leaks().map((file) => `a private file's text was copied to ${file}`))
      const rss = process.resourceUsage().maxRSS * 1024
      post({ type: 'done', id, about: given.about, faults: [...new Set(faults)], ...count, rss })
    }
    // A fault of the fuzzer itself, or of what answered nothing: the process ends, and run.ts shows why.
    run().catch((thrown: unknown) => {
      process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? '') : String(thrown)}\n`)
      process.exit(1)
    })
  })
  process.once('disconnect', () => {
    void session.close().finally(() => {
      place.remove()
      process.exit(0)
    })
  })
  post({ type: 'ready' })
}

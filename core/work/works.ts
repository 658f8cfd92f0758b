/**
 * Long work: the one life of every run. Owns which runs there are, their order, pausing, cancelling and what is said of
 * them; what a run does is the affair of its kind.
 */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Work } from '../../common/contract/work.ts'
import { CodedError, hasCode, toErrorReply } from '../../common/errors.ts'
import { checkValue } from '../../common/plain-faults.ts'
import { msg, said } from '../../common/said.ts'
import { createPace, type Pace, type Progress } from './pace.ts'
import type { WorkControl, WorkKind, WorkRun } from './work-kind.ts'

export interface Works {
  /**
   * Answers the id when the run is planned; it begins after that.
   * @throws CodedError not-found, bad-input, conflict, and whatever planning throws
   */
  start(kind: string, request: unknown): Promise<string>
  /** These three do nothing for a run that has ended or is not known. */
  pause(id: string): void
  resume(id: string): void
  cancel(id: string): void
  /** What runs, and the last ended run of each kind. */
  list(): Work[]
  /** What the kind of a run is called, of any time: edits keep the ids of the runs that made them. */
  titleOf(id: string): string
  /** Why the open folder can't be left now; null when it can. */
  holdsFolder(): string | null
  /** Cancels the runs that belong to the open folder. */
  leaveFolder(): void
  /** Cancels everything, and waits until nothing is read or written any more. */
  end(): Promise<void>
}

interface Run {
  readonly id: string
  readonly kind: WorkKind
  readonly stop: AbortController
  readonly pace: Pace
  /** Called when a pause ends; null while the run is not paused. */
  unpause: (() => void) | null
  paused: Promise<void>
  /** Its end was announced: nothing else is. */
  isOver: boolean
}

const cancelled = () => new CodedError('cancelled', said('It was cancelled.'))

const workOf = ({ id, kind, pace }: Run): Work => ({
  id,
  kind: kind.name,
  title: kind.title,
  unit: kind.unit,
  canPause: kind.canPause,
  isListed: kind.isListed,
  ...pace.progress(),
})

/** @param tell hears of a run when it has changed */
export const createWorks = (kinds: readonly WorkKind[], tell: (work: Work) => void): Works => {
  const runs = new Map<string, Run>()
  /** By kind: settles when the newest run has let go of everything. */
  const settled = new Map<string, Promise<void>>()

  const ongoing = (kind: WorkKind) => [...runs.values()].find((run) => run.kind === kind && !run.isOver)

  const finish = (run: Run, end: Partial<Progress> & Pick<Work, 'state'>) => {
    if (run.isOver) return
    // The run is over before its end is announced: whoever hears of it may start the next one.
    run.isOver = true
    for (const [id, other] of runs)
      if (other !== run && other.kind === run.kind && other.isOver) runs.delete(id)
    run.pace.enter({ secondsLeft: null, ...end })
    run.pace.end()
  }

  const resume = (run: Run) => {
    if (run.unpause === null) return
    run.unpause()
    run.unpause = null
    if (!run.isOver) run.pace.enter({ state: 'running' })
  }

  const cancel = (run: Run) => {
    if (run.isOver) return
    run.stop.abort()
    if (run.kind.cleansUp) run.pace.set({ message: 'Cancelling…' })
    else finish(run, { state: 'cancelled', message: null })
    resume(run)
  }

  const controlOf = (run: Run): WorkControl<unknown> => {
    const { pace } = run
    const whileOn =
      <Values extends unknown[]>(change: (...values: Values) => void) =>
      (...values: Values) => {
        if (!run.isOver) change(...values)
      }
    return {
      id: run.id,
      signal: run.stop.signal,
      async ready(store) {
        if (run.unpause !== null) store?.()
        await run.paused
        if (run.stop.signal.aborted) throw cancelled()
      },
      begin: whileOn((total) => pace.begin(total)),
      step: whileOn((workedMs) => pace.step(workedMs)),
      reach: whileOn((done, total) => pace.reach(done, total)),
      say: whileOn((message) => pace.set({ message })),
      leaveOut: whileOn((problem) => pace.leaveOut(problem)),
      detail: whileOn((detail, now) => (now === 'now' ? pace.enter({ detail }) : pace.set({ detail }))),
    }
  }

  const go = async (run: Run, work: WorkRun<unknown>) => {
    try {
      if (run.stop.signal.aborted) throw cancelled()
      if (run.unpause === null) run.pace.enter({ state: 'running' })
      finish(run, { state: 'done', message: await work(controlOf(run)) })
    } catch (thrown) {
      if (run.stop.signal.aborted || hasCode(thrown, 'cancelled'))
        finish(run, { state: 'cancelled', message: null })
      else finish(run, { state: 'failed', message: null, failure: toErrorReply(thrown) })
    }
  }

  /** @returns the run to go on with instead; null when a new one may begin */
  const clash = (kind: WorkKind): Run | null => {
    const before = ongoing(kind)
    if (before === undefined) return null
    if (kind.again === 'replace') {
      cancel(before)
      return null
    }
    if (kind.again === 'join') {
      resume(before)
      return before
    }
    throw new CodedError('conflict', kind.again.refuse)
  }

  const plan = async (run: Run, request: unknown): Promise<WorkRun<unknown>> => {
    try {
      const work = await run.kind.plan(request as never, run.stop.signal)
      if (run.stop.signal.aborted) throw cancelled()
      return work
    } catch (thrown) {
      run.isOver = true
      run.pace.end()
      runs.delete(run.id)
      throw thrown
    }
  }

  const find = (id: string): Run | undefined => {
    const run = runs.get(id)
    return run?.isOver === false ? run : undefined
  }

  return {
    async start(name, request) {
      const kind = kinds.find((one) => one.name === name)
      if (kind === undefined)
        throw new CodedError('not-found', said('There is no work called "{name}".', { name }))
      const checked = checkValue<unknown>(kind.request, request)
      if ('fault' in checked)
        throw new CodedError(
          'bad-input',
          said("{title} can't be started: {fault}.", { title: kind.title, fault: checked.fault }),
        )
      const joined = clash(kind)
      if (joined !== null) return joined.id
      const run: Run = {
        id: `${name}.${randomUUID()}`,
        kind,
        stop: new AbortController(),
        pace: createPace(() => tell(workOf(run))),
        unpause: null,
        paused: Promise.resolve(),
        isOver: false,
      }
      runs.set(run.id, run)
      const work = await plan(run, checked.data)
      const before = settled.get(name)
      settled.set(
        name,
        Promise.resolve(before)
          // The answer to the start is sent before any event of the run.
          .then(() => setImmediate())
          .then(() => go(run, work)),
      )
      return run.id
    },
    pause(id) {
      const run = find(id)
      if (run === undefined || !run.kind.canPause || run.unpause !== null) return
      run.paused = new Promise((unpause) => (run.unpause = unpause))
      run.pace.enter({ state: 'paused' })
    },
    resume(id) {
      const run = find(id)
      if (run !== undefined) resume(run)
    },
    cancel(id) {
      const run = find(id)
      if (run !== undefined) cancel(run)
    },
    list: () => [...runs.values()].map(workOf),
    titleOf: (id) => kinds.find(({ name }) => id.startsWith(`${name}.`))?.title ?? msg('Long work'),
    holdsFolder: () =>
      [...runs.values()].find(({ isOver, kind }) => !isOver && kind.holdsFolder !== null)?.kind.holdsFolder ??
      null,
    leaveFolder() {
      for (const run of runs.values()) if (run.kind.scope === 'project') cancel(run)
    },
    async end() {
      for (const run of runs.values()) cancel(run)
      await Promise.all(settled.values())
    },
  }
}

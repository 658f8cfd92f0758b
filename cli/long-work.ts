/** Long work in a terminal: runs it, shows its progress in one line, and says what was left out. */
import type { Problem, Work } from '../common/contract/work.ts'
import { CodedError } from '../common/errors.ts'
import { printable } from '../common/printable.ts'
import type { Client } from '../common/rpc.ts'
import { ensureDone, runWork } from '../common/work-client.ts'
import { isOngoing, type WorkName, type WorkOf, type WorkRequest } from '../common/work-kinds.ts'
import type { Terminal } from './command.ts'

/** How long something takes, in words a person reads at a glance. */
const durationText = (seconds: number): string => {
  const rounded = Math.max(1, Math.round(seconds))
  if (rounded < 100) return `${rounded} s`
  const minutes = Math.round(rounded / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const speedText = (speed: number) => (speed >= 10 ? speed.toFixed(0) : speed.toFixed(1))

const unitsText = (unit: Work['unit']) => (unit === 'box' ? 'boxes' : `${unit}s`)

export const progressText = (
  { unit, done, total, skipped, perSecond, secondsLeft }: Work,
  more: readonly string[] = [],
): string => {
  const parts = [
    `${done} of ${total} ${unitsText(unit)} (${Math.floor((100 * done) / Math.max(1, total))} %)`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...more,
    ...(perSecond === null ? [] : [`${speedText(perSecond)} ${unitsText(unit)}/s`]),
    ...(secondsLeft === null || done === total ? [] : [`${durationText(secondsLeft)} left`]),
  ]
  return parts.join(', ')
}

/** How many of what was left out are named; the rest is counted. */
const NAMED = 20

const sayLeftOut = (terminal: Terminal, leftOut: readonly Problem[], count: number): void => {
  if (count === 0) return
  terminal.say(`Left out: ${count}`)
  for (const { image, message } of leftOut.slice(0, NAMED))
    terminal.say(printable(`  ${image === null ? '' : `${image}: `}${message}`))
  if (count > NAMED) terminal.say(`  and ${count - NAMED} more`)
}

/**
 * Runs long work to its end; Ctrl+C cancels it. What was left out is said, however it ended.
 * @param textOf the line that shows how far it is
 * @throws CodedError why it is not done; `cancelled` with what to do next
 */
export const runInTerminal = async <K extends WorkName>(
  client: Client,
  terminal: Terminal,
  kind: K,
  request: WorkRequest<K>,
  textOf: (work: WorkOf<K>) => string,
): Promise<WorkOf<K>> => {
  let id: string | null = null
  const stop = terminal.onInterrupt(() => {
    if (id !== null) void client.call('work.cancel', { id })
  })
  const show = (work: WorkOf<K>) => {
    if (isOngoing(work)) terminal.show(textOf(work))
  }
  try {
    const end = await runWork(client, kind, request, show, (started) => (id = started))
    sayLeftOut(terminal, end.leftOut, end.leftOutCount)
    if (end.state === 'cancelled') throw new CodedError('cancelled', 'Cancelled. Run it again to go on.')
    return ensureDone(end)
  } finally {
    stop()
  }
}

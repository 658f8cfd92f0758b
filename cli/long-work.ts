/** Shows the progress of long work over many images, in one line on a terminal, else now and then as lines. */
import type { Problem, WorkProgress } from '../common/contract/work.ts'
import { printable } from '../common/printable.ts'
import type { Terminal } from './command.ts'

/** How long something takes, in words a person reads at a glance. */
export const durationText = (seconds: number): string => {
  const rounded = Math.max(1, Math.round(seconds))
  if (rounded < 100) return `${rounded} s`
  const minutes = Math.round(rounded / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const speedText = (speed: number) => (speed >= 10 ? speed.toFixed(0) : speed.toFixed(1))

export const progressText = (progress: WorkProgress, more: readonly string[] = []): string => {
  const { done, total, skipped, imagesPerSecond, secondsLeft } = progress
  const parts = [
    `${done} of ${total} images (${Math.floor((100 * done) / Math.max(1, total))} %)`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...more,
    ...(imagesPerSecond === null ? [] : [`${speedText(imagesPerSecond)} images/s`]),
    ...(secondsLeft === null || done === total ? [] : [`${durationText(secondsLeft)} left`]),
  ]
  return parts.join(', ')
}

/** So many of what was left out are named; the rest is counted. */
const NAMED = 20

export const sayLeftOut = (terminal: Terminal, leftOut: readonly Problem[], count: number): void => {
  if (count === 0) return
  terminal.say(`Left out: ${count}`)
  for (const { image, message } of leftOut.slice(0, NAMED))
    terminal.say(printable(`  ${image === null ? '' : `${image}: `}${message}`))
  if (count > NAMED) terminal.say(`  and ${count - NAMED} more`)
}

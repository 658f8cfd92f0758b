/**
 * The real terminal: results on standard output, everything else on standard error. Nothing that a name or a message
 * holds can steer it.
 */
import { printable, printableLines } from '../common/printable.ts'
import type { Terminal } from './command.ts'

export const createTerminal = (): Terminal => {
  // `maskwright ... | head` closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  let isShown = false
  const clear = () => {
    if (isShown) process.stderr.write('\r\x1b[K')
    isShown = false
  }
  return {
    print(line) {
      clear()
      process.stdout.write(`${printableLines(line)}\n`)
    },
    say(line) {
      clear()
      process.stderr.write(`${printableLines(line)}\n`)
    },
    show(line) {
      if (!process.stderr.isTTY) return
      clear()
      // Some terminals say 0.
      const width = (process.stderr.columns || 80) - 1
      if (line !== '') process.stderr.write(printable(line).slice(0, width))
      isShown = line !== ''
    },
    onInterrupt(listener) {
      const signals = ['SIGINT', 'SIGTERM'] as const
      for (const signal of signals) process.on(signal, listener)
      return () => {
        for (const signal of signals) process.off(signal, listener)
      }
    },
  }
}

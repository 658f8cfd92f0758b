/** What a command of the terminal is. A new one is one file in commands/ and one entry in main.ts. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { qualitySchema, type Quality } from '../common/segmentation.ts'
import { shardSchema, type Shard } from '../common/shard.ts'

export interface Terminal {
  /** Writes a line of the result to standard output. */
  print(line: string): void
  /** Writes a line for the person to standard error. */
  say(line: string): void
  /** Shows a passing state on standard error, in one line that is overwritten; nothing when it is no terminal. */
  show(line: string): void
  /** Runs when the user presses Ctrl+C; returns a function that stops listening. */
  onInterrupt(listener: () => void): () => void
}

export interface Command {
  /** What follows `maskwright NAME`, one entry a line. */
  readonly usage: readonly string[]
  /** What each option means, and an example. */
  readonly details: string
  /** @throws UsageError for wrong arguments, CodedError when the work fails */
  run(args: readonly string[], terminal: Terminal): Promise<void>
}

/** The command was not called as its usage says. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Parses arguments strictly.
 * @throws UsageError for unknown options, missing values
 */
export const parseCommand = <T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> => {
  try {
    return parseArgs(config)
  } catch (thrown) {
    // Node's own message is one sentence, sometimes followed by advice about "--".
    const message = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new UsageError(message, { cause: thrown })
  }
}

/** The one positional argument. @throws UsageError without one, or with more */
export const onlyArgument = (positionals: readonly string[], name: string): string => {
  const [first, second] = positionals
  if (first === undefined) throw new UsageError(`${name} is missing`)
  if (second !== undefined) throw new UsageError(`One ${name} only; "${second}" is too many`)
  return first
}

/** @throws UsageError when the text is no number between `least` and `most` */
export const numberOption = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
    throw new UsageError(`--${name} takes a number from ${least} to ${most}, not "${text}"`)
  return value
}

/** "3/16" -> part 3 of 16; all when it is left out. @throws UsageError for another text */
export const shardOption = (text: string | undefined): { shard?: Shard } => {
  if (text === undefined) return {}
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const shard = shardSchema.safeParse({ part: Number(part), of: Number(of) })
  if (!shard.success) throw new UsageError(`--shard takes a part of how many, such as 3/16, not "${text}"`)
  return { shard: shard.data }
}

/** What `--quality` says; good when it is left out. @throws UsageError for another word */
export const qualityOption = (text: string | undefined): Quality => {
  const quality = qualitySchema.safeParse(text ?? 'good')
  if (!quality.success)
    throw new UsageError(`--quality takes ${qualitySchema.options.join(', ')}, not "${text}"`)
  return quality.data
}

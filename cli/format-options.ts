/** What formats are asked, as options of the terminal: each once, because formats ask the same thing under one id. */
import { formatList, type FormatDescription } from '../common/formats.ts'
import { optionProblem, type FormatOption, type OptionValues } from '../common/format-options.ts'
import { UsageError } from './command.ts'

const options: ReadonlyMap<string, FormatOption> = new Map(
  formatList.flatMap((format) => format.options.map((option) => [option.id, option] as const)),
)

const formatsAsked = (id: string) =>
  formatList.filter((format) => format.options.some((option) => option.id === id)).map((format) => format.id)

/** For `parseCommand`, which takes --no-NAME for what is on unless it is said. */
export const formatOptionTypes: Record<string, { type: 'boolean' | 'string' }> = Object.fromEntries(
  [...options.values()].map(({ id, kind }) => [id, { type: kind === 'flag' ? 'boolean' : 'string' }]),
)

const helpOf = (option: FormatOption): string[] => {
  const isOn = option.kind === 'flag' && option.default
  const value = option.kind === 'text' ? ' TEXT' : ''
  const choices = option.kind === 'choice' ? ` ${option.values.map(({ id }) => id).join('|')}` : value
  const usual = option.kind === 'choice' ? `; default ${option.default}` : ''
  const words = `${isOn ? 'Leaves this out: ' : ''}${option.hint}`
  return [
    `--${isOn ? 'no-' : ''}${option.id}${choices}   (${formatsAsked(option.id).join(', ')}${usual})`,
    `               ${words}`,
  ]
}

/** Lines of help, two an option. */
export const formatOptionsHelp: readonly string[] = [...options.values()].flatMap(helpOf)

/**
 * What of the parsed values the format is asked.
 * @throws UsageError when the format has no such option, or it does not take the value
 */
export const formatOptionsOf = (
  format: FormatDescription,
  values: Readonly<Record<string, unknown>>,
): OptionValues => {
  const asked: Record<string, string | boolean> = {}
  for (const id of options.keys()) {
    const value = values[id]
    if (typeof value !== 'string' && typeof value !== 'boolean') continue
    const option = format.options.find((one) => one.id === id)
    if (!option)
      throw new UsageError(`--${id} is not for ${format.id}, but for ${formatsAsked(id).join(', ')}`)
    const problem = optionProblem(option, value)
    if (problem !== null) throw new UsageError(`--${problem}`)
    asked[id] = value
  }
  return asked
}

/** What a format can be asked about how it writes: as data, from which the form and the terminal are built. */

interface Asked {
  /** In requests, and `--id` in the terminal. Formats that ask the same thing ask it under one id. */
  readonly id: string
  /** A few words for the form. */
  readonly label: string
  /** What it does and when one wants it, in one sentence. */
  readonly hint: string
}

/** One of several. */
interface ChoiceOption extends Asked {
  readonly kind: 'choice'
  readonly values: readonly { readonly id: string; readonly label: string }[]
  readonly default: string
}

export interface FlagOption extends Asked {
  readonly kind: 'flag'
  readonly default: boolean
}

/** A line of text; empty means that nothing is written. */
export interface TextOption extends Asked {
  readonly kind: 'text'
  readonly default: string
}

export type FormatOption = ChoiceOption | FlagOption | TextOption

/** By the option's id. */
export type OptionValues = Readonly<Record<string, string | boolean>>

/** The longest text an option takes, characters. */
export const OPTION_TEXT = 500

/** Why an option does not take this value, in words; null when it does. */
export const optionProblem = (option: FormatOption, value: string | boolean): string | null => {
  if (option.kind === 'flag') return typeof value === 'boolean' ? null : `${option.id} is on or off`
  if (typeof value !== 'string') return `${option.id} needs a value`
  if (option.kind === 'text')
    return value.length <= OPTION_TEXT ? null : `${option.id} takes ${OPTION_TEXT} characters at most`
  const ids = option.values.map(({ id }) => id)
  return ids.includes(value) ? null : `${option.id} is one of ${ids.join(', ')}`
}

/**
 * A value for every option: the given one, else the default.
 * @throws RangeError in words for an option that is not among them, or a value that it does not take
 */
export const completeOptions = (options: readonly FormatOption[], given: OptionValues = {}): OptionValues => {
  const known = new Map(options.map((option) => [option.id, option]))
  for (const [id, value] of Object.entries(given)) {
    const option = known.get(id)
    const problem = option ? optionProblem(option, value) : `this format has no option ${id}`
    if (problem !== null) throw new RangeError(problem)
  }
  return { ...Object.fromEntries(options.map((option) => [option.id, option.default])), ...given }
}

/** Numbers as every text for a person writes them: panels, reports, the terminal. */

const whole = new Intl.NumberFormat('en-US')

/** Rounded: 1234.6 -> '1,235'. */
export const count = (value: number): string => whole.format(Math.round(value))

/** '1 object', '3 objects', '1,234 boxes' of `plural(1234, 'box', 'boxes')`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

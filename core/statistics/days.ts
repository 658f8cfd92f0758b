/** Days as calendars have them, where the program runs. Pure. */

/** Midnight before `at`, ms since 1970. */
export const startOfDay = (at: number): number => {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Midnight after it: a day has 23 or 25 hours twice a year. */
export const nextDay = (start: number): number => {
  const date = new Date(start)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}

const two = (value: number) => String(value).padStart(2, '0')

/** YYYY-MM-DD. */
export const dayName = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

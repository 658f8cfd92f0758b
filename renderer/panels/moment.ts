/** Times as a person says them. */

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dateOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

const DAY_MS = 86_400_000
const midnightOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** 'today 18:02', 'yesterday 18:02', '12 March 18:02'. @param at ms since 1970 */
export const momentText = (at: number, now = new Date()): string => {
  const moment = new Date(at)
  // Rounded, because a day has 23 or 25 hours twice a year.
  const days = Math.round((midnightOf(now) - midnightOf(moment)) / DAY_MS)
  const sameYear = moment.getFullYear() === now.getFullYear()
  const day = days === 0 ? 'today' : days === 1 ? 'yesterday' : (sameYear ? date : dateOfYear).format(moment)
  return `${day} ${time.format(moment)}`
}

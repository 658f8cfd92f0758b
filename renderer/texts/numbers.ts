/** Numbers and times as the language of the window writes them. */
import { bytesIn } from '../../common/bytes.ts'
import { sizeIn } from './sizes.ts'
import { activeTexts } from './t.ts'

/** Rounded: 1234.6 -> '1,235', in German '1.235'. */
export const count = (value: number): string => activeTexts().number().format(Math.round(value))

/** As it stands in a field: 1234.5 -> '1234.5', in German '1234,5'. */
export const numberText = (value: number): string =>
  activeTexts().number({ useGrouping: false, maximumFractionDigits: 12 }).format(value)

/** What was typed into a field; a comma is a point, in each language. NaN for what is no number. */
export const numberTyped = (text: string): number => {
  const plain = text.trim().replace(',', '.')
  return plain === '' ? Number.NaN : Number(plain)
}

/** With this many decimals: .12345 -> '0.123' of three. */
export const decimal = (value: number, digits: number): string =>
  activeTexts().number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/** .974 -> '97%', in German '97 %'. @param digits decimals */
export const percent = (share: number, digits = 0): string =>
  activeTexts()
    .number({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(share)

/** 44653652 -> '44.7 MB', in German '44,7 MB', in French '44,7 Mo'. */
export const sizeText = (size: number): string => {
  const { value, unit, digits } = bytesIn(size)
  return sizeIn(activeTexts().number, value, unit, digits)
}

const DAY_MS = 86_400_000
const midnightOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** 'today 18:02', 'yesterday 18:02', '12 March 18:02'. @param at ms since 1970 */
export const momentText = (at: number, now = new Date()): string => {
  const moment = new Date(at)
  // Rounded, because a day has 23 or 25 hours twice a year.
  const days = Math.round((midnightOf(now) - midnightOf(moment)) / DAY_MS)
  const texts = activeTexts()
  const time = texts.date({ hour: '2-digit', minute: '2-digit' }).format(moment)
  if (days === 0 || days === 1) return `${texts.relative().format(-days, 'day')} ${time}`
  const sameYear = moment.getFullYear() === now.getFullYear()
  const day = texts.date({ day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
  return `${day.format(moment)} ${time}`
}

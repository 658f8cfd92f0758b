/** Sizes of files as a language writes them. Pure. */

/** As Intl calls the units of sizes. */
const byteUnits = {
  bytes: 'byte',
  kB: 'kilobyte',
  MB: 'megabyte',
  GB: 'gigabyte',
  TB: 'terabyte',
} as const
export type ByteUnit = keyof typeof byteUnits

/** What writes numbers with these options in a language. */
export type NumberOf = (options?: Intl.NumberFormatOptions) => Intl.NumberFormat

/** 44.7 of 'MB' with one decimal -> '44.7 MB', in German '44,7 MB', in French '44,7 Mo'. */
export const sizeIn = (number: NumberOf, value: number, unit: ByteUnit, digits: number): string =>
  number({
    style: 'unit',
    unit: byteUnits[unit],
    unitDisplay: unit === 'bytes' ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)

/** Sizes in words. */
const units = ['kB', 'MB', 'GB', 'TB'] as const

export interface BytesIn {
  readonly value: number
  readonly unit: 'bytes' | (typeof units)[number]
  /** Decimals that are written. */
  readonly digits: 0 | 1
}

/** Bytes in the unit that fits, decimal as disks are sold. */
export const bytesIn = (bytes: number): BytesIn => {
  const whole = Math.max(0, Math.round(bytes))
  if (whole < 1000) return { value: whole, unit: 'bytes', digits: 0 }
  let value = whole / 1000
  let unit = 0
  // What would be written as 1000 is 1 of the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return { value, unit: units[unit]!, digits: value < 99.95 ? 1 : 0 }
}

/** In English: 1 -> '1 byte', 3400 -> '3.4 kB', 44653652 -> '44.7 MB', 4e9 -> '4.0 GB', 412e6 -> '412 MB'. */
export const bytesText = (bytes: number): string => {
  const { value, unit, digits } = bytesIn(bytes)
  return `${value.toFixed(digits)} ${unit === 'bytes' && value === 1 ? 'byte' : unit}`
}

/** Medians, percentiles and how they are printed. Pure. */

/** @param share 0..1; linear between the samples */
export const percentile = (values: readonly number[], share: number): number => {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low)
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const plain = (value: number): string => {
  if (!Number.isFinite(value)) return '-'
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

/** "median (first quartile - third quartile)" */
export const spread = (values: readonly number[]): string =>
  `${plain(median(values))} (${plain(percentile(values, 0.25))} - ${plain(percentile(values, 0.75))})`

export const figure = plain

/** Ratios of samples that were taken right after each other, so that what else the machine does hits both. */
export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  ours.slice(0, theirs.length).map((value, i) => value / theirs[i]!)

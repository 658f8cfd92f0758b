/** The median of the last measurements, for "how long will it take". */
export interface RunningMedian {
  add(value: number): void
  /** Null before the first. */
  value(): number | null
}

/** @param size how many of the last measurements count */
export const createRunningMedian = (size = 9): RunningMedian => {
  const values: number[] = []
  return {
    add(value) {
      values.push(value)
      if (values.length > size) values.shift()
    },
    value() {
      const sorted = [...values].sort((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)] ?? null
    },
  }
}

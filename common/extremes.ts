/** Least and greatest of any number of values: `Math.min(...values)` overflows the stack past some 100,000 of them. */

/** Infinity when there is none. */
export const minOf = (values: Iterable<number>): number => {
  let least = Infinity
  for (const value of values) if (value < least) least = value
  return least
}

/** -Infinity when there is none. */
export const maxOf = (values: Iterable<number>): number => {
  let greatest = -Infinity
  for (const value of values) if (value > greatest) greatest = value
  return greatest
}

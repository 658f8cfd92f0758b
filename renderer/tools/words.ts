/** Words that the tools' texts share. */

/** "1 vertex", "3 vertices". */
export const many = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${more}`

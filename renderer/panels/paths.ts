/** Paths as people paste them. */

/** File managers put some into quotes. */
export const pathOf = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2')

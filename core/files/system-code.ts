/** The operating system's own names of errors. */

/** ENOSPC, EACCES, ... of an error that the operating system raised; null when it is none of the system's. */
export const systemCode = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null

/** The disk, or the user's share of it, is full. */
export const isDiskFull = (code: string | null): boolean => code === 'ENOSPC' || code === 'EDQUOT'

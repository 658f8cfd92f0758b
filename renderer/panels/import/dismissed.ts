/** Offers of labels that the user did not want, by the project's file: kept over restarts, the newest ones. */
import type { Memory } from '../../state/kept-memory.ts'

const KEY = 'maskwright.offers'
const MOST = 200

const dismissed = (memory: Memory): string[] => {
  try {
    const kept: unknown = JSON.parse(memory.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((file) => typeof file === 'string') : []
  } catch {
    return []
  }
}

export const isDismissed = (memory: Memory, file: string): boolean => dismissed(memory).includes(file)

export const rememberDismissed = (memory: Memory, file: string): void =>
  memory.setItem(
    KEY,
    JSON.stringify([file, ...dismissed(memory).filter((one) => one !== file)].slice(0, MOST)),
  )

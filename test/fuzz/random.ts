/** The chance of a case: everything in it comes from one seed, so that the seed alone repeats it. */
import { createRandom as numbersOf } from '../support/random.ts'

export interface Random {
  /** 0 to 1, without 1. */
  share(): number
  /** A whole number from 0, under `count`. */
  below(count: number): number
  /** True in `share` of all times. */
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  bytes(count: number): Buffer
}

export const createRandom = (seed: number): Random => {
  const share = numbersOf(seed)
  const below = (count: number) => Math.floor(share() * count)
  return {
    share,
    below,
    chance: (limit) => share() < limit,
    pick: (list) => list[below(list.length)]!,
    bytes: (count) => Buffer.from(Uint8Array.from({ length: count }, () => below(256))),
  }
}

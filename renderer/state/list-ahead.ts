/**
 * The list as an edit has made it, asked for while the user still looks at the image: who goes on then has it without a
 * wait. It counts until the next edit, and is no more than what was asked: the list on screen stays as it is meanwhile.
 */
import type { ImageFilter } from '../../common/contract/images.ts'
import type { ImageItem } from '../../common/model.ts'
import { rowsChanged, type ListSnapshot } from './list-snapshot.ts'

/** After the last edit, ms: a series of quick ones asks once. */
const REST = 100

export interface ListAhead {
  /** Asks soon, after a rest. */
  want(): void
  /** Asks at once, unless it has come. Resolves when it has, or is of no use any more. */
  now(): Promise<void>
  /** What was asked is no longer true. */
  forget(): void
  /** The list when it has come; it is the caller's then. */
  take(): ListSnapshot | null
  peek(): ListSnapshot | null
  /** Rows changed. */
  apply(images: readonly ImageItem[], show: ImageFilter['show']): void
}

/** @param ask null where nothing is to be asked */
export const createListAhead = (ask: () => Promise<ListSnapshot> | null): ListAhead => {
  let list: ListSnapshot | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Counts what was asked and forgotten; an answer to an older one is dropped. */
  let asked = 0
  const forget = () => {
    asked += 1
    clearTimeout(timer)
    list = null
  }
  const fetch = async () => {
    const mine = asked
    // Nobody waits for it: without it the list is asked for at the step.
    const answer = await ask()?.catch(() => null)
    if (mine === asked) list = answer ?? null
  }
  return {
    want() {
      forget()
      timer = setTimeout(() => void fetch(), REST)
    },
    async now() {
      if (list !== null) return
      forget()
      await fetch()
    },
    forget,
    peek: () => list,
    take() {
      const taken = list
      forget()
      return taken
    },
    apply(images, show) {
      if (list === null) return
      const { pages, moves } = rowsChanged(list, images, show)
      if (moves) forget()
      else list = { ...list, pages }
    },
  }
}

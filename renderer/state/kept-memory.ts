/** A page's memory that the core keeps, read as `localStorage` is: at once. */
import type { MemoryEntry } from '../../common/contract/memory.ts'
import type { Client } from '../../common/rpc.ts'

export type Memory = Pick<Storage, 'getItem' | 'setItem'>

interface KeptMemory extends Memory {
  /** Sends what has changed now: the page goes. */
  flush(): void
}

/** A slider that is dragged is kept once, ms. */
const REST = 400

/** @param recalled what the core had */
export const createKeptMemory = (
  client: Pick<Client, 'call'>,
  recalled: readonly MemoryEntry[],
): KeptMemory => {
  const known = new Map(recalled.map(({ key, value }) => [key, value]))
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (changed.size === 0) return
    const entries = [...changed].map((key) => ({ key, value: known.get(key)! }))
    changed.clear()
    // How things looked is worth no notice.
    client.call('memory.keep', { entries }).catch(() => undefined)
  }

  return {
    getItem: (key) => known.get(key) ?? null,
    setItem(key, value) {
      if (known.get(key) === value) return
      known.set(key, value)
      changed.add(key)
      timer ??= setTimeout(flush, REST)
    },
    flush,
  }
}

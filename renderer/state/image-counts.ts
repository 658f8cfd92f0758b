/** How many images of the folder, or of the open task, are in each state: for the menu of the list and its progress. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput } from '../../common/contract.ts'
import type { Diff } from '../../common/diff.ts'
import type { ImageRecord } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { attempt } from './report.ts'

type Counts = CallOutput<'images.counts'>

export interface ImageCounts {
  /** Null until they were asked for. */
  readonly store: StoreApi<{ readonly counts: Counts | null }>
  /** Asks the core, which looks at every image. */
  refresh(): Promise<void>
  /** Follows what an edit says of images, so that nothing is counted again: marked done, or no longer. */
  apply(diff: Pick<Diff, 'images'>): void
  clear(): void
}

/** @param queryOf the images that are counted, as a query; '' for all */
export const createImageCounts = (client: Client, queryOf: () => string): ImageCounts => {
  const store = createStore<{ readonly counts: Counts | null }>(() => ({ counts: null }))
  /** Counts the questions; an answer that was overtaken is dropped. */
  let asked = 0
  const counting: ImageCounts = {
    store,
    async refresh() {
      const mine = ++asked
      const text = queryOf()
      const counts = await client.call('images.counts', text === '' ? {} : { text })
      if (mine === asked) store.setState({ counts })
    },
    apply({ images }) {
      const { counts } = store.getState()
      const isDone = ({ status }: ImageRecord) => Number(status === 'done')
      const more = images.updated.reduce((sum, [from, to]) => sum + isDone(to) - isDone(from), 0)
      if (counts === null || more === 0) return
      // An edit may reach beyond the task.
      if (queryOf() !== '') attempt(counting.refresh())
      else store.setState({ counts: { ...counts, done: counts.done + more, todo: counts.todo - more } })
    },
    clear() {
      asked += 1
      store.setState({ counts: null })
    },
  }
  return counting
}

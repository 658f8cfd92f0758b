/** Long work of the core as the window shows it: preparing the folder, boxes to masks, everything mode. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BoxesProgress } from '../../common/contract/boxes.ts'
import type { EventPayload } from '../../common/contract.ts'
import type { Proposal } from '../../common/contract/everything.ts'
import type { WorkProgress } from '../../common/contract/work.ts'
import { diffOf } from '../../common/diff.ts'
import type { Annotation, ImageId, LabelId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { attempt } from './report.ts'

/** What everything mode found in one image, until it is kept or dropped. */
export interface Review {
  readonly imageId: ImageId
  readonly state: EventPayload<'everything.changed'>['state']
  readonly done: number
  readonly total: number
  readonly proposals: readonly Proposal[]
  /** Ids that the user took out. */
  readonly dropped: ReadonlySet<string>
  readonly message: string | null
}

export interface WorkState {
  /** null until it runs for the first time, and after its card was closed. */
  readonly prepare: WorkProgress | null
  readonly boxes: BoxesProgress | null
  readonly review: Review | null
}

export interface Work {
  readonly store: StoreApi<WorkState>
  /** Asks the core what is going on: the page may be younger than the work. */
  load(): Promise<void>
  dismiss(kind: 'prepare' | 'boxes'): void
  /** Looks for every object of the image; nothing is stored before `keep`. */
  findEverything(imageId: ImageId): Promise<void>
  toggle(proposalId: string): void
  /** Stores what was not taken out as one edit; when that fails, the review is there again. */
  keep(labelId: LabelId): Promise<void>
  /** Forgets the review, as when another folder is opened: its image means something in its own folder only. */
  readonly drop: () => void
  /** Stops listening. */
  close(): void
}

/** Points a side of the grid, and the longest time that everything mode may take. */
const grid = { pointsPerSide: 16, budgetMs: 60_000 }

const annotationOf = (proposal: Proposal, imageId: ImageId, labelId: LabelId, now: number): Annotation => ({
  id: crypto.randomUUID(),
  imageId,
  labelId,
  shape: proposal.polygon,
  source: 'model',
  modelId: proposal.modelId,
  score: proposal.score,
  prompts: proposal.prompts,
  candidate: proposal.candidate,
  createdAt: now,
  updatedAt: now,
})

export const keptOf = (review: Review): Proposal[] =>
  review.proposals.filter(({ id }) => !review.dropped.has(id))

export const createWork = (client: Client): Work => {
  const store = createStore<WorkState>(() => ({ prepare: null, boxes: null, review: null }))
  /** Counts the runs of everything mode that were asked for or given up. */
  let runs = 0
  /** The run that the core has begun: what was told before its answer is of an earlier run, or of another folder. */
  let begun: number | null = null
  const setReview = (change: (review: Review) => Review) =>
    store.setState(({ review }) => ({ review: review && change(review) }))

  const stops = [
    client.on('prepare.changed', (prepare) => store.setState({ prepare })),
    client.on('boxes.changed', (boxes) => store.setState({ boxes })),
    client.on('everything.changed', ({ imageId, added, ...progress }) => {
      if (begun !== runs) return
      setReview((review) =>
        review.imageId === imageId
          ? { ...review, ...progress, proposals: [...review.proposals, ...added] }
          : review,
      )
    }),
  ]
  /** What has ended is news only to a page that saw it going. */
  const isNews = ({ state }: WorkProgress, shown: WorkProgress | null) =>
    shown !== null || state === 'running' || state === 'paused'
  const stop = () => client.call('everything.cancel', {})

  return {
    store,
    async load() {
      const [prepare, boxes] = await Promise.all([
        client.call('prepare.status', {}),
        client.call('boxes.status', {}),
      ])
      if (isNews(prepare, store.getState().prepare)) store.setState({ prepare })
      if (isNews(boxes, store.getState().boxes)) store.setState({ boxes })
    },
    dismiss: (kind) => store.setState({ [kind]: null }),
    async findEverything(imageId) {
      const mine = ++runs
      store.setState({
        review: {
          imageId,
          state: 'running',
          done: 0,
          total: grid.pointsPerSide ** 2,
          proposals: [],
          dropped: new Set(),
          message: null,
        },
      })
      try {
        await client.call('everything.start', { imageId, ...grid })
        begun = mine
      } catch (thrown) {
        if (mine === runs) store.setState({ review: null })
        throw thrown
      }
    },
    toggle: (proposalId) =>
      setReview((review) => {
        const dropped = new Set(review.dropped)
        if (!dropped.delete(proposalId)) dropped.add(proposalId)
        return { ...review, dropped }
      }),
    async keep(labelId) {
      const { review } = store.getState()
      if (!review) return
      const mine = ++runs
      const running = review.state === 'running'
      // Gone at once: pressed again, it must not store everything twice.
      store.setState({ review: null })
      try {
        if (running) await stop()
        const now = Date.now()
        const added = keptOf(review).map((proposal) => annotationOf(proposal, review.imageId, labelId, now))
        if (added.length > 0) await client.call('edit.commit', { diff: diffOf({ annotations: { added } }) })
      } catch (thrown) {
        if (mine === runs) store.setState({ review: running ? { ...review, state: 'idle' } : review })
        throw thrown
      }
    },
    drop() {
      runs += 1
      if (store.getState().review?.state === 'running') attempt(stop())
      store.setState({ review: null })
    },
    close() {
      for (const end of stops) end()
    },
  }
}

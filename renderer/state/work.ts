/** Long work of the core as the window shows it: every run, and the review of what everything mode found. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Proposal } from '../../common/contract/everything.ts'
import type { Work as Run } from '../../common/contract/work.ts'
import { diffOf } from '../../common/diff.ts'
import type { Annotation, ImageId, LabelId } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'
import type { Client } from '../../common/rpc.ts'
import { startWork } from '../../common/work-client.ts'
import { isOngoing, isWorkOf, type WorkName, type WorkOf, type WorkRequest } from '../../common/work-kinds.ts'
import { attempt } from './report.ts'

/** What everything mode found in one image, until it is kept or dropped. */
export interface Review {
  readonly imageId: ImageId
  /** The run that looks for them; null until it is started. */
  readonly workId: string | null
  readonly isRunning: boolean
  readonly done: number
  readonly total: number
  readonly proposals: readonly Proposal[]
  /** Ids that the user chose, to give them a class or leave them out. */
  readonly picked: ReadonlySet<string>
  /** Ids that are left out. */
  readonly dropped: ReadonlySet<string>
  /** Ids that are objects by now. */
  readonly stored: ReadonlySet<string>
  readonly message: string | null
}

export interface WorkState {
  /** What runs, and what has ended while this page was there and was not closed since; the newest last. */
  readonly works: readonly Run[]
  readonly review: Review | null
}

export interface Work {
  readonly store: StoreApi<WorkState>
  /** Asks the core what is going on: the page may be younger than the work. */
  load(): Promise<void>
  /** Starts a run; its progress comes with `works`. @returns its id */
  start<K extends WorkName>(kind: K, request: WorkRequest<K>): Promise<string>
  cancel(id: string): Promise<void>
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
  /** Shows an ended run no more. */
  dismiss(id: string): void
  /** Looks for every object of the image; nothing is stored before `keep`. */
  findEverything(imageId: ImageId): Promise<void>
  /** Chooses a proposal or no longer, and takes one back that was left out. */
  toggle(proposalId: string): void
  /** Chooses none. */
  unpick(): void
  /** Leaves out what is chosen. */
  leaveOut(): void
  /**
   * Stores what is chosen as one edit, and the review goes on with the rest; where nothing is chosen, all of the rest.
   * When that fails, the review is as it was.
   */
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
  ...newObject,
  ...(proposal.mask && { mask: proposal.mask }),
  createdAt: now,
  updatedAt: now,
})

/** What is to be seen of a review: not what is an object by now. */
export const openOf = ({ proposals, stored }: Review): Proposal[] =>
  proposals.filter(({ id }) => !stored.has(id))

/** What would be kept now: what is chosen, else all that is not left out. */
export const keptOf = (review: Review): Proposal[] =>
  openOf(review).filter(({ id }) =>
    review.picked.size > 0 ? review.picked.has(id) : !review.dropped.has(id),
  )

const none: ReadonlySet<string> = new Set()

const toggled = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const changed = new Set(ids)
  if (!changed.delete(id)) changed.add(id)
  return changed
}

/** The newest run of a kind that the window knows. */
export const runOf = <K extends WorkName>({ works }: WorkState, kind: K): WorkOf<K> | null =>
  works.findLast((work): work is Run & WorkOf<K> => isWorkOf(work, kind)) ?? null

export const createWork = (client: Client): Work => {
  const store = createStore<WorkState>(() => ({ works: [], review: null }))
  /** Counts the reviews that were asked for or given up. */
  let reviews = 0
  const setReview = (change: (review: Review) => Review) =>
    store.setState(({ review }) => ({ review: review && change(review) }))

  /** A later run of a kind takes the place of one that has ended. */
  const show = (work: Run) =>
    store.setState(({ works }) => {
      const isKnown = works.some(({ id }) => id === work.id)
      return {
        works: isKnown
          ? works.map((other) => (other.id === work.id ? work : other))
          : [...works.filter((other) => other.kind !== work.kind || isOngoing(other)), work],
      }
    })

  const addFound = (work: WorkOf<'everything'>) =>
    setReview((review) => {
      if (review.workId !== work.id) return review
      const { done, total } = work
      const message = work.failure?.message ?? work.message
      const proposals = [...review.proposals, ...(work.detail?.added ?? [])]
      return { ...review, isRunning: isOngoing(work), done, total, message, proposals }
    })

  const stopListening = client.on('work.changed', ({ work }) => {
    show(work)
    if (isWorkOf(work, 'everything')) addFound(work)
  })
  const cancel = async (id: string) => {
    await client.call('work.cancel', { id })
  }
  const stopLooking = async ({ workId, isRunning }: Review) => {
    if (isRunning && workId !== null) await cancel(workId)
  }

  return {
    store,
    async load() {
      const { works } = await client.call('work.list', {})
      const known = new Set(store.getState().works.map(({ id }) => id))
      // What has ended is news only to a page that saw it going.
      store.setState({ works: works.filter((work) => known.has(work.id) || isOngoing(work)) })
    },
    start: (kind, request) => startWork(client, kind, request),
    cancel,
    async pause(id) {
      await client.call('work.pause', { id })
    },
    async resume(id) {
      await client.call('work.resume', { id })
    },
    dismiss: (id) =>
      store.setState(({ works }) => ({ works: works.filter((work) => work.id !== id || isOngoing(work)) })),
    async findEverything(imageId) {
      const mine = ++reviews
      const review = { imageId, workId: null, isRunning: true, done: 0, total: grid.pointsPerSide ** 2 }
      store.setState({
        review: { ...review, proposals: [], picked: none, dropped: none, stored: none, message: null },
      })
      try {
        const workId = await startWork(client, 'everything', { imageId, ...grid })
        if (mine === reviews) setReview((now) => ({ ...now, workId }))
        // It was dropped meanwhile.
        else await cancel(workId)
      } catch (thrown) {
        if (mine === reviews) store.setState({ review: null })
        throw thrown
      }
    },
    toggle: (proposalId) =>
      setReview((review) =>
        review.dropped.has(proposalId)
          ? { ...review, dropped: toggled(review.dropped, proposalId) }
          : { ...review, picked: toggled(review.picked, proposalId) },
      ),
    unpick: () => setReview((review) => ({ ...review, picked: none })),
    leaveOut: () =>
      setReview((review) => ({
        ...review,
        picked: none,
        dropped: new Set([...review.dropped, ...review.picked]),
      })),
    async keep(labelId) {
      const { review } = store.getState()
      if (!review) return
      const { imageId, picked, stored } = review
      const kept = keptOf(review)
      const goesOn = picked.size > 0 && (review.isRunning || kept.length < openOf(review).length)
      const mine = goesOn ? reviews : ++reviews
      // At once: pressed again, it must not store anything twice.
      const after = { picked: none, stored: new Set([...stored, ...kept.map(({ id }) => id)]) }
      store.setState({ review: goesOn ? { ...review, ...after } : null })
      try {
        if (!goesOn) await stopLooking(review)
        const now = Date.now()
        const added = kept.map((proposal) => annotationOf(proposal, imageId, labelId, now))
        const masks = kept.flatMap((proposal) => proposal.kept)
        if (added.length > 0)
          await client.call('edit.commit', { diff: diffOf({ annotations: { added } }), masks })
      } catch (thrown) {
        if (mine === reviews && goesOn) setReview((now) => ({ ...now, picked, stored }))
        else if (mine === reviews) store.setState({ review: { ...review, isRunning: false } })
        throw thrown
      }
    },
    drop() {
      reviews += 1
      const { review } = store.getState()
      if (review) attempt(stopLooking(review))
      store.setState({ review: null })
    },
    close: stopListening,
  }
}

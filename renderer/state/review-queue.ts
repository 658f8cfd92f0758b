/**
 * Reviewing worst first: the doubtful objects of the project one after the other, each opened and selected. What is
 * decided is remembered for as long as the queue is open; an image whose last one was decided counts as reviewed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Doubt } from '../../common/contract/doubts.ts'
import { imagesDiff } from '../../common/diff.ts'
import type { AnnotationId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { ensureDone, runWork } from '../../common/work-client.ts'
import type { Workbench } from '../workbench/store.ts'
import type { ImagePages } from './image-pages.ts'
import type { Navigation } from './navigation.ts'
import { attempt } from './report.ts'

interface ReviewQueueState {
  readonly isOpen: boolean
  /** Share of the images that were looked through, 0..1; null when the queue is there. */
  readonly looking: number | null
  readonly doubts: readonly Doubt[]
  /** All that were found; only the first of many are in the queue. */
  readonly total: number
  readonly at: number
  /** Objects that were accepted or deleted. */
  readonly decided: ReadonlySet<AnnotationId>
}

export interface ReviewQueue {
  readonly store: StoreApi<ReviewQueueState>
  /** The one to be decided now; null when there is none. */
  current(): Doubt | null
  /** Looks through the images of the list, and shows the worst. */
  open(): Promise<void>
  close(): void
  /** It is as it should be: a proposal becomes an object. Goes to the next. */
  accept(): Promise<void>
  /** Goes to the next one that is not decided, or back. */
  step(delta: 1 | -1): Promise<void>
  readonly stop: () => void
}

interface QueuePorts {
  readonly client: Client
  readonly images: ImagePages
  readonly navigation: Navigation
  readonly workbench: Workbench
}

const closed: ReviewQueueState = {
  isOpen: false,
  looking: null,
  doubts: [],
  total: 0,
  at: 0,
  decided: new Set(),
}

export const createReviewQueue = ({ client, images, navigation, workbench }: QueuePorts): ReviewQueue => {
  const store = createStore<ReviewQueueState>(() => closed)
  /** Counts the queues that were opened and closed: an answer to an older one is dropped. */
  let opened = 0
  const current = (): Doubt | null => {
    const { doubts, at, isOpen } = store.getState()
    return isOpen ? (doubts[at] ?? null) : null
  }

  /** The image of the current one on its way to the screen: nothing is decided on the image before it. */
  let showing: Promise<void> = Promise.resolve()

  const bring = async () => {
    const doubt = current()
    if (doubt === null) return
    const { imageId, objectId } = doubt
    if (workbench.getState().image?.id !== imageId) {
      // A quick Delete would take the object of the image before.
      workbench.getState().selectAll([])
      if (!(await navigation.show(imageId))) await workbench.getState().openImage(imageId, [])
    }
    if (current() === doubt) workbench.getState().selectAll([objectId])
  }
  const show = () => {
    showing = bring()
    return showing
  }

  /** The image was looked at as far as it was doubtful. */
  const markReviewed = async (imageId: number) => {
    const { doubts, decided } = store.getState()
    if (doubts.some((doubt) => doubt.imageId === imageId && !decided.has(doubt.objectId))) return
    const { image } = workbench.getState()
    if (image?.id !== imageId || image.reviewed !== null) return
    await client.call('edit.commit', {
      diff: imagesDiff([[image, { reviewed: { by: '', at: Date.now() } }]]),
    })
  }

  const step = async (delta: 1 | -1) => {
    const { doubts, decided, at } = store.getState()
    for (let next = at + delta; next >= 0 && next < doubts.length; next += delta)
      if (delta === -1 || !decided.has(doubts[next]!.objectId)) {
        store.setState({ at: next })
        return show()
      }
    // Behind the last one: the first that was left undecided.
    const left = doubts.findIndex(({ objectId }) => !decided.has(objectId))
    if (delta === 1) store.setState({ at: left === -1 ? doubts.length : left })
    await show()
  }

  const decide = async (doubt: Doubt) => {
    store.setState(({ decided }) => ({ decided: new Set([...decided, doubt.objectId]) }))
    await markReviewed(doubt.imageId)
    if (current() === doubt) await step(1)
  }

  const stop = workbench.subscribe(({ annotations, image }, before) => {
    const doubt = current()
    if (doubt === null || annotations === before.annotations || image?.id !== doubt.imageId) return
    const wasThere =
      before.image?.id === image.id && before.annotations.some(({ id }) => id === doubt.objectId)
    if (wasThere && !annotations.some(({ id }) => id === doubt.objectId)) attempt(decide(doubt))
  })

  return {
    store,
    current,
    async open() {
      const mine = ++opened
      store.setState({ ...closed, isOpen: true, looking: 0 })
      try {
        const { filter } = images.store.getState()
        const end = await runWork(client, 'doubts', { filter }, ({ done, total }) => {
          if (mine === opened) store.setState({ looking: total > 0 ? done / total : 0 })
        })
        if (mine !== opened) return
        const detail = ensureDone(end).detail
        store.setState({ looking: null, doubts: detail?.doubts ?? [], total: detail?.total ?? 0 })
        await show()
      } catch (thrown) {
        if (mine === opened) store.setState(closed)
        throw thrown
      }
    },
    close() {
      opened += 1
      store.setState(closed)
    },
    async accept() {
      const doubt = current()
      if (doubt === null) return
      // Why it could not be shown was said by who asked for it.
      await showing.catch(() => undefined)
      if (current() !== doubt || workbench.getState().image?.id !== doubt.imageId) return
      await workbench.getState().acceptProposals([doubt.objectId])
      await decide(doubt)
    },
    step,
    stop,
  }
}

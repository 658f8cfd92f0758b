/** A session over a core that holds `count` images in memory, enough for actions and navigation. */
import { createStore } from 'zustand/vanilla'
import type { AppEvent, CallInput, CallName, CallOutput } from '../../../common/contract.ts'
import type { EventName, EventPayload } from '../../../common/contract.ts'
import type { ImageFilter } from '../../../common/contract/images.ts'
import type { Settings } from '../../../common/contract/settings.ts'
import { imageStates, type ImageState } from '../../../common/image-query.ts'
import type { Work } from '../../../common/contract/work.ts'
import type { ImageItem, Label } from '../../../common/model.ts'
import { createClient, type Client } from '../../../common/rpc.ts'
import { newLabel } from '../../../common/new-label.ts'
import { createSession, type Session } from '../../../renderer/state/session.ts'
import { matchesShow } from '../../../renderer/state/list-snapshot.ts'
import type { Workbench, WorkbenchStore } from '../../../renderer/workbench/store.ts'

export const imageOf = (id: number): ImageItem => ({
  id,
  path: `photo ${id}.jpg`,
  bytes: 1000,
  modifiedAt: 1,
  contentHash: null,
  width: 64,
  height: 48,
  orientation: 1,
  status: 'todo',
  problem: null,
  annotationCount: 0,
  proposedCount: 0,
  madeOn: null,
  bands: null,
  shownBands: null,
  stretch: null,
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
})

export const labelOf = (position: number): Label =>
  newLabel({ id: `label-${position}`, name: `class ${position}`, color: '#56b4e9', position })

const settings: Settings = {
  theme: 'system',
  scale: 1,
  language: 'system',
  tolerance: 0.5,
  minArea: 16,
  minShare: 0.01,
  quality: 'good',
  modelId: 'mobile-sam',
  provider: 'cpu',
  threads: 0,
  serverUrl: '',
  serverModel: '',
  embeddingBytes: 0,
  hoverPreview: false,
  keepMasks: true,
  followDoubt: 0.7,
  followStop: 0.5,
  measurePace: true,
  author: 'Ada',
  shortcuts: {},
}

export const project = {
  folder: '/photos',
  name: 'photos',
  file: '/photos/p',
  notice: null,
  imageCount: 0,
  task: null,
  lost: null,
}

/** A run of long work that goes on. */
export const runningWork = (kind: string, id = `${kind}-1`): Work => ({
  id,
  kind,
  title: kind,
  state: 'running',
  unit: 'image',
  done: 3,
  total: 9,
  skipped: 0,
  perSecond: null,
  secondsLeft: null,
  message: null,
  failure: null,
  leftOut: [],
  leftOutCount: 0,
  canPause: true,
  isListed: true,
  detail: null,
})

const createMemory = (): Pick<Storage, 'getItem' | 'setItem'> => {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

export interface MemoryCore {
  readonly client: Client
  readonly images: ImageItem[]
  /** Every call that was made, in order. */
  readonly made: { readonly name: CallName; readonly input: unknown }[]
  /** What it says to calls; a test may answer others, or otherwise. */
  readonly answers: Answers
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
}

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

export const createMemoryCore = (count: number, labels: readonly Label[] = []): MemoryCore => {
  const images = Array.from({ length: count }, (_, index) => imageOf(index + 1))
  const made: MemoryCore['made'] = []
  const listed = (filter: ImageFilter) =>
    images.filter((image) => image.path.includes(filter.text) && matchesShow(image, filter.show))
  const answers: Answers = {
    'app.info': () => ({
      version: '0',
      shell: 'test',
      nativeDialog: false,
      dataFolder: '/data',
      sample: false,
      models: [],
      providers: ['cpu'],
    }),
    'settings.get': () => settings,
    'settings.set': (change) => ({ ...settings, ...change }) as Settings,
    'project.current': () => ({ project }),
    'project.recent': () => ({ recent: [], notOpened: null }),
    'labels.list': () => ({ labels: [...labels] }),
    'edit.commit': () => ({}),
    'work.list': () => ({ works: [] }),
    'work.cancel': () => ({}),
    'images.list': ({ offset, limit, filter }) => {
      const all = listed(filter)
      return { total: all.length, items: all.slice(offset, offset + limit) }
    },
    'images.locate': ({ imageId, filter }) => {
      const index = listed(filter).findIndex((image) => image.id === imageId)
      const before = listed(filter).filter((image) => image.id < imageId).length
      return { index: index < 0 ? null : index, before }
    },
    'images.next': ({ after, state, filter }) => {
      const isMeant = (image: ImageItem) => matchesShow(image, state)
      const all = listed(filter)
      const later = all.findIndex((image, index) => index > after && isMeant(image))
      const index = later === -1 ? all.findIndex(isMeant) : later
      return { index: index === -1 ? null : index }
    },
    'images.counts': () => {
      const of = (state: ImageState) => images.filter((image) => matchesShow(image, state)).length
      const counts = imageStates.map((state) => [state, of(state)] as const)
      return { all: images.length, ...(Object.fromEntries(counts) as Record<ImageState, number>) }
    },
    'inference.focus': () => ({}),
    'inference.status': () => ({
      state: 'idle',
      imageId: null,
      expectedMs: null,
      modelId: null,
      provider: null,
      message: null,
      ready: [],
    }),
  }
  const listeners = new Set<(event: AppEvent) => void>()
  const client = createClient({
    request: async (name, input) => {
      made.push({ name, input })
      const answer = answers[name] as ((input: unknown) => unknown) | undefined
      if (!answer) throw new Error(`The test's core does not answer ${name}.`)
      return { ok: true, output: await answer(input) }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return {
    client,
    images,
    made,
    answers,
    emit(name, payload) {
      for (const listener of listeners) listener({ name, payload } as AppEvent)
    },
  }
}

/** The workbench's store with actions that only note that they were called. */
const createNotedWorkbench = (state: Partial<WorkbenchStore> = {}) => {
  const noted: string[] = []
  const base: Partial<WorkbenchStore> = {
    image: null,
    annotations: [],
    canUndo: false,
    canRedo: false,
    tool: 'smart',
    selection: new Set(),
    selected: null,
    hiddenLabels: new Set(),
    hiddenObjects: new Set(),
    draft: null,
    inGesture: false,
    takesArrows: false,
    committing: 0,
    currentLabelId: null,
    unstored: () => 0,
    masks: {
      prompts: [],
      status: 'empty',
      candidates: [],
      chosen: 0,
      zoom: false,
      message: null,
    } as unknown as WorkbenchStore['masks'],
    ...state,
  }
  const notedBy = (own: Partial<WorkbenchStore>) =>
    new Proxy(own, {
      get: (target, name: string) =>
        name in target
          ? target[name as keyof WorkbenchStore]
          : (...input: unknown[]) => {
              noted.push([name, ...input.map((one) => JSON.stringify(one))].join(' '))
              return Promise.resolve()
            },
    }) as WorkbenchStore
  const store = createStore<WorkbenchStore>(() => notedBy(base))
  // What is set of the state leaves it one that notes its calls.
  const workbench: Workbench = {
    ...store,
    setState: (change: object) => store.setState(notedBy({ ...store.getState(), ...change }), true),
  }
  return { workbench, noted }
}

export const createTestSession = async (
  core: MemoryCore,
  state: Partial<WorkbenchStore> = {},
): Promise<{ session: Session; noted: string[] }> => {
  const { workbench, noted } = createNotedWorkbench(state)
  const session = createSession({
    client: core.client,
    urls: { imageUrl: () => '', thumbnailUrl: () => '' },
    memory: createMemory(),
    createWorkbench: () => workbench,
  })
  await session.start()
  noted.length = 0
  return { session, noted }
}

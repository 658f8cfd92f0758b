/**
 * Composes the renderer's state from a client, and keeps it in step with the core's events. One session a window; the
 * React tree gets it from `session-context.ts`.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput } from '../../common/contract.ts'
import type { InferenceStatus } from '../../common/contract/inference.ts'
import type { Settings } from '../../common/contract/settings.ts'
import type { Held } from '../../common/held.ts'
import type { Damage } from '../../common/damage.ts'
import { imagesOfDiff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId, ProjectInfo } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { isOngoing } from '../../common/work-kinds.ts'
import { createBeside, type Beside } from './beside.ts'
import { createImageCounts, type ImageCounts } from './image-counts.ts'
import { createImagePages, everyImage, type ImagePages } from './image-pages.ts'
import { createSavedFilters, type SavedFilters } from './saved-filters.ts'
import { createClassOffer, type ClassOffer } from './class-offer.ts'
import { createLabels, type Labels } from './labels.ts'
import { createNavigation, type Navigation } from './navigation.ts'
import { attempt, forgetErrors, showNotice, showWaiting } from './report.ts'
import { whenStored } from './storing.ts'
import { offerUndo } from './undo-offer.ts'
import { createLevels, type Levels } from './levels.ts'
import { rememberHidden } from './hidden-memory.ts'
import type { Memory } from './kept-memory.ts'
import { rememberLook } from './look-memory.ts'
import { createObjectClipboard, type ObjectClipboard } from './object-clipboard.ts'
import { createFollow, type Follow } from './follow.ts'
import { createReviewQueue, type ReviewQueue } from './review-queue.ts'
import { taskQuery, withTask } from './task-filter.ts'
import { createTags, type Tags } from './tags.ts'
import { createView, type View } from './view.ts'
import { createModels, type Models } from './models.ts'
import { createWork, runOf, type Work } from './work.ts'
import { createPanelsStore, type PanelsStore } from './panels-store.ts'
import { isSameEdit } from '../workbench/mirror.ts'
import type { Workbench, WorkbenchPorts } from '../workbench/store.ts'
import { t } from '../texts/t.ts'

type AppInfo = CallOutput<'app.info'>
type RecentProjects = CallOutput<'project.recent'>['recent']
type NotOpened = CallOutput<'project.recent'>['notOpened']

export interface AppState {
  /** null until the core answered, which a first paint must not take for "no folder". */
  readonly ready: boolean
  readonly info: AppInfo | null
  readonly project: ProjectInfo | null
  readonly opening: string | null
  readonly recent: RecentProjects
  /** For the welcome page: the folder that was to be opened last, and why it was not. */
  readonly notOpened: NotOpened
  /** Of the folder that was to be opened last, when its project file is damaged. */
  readonly damage: Damage | null
  /** Of the folder that was to be opened last, when another computer has its project open. */
  readonly held: Held | null
  readonly settings: Settings | null
  readonly inference: InferenceStatus | null
}

/** The addresses of pictures, by id and the version that may be cached. */
interface PictureUrls {
  imageUrl(id: ImageId, version: string | number): string
  thumbnailUrl(id: ImageId, version: string | number): string
}

export interface Session {
  readonly client: Client
  /** What is kept over restarts: how things are shown. */
  readonly memory: Memory
  readonly urls: PictureUrls
  readonly store: StoreApi<AppState>
  readonly images: ImagePages
  readonly counts: ImageCounts
  readonly savedFilters: SavedFilters
  readonly tags: Tags
  readonly labels: Labels
  readonly classOffer: ClassOffer
  readonly navigation: Navigation
  readonly view: View
  /** How bright photos are shown. */
  readonly levels: Levels
  readonly workbench: Workbench
  /** The same for what is around the stage, which is drawn after it. */
  readonly panelsStore: PanelsStore
  readonly clipboard: ObjectClipboard
  readonly reviewQueue: ReviewQueue
  readonly follow: Follow
  readonly work: Work
  readonly models: Models
  /** The files that are kept beside the photos. */
  readonly beside: Beside
  /** Asks the core for all that the window shows; again after a lost connection. */
  start(): Promise<void>
  /**
   * First waits for what is on its way to be stored in the folder that is open. False when the user wished for another
   * one meanwhile, its project file is damaged, which `damage` tells, or another computer has it, which `held` tells.
   */
  openFolder(folder: string, takeOver?: boolean): Promise<boolean>
  /** Takes the open project back from the computer that took it over; the image on screen and drafts stay. */
  takeBack(): Promise<void>
  /** The user has seen what can be done about a damaged project. */
  forgetDamage(): void
  /** The user leaves the project to whoever has it open. */
  forgetHeld(): void
  changeSettings(change: Partial<Settings>): void
  /** Stops listening. */
  close(): void
}

export interface SessionPorts {
  readonly client: Client
  readonly urls: PictureUrls
  readonly memory: Memory
  readonly createWorkbench: (ports: Omit<WorkbenchPorts, 'askMasks' | 'outliner'>) => Workbench
}

const initial: AppState = {
  ready: false,
  info: null,
  project: null,
  opening: null,
  recent: [],
  notOpened: null,
  damage: null,
  held: null,
  settings: null,
  inference: null,
}

/** The project that had lost its file goes on in a new one: what is drawn and not stored yet stays. */
const isRescued = (project: ProjectInfo | null, known: ProjectInfo | null): boolean =>
  project !== null && !!known?.lost && [known.folder, known.lost.movedTo].includes(project.folder)

export const createSession = ({ client, urls, memory, createWorkbench }: SessionPorts): Session => {
  const store = createStore<AppState>(() => initial)
  const images = createImagePages(client)
  const counts = createImageCounts(client, () => taskQuery(store.getState().project))
  const labels = createLabels(client)
  const view = createView(memory)
  const levels = createLevels(memory)
  const work = createWork(client)
  const beside = createBeside(client)
  const models = createModels(client, work, ({ installed }) => {
    const { info } = store.getState()
    if (info) store.setState({ info: { ...info, models: installed } })
  })
  const workbench = createWorkbench({
    client,
    getLabels: () => labels.store.getState().labels,
    getSettings: () => store.getState().settings,
    notify: (level, message) => showNotice({ level, message }),
    offerUndo: (message, done) =>
      offerUndo(
        client,
        message,
        imagesOfDiff(done)[0] ?? null,
        ({ diff, kind }) => kind === 'commit' && isSameEdit(diff, done),
      ),
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
  })
  const hidden = rememberHidden(workbench, memory, () => store.getState().project?.file ?? null)
  const navigation = createNavigation({
    client,
    images,
    memory,
    openImage: (imageId, ahead) => workbench.getState().openImage(imageId, ahead),
  })

  const heedSettings = store.subscribe(({ settings }, before) => {
    const doubtBelow = settings?.followDoubt
    if (doubtBelow !== undefined && doubtBelow !== before.settings?.followDoubt)
      workbench.setState({ doubtBelow })
  })

  const reviewQueue = createReviewQueue({ client, images, navigation, workbench })

  /** Counts the folders that the user wished for. */
  let openings = 0
  const objectsStored = (message = t('Storing the last object…')) =>
    new Promise<void>((stored) => {
      const tell = (goOn: () => void) => showWaiting(message, t('Don’t wait'), goOn)
      whenStored({ workbench, tell }, stored)
    })
  const loadRecent = async () => {
    store.setState(await client.call('project.recent', {}))
  }
  const show = async (project: ProjectInfo | null) => {
    navigation.clear()
    work.drop()
    reviewQueue.close()
    workbench.getState().closeImage()
    images.clear()
    labels.clear()
    counts.clear()
    beside.clear()
    store.setState({ project })
    if (!project) return
    if (project.notice !== null) showNotice({ level: 'warning', message: project.notice })
    await Promise.all([labels.load(), images.setFilter(withTask(everyImage, null, project))])
    if (store.getState().project !== project) return
    hidden.recall(project.file)
    await navigation.start(project.folder)
    // After the first image: it waits for nothing.
    attempt(counts.refresh())
    attempt(beside.load())
  }
  /** Another process wrote: what it changed is shown; the image on screen and drafts stay. */
  const outside = async (project: ProjectInfo) => {
    if (store.getState().opening !== null || project.file !== store.getState().project?.file) return
    await Promise.all([changed(project), labels.load()])
    await workbench.getState().refresh()
  }
  /** The same project counted anew keeps its image on screen. */
  const changed = async (project: ProjectInfo | null) => {
    const known = store.getState().project
    if (store.getState().opening !== null) return
    if (project?.file !== known?.file && !isRescued(project, known)) {
      await show(project)
      return
    }
    if (known?.lost && project?.lost === null) forgetErrors(/was not stored|nothing can be stored/i)
    store.setState({ project })
    attempt(counts.refresh())
    if (taskQuery(project) !== taskQuery(known)) {
      await images.setFilter(withTask(images.store.getState().filter, known, project))
      if (project?.task) await navigation.start(project.folder)
      else await navigation.relocate()
      return
    }
    await images.refresh()
    if (navigation.store.getState().imageId === null && project) await navigation.start(project.folder)
    else await navigation.relocate()
  }

  /** A film that a page before this one has begun to open: its dialog opens the folder in the end. */
  const showFilm = () => {
    const film = runOf(work.store.getState(), 'film')
    if (film !== null && isOngoing(film)) view.show('film')
  }

  /** As it was left: what others changed meanwhile, also in the open image, was not heard. */
  const resume = async (project: ProjectInfo | null) => {
    await Promise.all([changed(project), project ? labels.load() : undefined])
    const desk = workbench.getState()
    if (desk.image) await desk.openImage(desk.image.id, desk.ahead)
  }

  /** The stage finds out what the header did not tell: pixels that can't be decoded. */
  const markBroken = workbench.subscribe(({ image }, before) => {
    const known = image && image !== before.image ? images.find(image.id) : null
    if (image && known && known.problem !== image.problem)
      images.apply([{ ...known, problem: image.problem }])
  })

  /** What was opened elsewhere while a folder did not open was passed over. */
  const catchUp = async () => {
    const { project } = await client.call('project.current', {})
    if (project?.file !== store.getState().project?.file) await show(project)
  }

  const stops = [
    markBroken,
    heedSettings,
    rememberLook(workbench, memory),
    hidden.stop,
    labels.store.subscribe(() => workbench.getState().labelsChanged()),
    client.on('project.changed', ({ project }) => attempt(changed(project))),
    client.on('project.held', ({ held }) => store.setState({ held })),
    client.on('project.refused', ({ damage }) => store.setState({ damage })),
    client.on('project.outside', ({ project }) => attempt(outside(project))),
    client.on('images.changed', (changed) => images.apply(changed.images)),
    client.on('edit.applied', ({ diff }) => {
      labels.apply(diff)
      images.edited()
      const { imageId } = navigation.store.getState()
      if (imageId !== null && imagesOfDiff(diff).includes(imageId)) images.foresee()
      counts.apply(diff)
      // Something was stored: there is room again.
      forgetErrors(/disk is full/i)
    }),
    client.on('settings.changed', (settings) => store.setState({ settings })),
    client.on('inference.changed', (inference) => store.setState({ inference })),
    client.on('notice', showNotice),
  ]

  return {
    client,
    memory,
    urls,
    store,
    images,
    counts,
    savedFilters: createSavedFilters(memory),
    tags: createTags(client),
    labels,
    classOffer: createClassOffer({ client, labels, memory }),
    navigation,
    view,
    levels,
    workbench,
    panelsStore: createPanelsStore(workbench),
    reviewQueue,
    follow: createFollow({ client, images, navigation, workbench, work, allStored: objectsStored }),
    clipboard: createObjectClipboard({ client, workbench, labels, images, navigation }),
    work,
    models,
    beside,
    async start() {
      const [info, settings, { project }, inference] = await Promise.all([
        client.call('app.info', {}),
        client.call('settings.get', {}),
        client.call('project.current', {}),
        client.call('inference.status', {}),
      ])
      const again = store.getState().ready
      store.setState({ info, settings, inference, ready: true, ...(again ? {} : { project }) })
      attempt(loadRecent())
      attempt(work.load().then(() => again || showFilm()))
      if (!again) await show(project)
      else await resume(project)
    },
    async openFolder(folder, takeOver = false) {
      const mine = ++openings
      await objectsStored(t('Storing the last object of this folder…'))
      if (mine !== openings) return false
      store.setState({ opening: folder, held: null })
      try {
        const project = await client.call('project.open', { folder, takeOver })
        await show(project)
        attempt(loadRecent())
        return true
      } catch (thrown) {
        attempt(catchUp())
        attempt(loadRecent())
        // A dialog of its own says what happened and what can be done.
        const isTold = thrown instanceof CodedError && (thrown.damage ?? thrown.held) !== undefined
        if (isTold) return false
        throw thrown
      } finally {
        store.setState({ opening: null })
      }
    },
    async takeBack() {
      const { project } = store.getState()
      if (project) await resume(await client.call('project.open', { folder: project.folder, takeOver: true }))
    },
    forgetHeld: () => store.setState({ held: null }),
    forgetDamage: () => store.setState({ damage: null }),
    changeSettings(change) {
      const before = store.getState().settings
      if (!before) return
      // Shown at once; the core's answer, or the old ones when it refuses, follow.
      store.setState({ settings: { ...before, ...change } })
      attempt(
        client.call('settings.set', change).then(
          (settings) => store.setState({ settings }),
          (thrown: unknown) => {
            store.setState({ settings: before })
            throw thrown
          },
        ),
      )
    },
    close() {
      for (const stop of stops) stop()
      work.close()
      reviewQueue.stop()
      models.close()
      beside.close()
      workbench.getState().close()
    },
  }
}

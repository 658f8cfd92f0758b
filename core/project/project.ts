/** The one open project: opens and closes its store, and keeps its images up to date with the folder. */
import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AppEvent, CallInput } from '../../common/contract.ts'
import type { Held } from '../../common/held.ts'
import type { Gone } from '../store/identity.ts'
import type { Repaired } from '../../common/damage.ts'
import { CodedError, hasCode, messageOf } from '../../common/errors.ts'
import type { ImageId, ImageItem, ProjectInfo } from '../../common/model.ts'
import type { MirrorState } from '../../common/contract/mirror.ts'
import { createPermits } from '../beside/permits.ts'
import { createMirror, type Mirror } from '../beside/mirror.ts'
import { createDamagedObjects, type DamagedObjects } from '../editing/damaged-objects.ts'
import { createEditing, type Editing } from '../editing/editing.ts'
import type { Format } from '../formats/format.ts'
import type { Bands } from '../../common/rendition.ts'
import { said } from '../../common/said.ts'
import { createFactsReader, type FactsReader } from '../images/facts.ts'
import type { Pictures } from '../images/pictures.ts'
import { createRefusals } from '../images/refusals.ts'
import { scanLibrary } from '../library/scan.ts'
import { changedNotice, compareChanged } from './compare-changed.ts'
import { exportSourceOf } from './export-source.ts'
import { firstLabels } from './first-labels.ts'
import { takeLease, type Lease, type LeasePorts } from './lease.ts'
import { createLost, type Lost } from './lost.ts'
import { fallbackFile, findPlace, type Place } from './place.ts'
import { nameOfFolder } from './recent.ts'
import { dropEmpty } from './drop-empty.ts'
import { describeDamage, repairFile } from './repair.ts'
import { createUnfinished, tellUnfinished, type Note, type Unfinished } from './unfinished.ts'
import { createWatcher } from './watcher.ts'
import { createBackups } from '../store/backups.ts'
import { createTasks, type Tasks } from '../tasks/tasks.ts'
import type { ReadStore } from '../store/read-store.ts'
import { openStore, type Store } from '../store/store.ts'

export interface Project {
  /** Absolute. */
  readonly folder: string
  readonly store: ReadStore
  readonly editing: Editing
  readonly damaged: DamagedObjects
  readonly facts: FactsReader
  readonly lost: Lost
  /** Says at the next opening which long work was cut off. */
  readonly unfinished: Unfinished
  /** Null where nothing is ever written beside photos. */
  readonly mirror: Mirror | null
  readonly tasks: Tasks
  info(): ProjectInfo
  /** Shows these bands of all pictures with so many; null: the first three again. No edit: undo knows nothing of it. */
  showBands(bands: number, shown: Bands | null): void
  /** Resolves when the scan that opening started has ended; rejects when the folder could not be read. */
  scanned(): Promise<void>
  readonly closed: boolean
  /**
   * Waits for the running scan; what is written is on the disk already, and copied if its file is lost.
   * @param dropsEmpty a project that this opening has made goes again when nothing was done in it
   */
  close(dropsEmpty?: boolean): Promise<void>
}

/** @throws CodedError not-found */
export const imageOf = ({ store }: Project, imageId: ImageId): ImageItem => {
  const item = store.images.get(imageId)
  if (item === null) throw new CodedError('not-found', said('This image is not in the project.'))
  return item
}

/** Of a picture that is shown in another way, or of what an edit changed. */
const IMAGES_PER_EVENT = 500

/** A folder that is known already is shown after this, ms, even when its scan takes longer (a slow network drive). */
const PATIENCE = 3000

const checkFolder = (folder: string): void => {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined)
    throw new CodedError(
      'not-found',
      said('There is no folder {folder}. It was moved, or its drive is not connected.', { folder }),
    )
  if (!stats.isDirectory())
    throw new CodedError('not-found', said('{folder} is a file, not a folder.', { folder }))
}

const isNew = (store: Store): boolean => store.project.get('created-at') === null

const unfinishedNote = (store: Store): Note => ({
  get: () => store.project.get('unfinished'),
  set: (text) => store.transact(() => store.project.set('unfinished', text)),
})

/** @returns what to tell of the names of its classes */
const fillNew = (store: Store, folder: string, version: string): readonly string[] =>
  store.transact(() => {
    if (!isNew(store)) return []
    store.project.set('created-at', new Date().toISOString())
    store.project.set('created-in', version)
    const { labels, notes } = firstLabels(folder)
    for (const label of labels) store.labels.insert(label)
    return notes
  })

const explainScan = (thrown: unknown, folder: string): unknown =>
  thrown instanceof CodedError
    ? thrown
    : new CodedError(
        'not-found',
        said("The folder {folder} can't be read. Check its permissions.", { folder }),
        {
          cause: thrown,
        },
      )

export interface ProjectOptions {
  readonly folder: string
  readonly dataFolder: string
  readonly version: string
  readonly emit: (event: AppEvent) => void
  /** The project that this process has open, which may be the same one. */
  readonly current?: Pick<ProjectInfo, 'file' | 'notice'> | null
  /** The name that edits are kept under; without it they have none. */
  readonly author?: () => string
  /** See CorePorts. */
  readonly scratchFolder?: string | undefined
  readonly isScratchOnly?: boolean | undefined
  /** Of a project on a network drive; tests answer for the system. */
  readonly lease?: LeasePorts | undefined
  /** From whoever has it open on another computer. */
  readonly takeOver?: boolean | undefined
  /** The project is made now. */
  readonly onFresh?: () => void
  /** What the mirror of a project needs, where it can have one. */
  readonly mirror?: MirrorParts | undefined
}

export interface MirrorParts {
  readonly formats: readonly Format[]
  readonly pictures: Pick<Pictures, 'thumbnail' | 'copy'>
  /** Opening looks at every photo, and writes what the last time did not come to. */
  readonly catchesUp: boolean
}

const openAt = (folder: string, { file }: Place, isOpen: boolean): Store => {
  try {
    return openStore(file, isOpen)
  } catch (thrown) {
    if (!hasCode(thrown, 'damaged-project')) throw thrown
    const reason = messageOf(thrown)
    throw new CodedError('damaged-project', reason, {
      cause: thrown,
      damage: describeDamage(folder, file, reason),
    })
  }
}

/**
 * Repairs the project file of a folder that can't be opened; see `repairFile`.
 * @throws CodedError what `repairFile` throws, not-found when there is no such folder
 */
export const repairProject = (
  { folder, from, backup }: CallInput<'project.repair'>,
  dataFolder: string,
): Repaired => {
  const absolute = resolve(folder)
  checkFolder(absolute)
  return repairFile(findPlace(absolute, dataFolder).file, from, backup)
}

/**
 * Opens the project of a folder, making it when there is none. Resolves when its images are listed; a known folder on a
 * slow drive is listed as it was, and events tell what the scan finds.
 * @throws CodedError not-found, not-writable, damaged-project, newer-project, held, disk-full
 */
export const openProject = async (options: ProjectOptions): Promise<Project> => {
  const folder = resolve(options.folder)
  checkFolder(folder)
  const current = options.current ?? null
  const place = findPlace(folder, options.dataFolder, current, options.scratchFolder, options.isScratchOnly)
  const user = options.author?.() ?? ''
  const lease = await takeLease(dirname(place.file), folder, user, options.takeOver === true, options.lease)
  let store: Store
  try {
    store = openAt(folder, place, place.file === current?.file && existsSync(place.file))
  } catch (thrown) {
    lease?.release()
    throw thrown
  }
  let project: Project | undefined
  try {
    const isMade = isNew(store)
    if (isMade) options.onFresh?.()
    const notes = fillNew(store, folder, options.version)
    project = createProject({ ...options, folder }, place, store, lease, isMade)
    const listed = project.scanned().then(() => true)
    const isKnown = store.images.count() > 0
    const isListed = isKnown
      ? await Promise.race([listed, setTimeout(PATIENCE, false, { ref: false })])
      : await listed
    if (!isListed) tellLater(project, options.emit)
    const cutOff = tellUnfinished(unfinishedNote(store))
    if (cutOff !== null) options.emit({ name: 'notice', payload: { level: 'warning', message: cutOff } })
    for (const note of notes)
      options.emit({ name: 'notice', payload: { level: 'warning', message: `classes.txt: ${note}` } })
    if (store.copy !== null)
      options.emit({
        name: 'notice',
        payload: {
          level: 'info',
          message: said('The project was updated; the old file was kept as {copy}.', { copy: store.copy }),
        },
      })
    return project
  } catch (thrown) {
    if (project === undefined) {
      store.close()
      lease?.release()
    } else await project.close(true)
    throw thrown
  }
}

/** What a scan finds that was not waited for. */
const tellLater = (project: Project, emit: ProjectOptions['emit']): void => {
  project.scanned().then(
    () => {
      if (!project.closed) emit({ name: 'project.changed', payload: { project: project.info() } })
    },
    (thrown: unknown) => {
      const message = messageOf(thrown)
      if (!project.closed) emit({ name: 'notice', payload: { level: 'error', message } })
    },
  )
}

const takenFrom = (path: string, held: Held | null): Gone | null =>
  held === null
    ? null
    : {
        why: 'taken',
        path,
        by: said('{user} has taken over this project on {host}', {
          user: held.user || said('Somebody'),
          host: held.host || said('another computer'),
        }),
      }

const createProject = (
  { folder, dataFolder, emit: tell, author, version, mirror: mirrorParts }: ProjectOptions,
  place: Place,
  store: Store,
  lease: Lease | null,
  isMade: boolean,
): Project => {
  const backups = createBackups({
    store,
    isEmpty: () => lost.state() !== null || store.annotations.count() === 0,
    warn: (message) => tell({ name: 'notice', payload: { level: 'warning', message } }),
  })
  const emit = (event: AppEvent) => {
    tell(event)
    if (event.name === 'edit.applied') backups.touch()
  }
  backups.touch()
  const tasks = createTasks(store)
  const closing = new AbortController()
  const info = (): ProjectInfo => ({
    folder,
    name: nameOfFolder(folder),
    file: place.file,
    notice: place.notice,
    imageCount: store.images.count(),
    lost: lost.state(),
    task: tasks.current(),
  })
  const lost = createLost({
    store,
    folder,
    spare: fallbackFile(folder, dataFolder),
    onChange: () => {
      if (!closing.signal.aborted) emit({ name: 'project.changed', payload: { project: info() } })
    },
  })
  const watcher = createWatcher({
    store,
    onFile: (gone) => lost.update(gone),
    onOutside: () => {
      tasks.look()
      emit({ name: 'project.outside', payload: { project: info() } })
    },
  })
  if (lease !== null) {
    store.identity.guard((fresh) => takenFrom(place.file, lease.takenBy(fresh)))
    lease.onTaken(() => void watcher.look())
  }
  const scan = async () => {
    try {
      const { notices } = await scanLibrary(store, folder, closing.signal)
      for (const message of notices) emit({ name: 'notice', payload: { level: 'warning', message } })
      tasks.look()
    } catch (thrown) {
      throw explainScan(thrown, folder)
    }
  }
  const running = scan()
  // Whoever opened the project may have stopped waiting; openProject tells of a late failure.
  running.catch(() => undefined)
  const facts = createFactsReader(folder, store, createRefusals(dataFolder), (images) =>
    emit({ name: 'images.changed', payload: { images } }),
  )
  // What can't be compared now is compared when it is opened or exported.
  const compared = running
    .then(() => compareChanged(store, facts, closing.signal))
    .then((count) => count > 0 && emit(changedNotice(count)))
    .catch(() => undefined)
  const mirror =
    mirrorParts === undefined
      ? null
      : createMirror({
          source: exportSourceOf({ folder, store, facts }, mirrorParts.pictures, () => undefined),
          formats: mirrorParts.formats,
          version,
          notes: {
            get: (key) => store.project.get(key),
            set: (key, value) => store.transact(() => store.project.set(key, value)),
          },
          permits: createPermits(dataFolder),
          onChange: (state: MirrorState) => emit({ name: 'mirror.changed', payload: { mirror: state } }),
        })
  if (mirrorParts?.catchesUp === true)
    running.then(
      () => mirror?.catchUp(),
      () => undefined,
    )
  const applied = (event: AppEvent) => {
    emit(event)
    if (event.name !== 'edit.applied') return
    mirror?.touch(event.payload.diff)
    // An image with objects is known by its content: it is found again after a renaming, and in another project.
    const touched = new Set(event.payload.diff.annotations.added.map(({ imageId }) => imageId))
    for (const imageId of touched)
      if (store.pictures.current(imageId)?.contentHash === null) facts.hashLater(imageId)
  }
  return {
    folder,
    store,
    editing: createEditing(store, applied, author, () => facts.store()),
    damaged: createDamagedObjects(store, emit),
    facts,
    lost,
    unfinished: createUnfinished(unfinishedNote(store)),
    mirror,
    tasks,
    info,
    showBands(bands, shown) {
      // What was just read of a file may be the number of its bands.
      facts.store()
      store.transact(() => store.bands.set(bands, shown))
      const ids = store.images.ofBands(bands)
      for (let start = 0; start < ids.length; start += IMAGES_PER_EVENT)
        emit({
          name: 'images.changed',
          payload: { images: store.images.getMany(ids.slice(start, start + IMAGES_PER_EVENT)) },
        })
    },
    scanned: () => running,
    get closed() {
      return closing.signal.aborted
    },
    async close(dropsEmpty = false) {
      await mirror?.close()
      closing.abort()
      watcher.close()
      facts.close()
      await Promise.all([running.catch(() => undefined), compared, backups.stop()])
      await lost.close()
      const isEmpty = dropsEmpty && isMade && !lost.isLost() && !store.edits.hasAny()
      store.close()
      lease?.release()
      if (isEmpty) dropEmpty(place.file)
    },
  }
}

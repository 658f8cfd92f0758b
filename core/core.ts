/**
 * Composes the core from the ports that a shell supplies: one handler a call, events to whoever listens, images by id.
 * Owns no state but the listeners.
 */
import { said } from '../common/said.ts'
import { join } from 'node:path'
import type { AppEvent } from '../common/contract.ts'
import type { ImageId } from '../common/model.ts'
import { versionOf } from '../common/picture-version.ts'
import { renditionOf, type Rendition } from '../common/rendition.ts'
import { createDispatch, type Dispatch } from '../common/rpc.ts'
import { createEvents } from './events.ts'
import { createDrafts } from './film/drafts.ts'
import { createGrants } from './grants.ts'
import { createHandlers } from './handlers/handlers.ts'
import { imageFileOf } from './images/image-file.ts'
import { createPictures, type EncodedPicture } from './images/pictures.ts'
import { createInference } from './inference/client/client.ts'
import { tryModel } from './inference/client/try-model.ts'
import { describeMachine } from './inference/client/provider-memory.ts'
import { describeComputer } from './inference/client/machine.ts'
import { createModelInstall } from './model-install/model-install.ts'
import { createPageHandlers } from './page-calls.ts'
import { openPageMemory } from './page-memory.ts'
import type { CorePorts } from './ports.ts'
import { inferenceOptionsOf, openSettings } from './settings.ts'
import { imageOf } from './project/project.ts'
import { withStoreErrors } from './store-errors.ts'
import { allFormats } from './formats/all-formats.ts'
import { allWorks } from './work/all-works.ts'
import type { WorkParts } from './work/work-kind.ts'
import { createWorks } from './work/works.ts'
import { createWorkspace } from './project/workspace.ts'

export interface Core {
  /** For the shells themselves, the command line and tests. */
  readonly dispatch: Dispatch
  /** For a page: paths are followed only when it may name them; see page-calls.ts. */
  readonly dispatchForPage: Dispatch
  /** The page may name this path: the user has dropped it on the window. */
  grantToPage(path: string): void
  /** Calls back for each event; returns a function that stops it. */
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
  /**
   * Encoded bytes that Chromium shows upright.
   * @param decoded by our own decoding, whatever Chromium can show
   * @throws CodedError no-project, not-found, image-unreadable
   */
  readDisplay(imageId: ImageId, decoded?: boolean): Promise<EncodedPicture>
  /** Of what `readDisplay` and `readThumbnail` would read now; null when there is no such image. */
  pictureVersion(imageId: ImageId): string | null
  /** @throws CodedError no-project, not-found, image-unreadable */
  readThumbnail(imageId: ImageId): Promise<EncodedPicture>
  /** Cancels long work, ends the inference process and closes the project. Every commit is on the disk already. */
  /** @param dropsEmpty a project that was made here goes again when nothing was done in it */
  close(dropsEmpty?: boolean): Promise<void>
}

/** So long nothing was asked of the model before what runs it fastest is measured, ms. */
const QUIET_MS = 60_000

export const createCore = (ports: CorePorts): Core => {
  const { dataFolder, version, modelFolders } = ports
  const { emit, subscribe, repeatEarly } = createEvents()
  const settings = openSettings(dataFolder, (message) =>
    emit({ name: 'notice', payload: { level: 'warning', message } }),
  )
  const pictures = createPictures({ dataFolder, startProcess: () => ports.startDecoderProcess() })
  const formats = ports.formats ?? allFormats
  const workspace = createWorkspace({
    dataFolder,
    version,
    emit,
    author: () => settings.get().author,
    scratchFolder: ports.scratchFolder,
    isScratchOnly: ports.isScratchOnly,
    lease: ports.lease,
    // Its list wants thumbnails at once, and a terminal has none.
    mirror: { formats, pictures, catchesUp: ports.shell !== 'cli' },
    onFresh: () => ports.shell !== 'cli' && pictures.warm(),
  })
  const staysOpen = ports.shell === 'electron' || ports.shell === 'web'
  const inference = createInference({
    startProcess: () => ports.startInferenceProcess(),
    modelFolders,
    dataFolder,
    describeMachine: () => describeMachine(version),
    measureAfterMs: staysOpen ? QUIET_MS : null,
    crew: { givesWay: staysOpen, describeComputer: ports.describeComputer ?? describeComputer },
    options: {
      ...inferenceOptionsOf(settings.get()),
      ...(ports.server !== undefined && { server: ports.server }),
    },
  })
  inference.onStatus((status) => emit({ name: 'inference.changed', payload: status }))
  const modelInstall = createModelInstall({
    catalogueFolders: modelFolders,
    modelFolder: join(dataFolder, 'models'),
    installed: () => inference.models(),
    inUse: () => inference.status().modelId,
    tryModel: (choice, signal) =>
      tryModel(() => ports.startInferenceProcess(), choice, join(dataFolder, 'embeddings'), signal),
    onChange: (models) => emit({ name: 'models.changed', payload: { models } }),
    warn: (message) => emit({ name: 'notice', payload: { level: 'warning', message } }),
  })
  const drafts = createDrafts(dataFolder)
  void drafts.sweep()
  let lastExport: string | null = null
  const parts: WorkParts = {
    project: () => workspace.project(),
    inference,
    pictures,
    polygonOptions() {
      const { tolerance, minArea, minShare } = settings.get()
      return { tolerance, minArea, minShare }
    },
    keepMasks: () => settings.get().keepMasks,
    followLimits() {
      const { followDoubt, followStop } = settings.get()
      return { doubt: followDoubt, stop: followStop }
    },
    embeddingBytes: () => settings.get().embeddingBytes,
    modelInstall,
    async measureInstalled(modelId, signal) {
      if (staysOpen) await inference.measure(modelId, signal).catch(() => null)
    },
    // The chosen model was missing or damaged; now it may be there.
    onModelInstalled: () => inference.use(inferenceOptionsOf(settings.get())),
    formats,
    onExported: (out) => (lastExport = out),
    ffmpeg: ports.ffmpeg ?? 'ffmpeg',
    drafts,
    version,
    dataFolder,
  }
  const works = createWorks(
    (ports.works ?? allWorks).map((createWork) => createWork(parts)),
    (work) => emit({ name: 'work.changed', payload: { work } }),
  )
  /** What can't be read is the image's problem from then on: the list and the stage say so. */
  const readPicture = async <T>(
    imageId: ImageId,
    read: (file: string, rendition: Rendition | null) => Promise<T>,
  ): Promise<T> => {
    const project = workspace.project()
    const image = imageOf(project, imageId)
    try {
      return await read(await imageFileOf(project.folder, image.path), renditionOf(image))
    } catch (thrown) {
      // Another folder may have been opened meanwhile.
      if (image.problem === null) await project.facts.recheck(imageId).catch(() => undefined)
      throw thrown
    }
  }

  const handlers = withStoreErrors(
    createHandlers({
      ports,
      settings,
      memory: openPageMemory(dataFolder),
      workspace,
      inference,
      modelInstall,
      works,
      formats: parts.formats,
      lastExport: () => lastExport,
      emit,
      readCrops: (imageId, windows) =>
        readPicture(imageId, (file, rendition) => pictures.crops(file, windows, rendition)),
      readTones: (imageId) => readPicture(imageId, (file, rendition) => pictures.tones(file, rendition)),
    }),
    () => workspace.info()?.file ?? said('The project file'),
  )
  const grants = createGrants()
  const dispatchForPage = createDispatch(createPageHandlers(handlers, ports, workspace, grants))
  return {
    dispatch: createDispatch(handlers),
    dispatchForPage: async (name, input) => {
      const reply = await dispatchForPage(name, input)
      // The page asks this once it listens.
      if (name === 'app.info') repeatEarly()
      return reply
    },
    grantToPage: (path) => grants.give(path),
    subscribe,
    pictureVersion: (imageId) => {
      const info = workspace.info()
      const image = info && workspace.project().store.images.get(imageId)
      return image ? versionOf(info, image) : null
    },
    readDisplay: (imageId, decoded) =>
      readPicture(imageId, (file, rendition) => pictures.display(file, rendition, decoded)),
    readThumbnail: (imageId) =>
      readPicture(imageId, (file, rendition) => pictures.thumbnail(file, rendition)),
    async close(dropsEmpty) {
      const ended = works.end()
      await inference.close()
      await ended
      pictures.close()
      await workspace.close(dropsEmpty)
    },
  }
}

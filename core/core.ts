/**
 * Composes the core from the ports that a shell supplies: one handler a call, events to whoever listens, images by id.
 * Owns no state but the listeners.
 */
import { join } from 'node:path'
import type { AppEvent } from '../common/contract.ts'
import type { ImageId } from '../common/model.ts'
import { versionOf } from '../common/picture-version.ts'
import { createDispatch, type Dispatch } from '../common/rpc.ts'
import { createAutolabel } from './autolabel.ts'
import { createEvents } from './events.ts'
import { createEverything } from './everything.ts'
import { createExporting } from './exporting.ts'
import { createHandlers } from './handlers.ts'
import { readPicture, type DisplayPicture } from './images/display.ts'
import { imageFileOf } from './images/image-file.ts'
import { createThumbnails } from './images/thumbnails.ts'
import { createInference } from './inference/client/client.ts'
import { tryModel } from './inference/client/try-model.ts'
import { createModelInstall } from './model-install.ts'
import type { CorePorts } from './ports.ts'
import { createPrepare } from './prepare.ts'
import { inferenceOptionsOf, openSettings } from './settings.ts'
import { imageOf } from './project.ts'
import { withStoreErrors } from './store-errors.ts'
import { createWorkspace } from './workspace.ts'

export interface Core {
  readonly dispatch: Dispatch
  /** Calls back for each event; returns a function that stops it. */
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
  /** Encoded bytes that Chromium shows upright. @throws CodedError no-project, not-found, image-unreadable */
  readDisplay(imageId: ImageId): Promise<DisplayPicture>
  /** Of what `readDisplay` and `readThumbnail` would read now; null when there is no such image. */
  pictureVersion(imageId: ImageId): string | null
  /** @throws CodedError no-project, not-found, image-unreadable */
  readThumbnail(imageId: ImageId): Promise<DisplayPicture>
  /** Ends a running export and the inference process and closes the project. Every commit is on the disk already. */
  close(): Promise<void>
}

export const createCore = (ports: CorePorts): Core => {
  const { dataFolder, version, modelFolders } = ports
  const { emit, subscribe, repeatEarly } = createEvents()
  const settings = openSettings(dataFolder, (message) =>
    emit({ name: 'notice', payload: { level: 'warning', message } }),
  )
  const workspace = createWorkspace({ dataFolder, version, emit })
  const inference = createInference({
    startProcess: () => ports.startInferenceProcess(),
    modelFolders,
    dataFolder,
    options: inferenceOptionsOf(settings.get()),
  })
  inference.onStatus((status) => emit({ name: 'inference.changed', payload: status }))
  const modelInstall = createModelInstall({
    catalogueFolders: modelFolders,
    modelFolder: join(dataFolder, 'models'),
    installed: () => inference.models(),
    inUse: () => inference.status().modelId,
    tryModel: (choice, signal) =>
      tryModel(() => ports.startInferenceProcess(), choice, join(dataFolder, 'embeddings'), signal),
    onChange: (models, installing) => emit({ name: 'models.changed', payload: { models, installing } }),
    warn: (message) => emit({ name: 'notice', payload: { level: 'warning', message } }),
  })
  const exporting = createExporting(
    () => workspace.project(),
    (progress) => emit({ name: 'transfer.progress', payload: progress }),
    version,
  )
  const polygonOptions = () => {
    const { tolerance, minArea } = settings.get()
    return { tolerance, minArea }
  }
  const onProject = { project: () => workspace.project(), inference, polygonOptions }
  const prepare = createPrepare({
    ...onProject,
    embeddingBytes: () => settings.get().embeddingBytes,
    tell: (progress) => emit({ name: 'prepare.changed', payload: progress }),
  })
  const autolabel = createAutolabel({
    ...onProject,
    tell: (progress) => emit({ name: 'boxes.changed', payload: progress }),
  })
  const everything = createEverything({
    ...onProject,
    tell: (told) => emit({ name: 'everything.changed', payload: told }),
  })
  const many = { prepare, autolabel, everything }
  const thumbnails = createThumbnails(dataFolder)
  const fileOfImage = (imageId: ImageId): Promise<string> => {
    const project = workspace.project()
    return imageFileOf(project.folder, imageOf(project, imageId).path)
  }

  const handlers = withStoreErrors(
    createHandlers({ ports, settings, workspace, inference, modelInstall, exporting, emit, ...many }),
    () => workspace.info()?.file ?? 'The project file',
  )
  const dispatch = createDispatch(handlers)
  return {
    dispatch: async (name, input) => {
      const reply = await dispatch(name, input)
      // The page asks this once it listens.
      if (name === 'app.info') repeatEarly()
      return reply
    },
    subscribe,
    pictureVersion: (imageId) => {
      const info = workspace.info()
      const image = info && workspace.project().store.images.get(imageId)
      return image ? versionOf(info, image) : null
    },
    readDisplay: async (imageId) => readPicture(await fileOfImage(imageId)),
    readThumbnail: async (imageId) => thumbnails.read(await fileOfImage(imageId)),
    async close() {
      await modelInstall.end()
      await exporting.end()
      const ends = [prepare.end(), autolabel.end(), everything.end()]
      await inference.close()
      await Promise.all(ends)
      await workspace.close()
    },
  }
}

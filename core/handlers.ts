/** One handler a call of the contract: looks up what is asked, leaves the work to the part that owns it. */
import { dirname, isAbsolute, resolve } from 'node:path'
import type { AppEvent } from '../common/contract.ts'
import { CodedError } from '../common/errors.ts'
import type { ImageId, ImageItem } from '../common/model.ts'
import type { Handlers } from '../common/rpc.ts'
import type { Autolabel } from './autolabel.ts'
import type { Everything } from './everything.ts'
import type { Exporting } from './exporting.ts'
import { isDirectory, listFolders } from './folders.ts'
import { inferenceImageOf, type Inference, type InferenceImage } from './inference/inference.ts'
import { createModelHandlers } from './model-handlers.ts'
import type { ModelInstall } from './model-install.ts'
import type { CorePorts } from './ports.ts'
import type { Prepare } from './prepare.ts'
import type { Project } from './project.ts'
import { createOffers } from './inference/offers.ts'
import { inferenceOptionsOf, type SettingsFile } from './settings.ts'
import type { Workspace } from './workspace.ts'

export interface Parts {
  readonly ports: CorePorts
  readonly settings: SettingsFile
  readonly workspace: Workspace
  readonly inference: Inference
  readonly modelInstall: ModelInstall
  readonly exporting: Exporting
  readonly prepare: Prepare
  readonly autolabel: Autolabel
  readonly everything: Everything
  readonly emit: (event: AppEvent) => void
}

type Of<Name extends string> = Pick<Handlers, Extract<keyof Handlers, `${Name}.${string}`>>

/** @throws CodedError not-found */
export const imageOf = ({ store }: Project, imageId: ImageId): ImageItem => {
  const item = store.images.get(imageId)
  if (item === null) throw new CodedError('not-found', 'This image is not in the project.')
  return item
}

const knownImageOf = (project: Project, imageId: ImageId): InferenceImage =>
  inferenceImageOf(project.folder, imageOf(project, imageId))

const appHandlers = ({ ports, settings, inference, emit }: Parts): Of<'app'> & Of<'settings'> => ({
  'app.info': async () => ({
    version: ports.version,
    shell: ports.shell,
    nativeDialog: ports.dialogs !== undefined,
    dataFolder: ports.dataFolder,
    models: await inference.models(),
    providers: await inference.providers(),
  }),
  'settings.get': () => settings.get(),
  'settings.set': (change) => {
    const before = JSON.stringify(inferenceOptionsOf(settings.get()))
    const now = settings.set(change)
    // A model that is picked again may be there by now.
    if (change.modelId !== undefined || JSON.stringify(inferenceOptionsOf(now)) !== before)
      inference.use(inferenceOptionsOf(now))
    emit({ name: 'settings.changed', payload: now })
    return now
  },
})

const dialogsOf = ({ dialogs }: CorePorts) => {
  if (dialogs !== undefined) return dialogs
  throw new CodedError('not-found', 'There is no dialog of the system here. Type the whole path.')
}

const folderHandlers = ({
  ports,
  workspace,
  inference,
  exporting,
  prepare,
  autolabel,
  everything,
}: Parts): Of<'folders'> & Of<'files'> & Of<'project'> => ({
  'folders.choose': async ({ title }) => ({ folder: await dialogsOf(ports).chooseFolder(title) }),
  'files.choose': async ({ title, kind, extensions }) => ({
    file: await dialogsOf(ports).chooseFile(title, kind, extensions),
  }),
  'folders.list': ({ folder }) => listFolders(folder),
  'folders.reveal': async ({ folder }) => {
    if (ports.revealFolder === undefined) return { done: false }
    const info = workspace.info()
    const ours = [ports.dataFolder, exporting.lastOut(), info?.folder, info && dirname(info.file)]
    if (!isAbsolute(folder) || !ours.includes(resolve(folder)) || !(await isDirectory(folder)))
      throw new CodedError('not-found', `${folder} is no folder that Maskwright has opened or written.`)
    await ports.revealFolder(folder)
    return { done: true }
  },
  'project.open': async ({ folder }) => {
    if (exporting.isRunning())
      throw new CodedError(
        'conflict',
        'An export is running. Wait for its end, or cancel it, to open a folder.',
      )
    const info = await workspace.open(folder, () => {
      for (const work of [prepare, autolabel, everything]) work.cancel()
    })
    inference.focus(null, [])
    return info
  },
  'project.current': () => ({ project: workspace.info() }),
  'project.recent': () => ({ recent: workspace.recent() }),
})

const imageHandlers = ({ workspace, emit }: Parts): Of<'images'> => ({
  'images.list': ({ offset, limit, filter }) => {
    const { images } = workspace.project().store
    return { total: images.total(filter), items: images.page(filter, offset, limit) }
  },
  'images.locate': ({ imageId, filter }) => ({
    index: workspace.project().store.images.locate(imageId, filter),
    before: workspace.project().store.images.before(imageId, filter),
  }),
  'images.open': async ({ imageId }) => {
    const { store, editing, facts } = workspace.project()
    const image = await facts.refresh(imageId)
    if (image.contentHash === null && image.problem === null) facts.hashLater(imageId)
    return {
      image,
      annotations: store.annotations.ofImage(imageId),
      canUndo: editing.canUndo(imageId),
      canRedo: editing.canRedo(imageId),
    }
  },
  'images.setStatus': ({ imageId, status }) => {
    const project = workspace.project()
    imageOf(project, imageId)
    project.store.transact(() => project.store.images.setStatus(imageId, status))
    const image = imageOf(project, imageId)
    emit({ name: 'images.changed', payload: { images: [image] } })
    return { image }
  },
})

const editHandlers = ({ workspace }: Parts): Of<'labels'> & Of<'edit'> => ({
  'labels.list': () => ({ labels: workspace.project().store.labels.list() }),
  'labels.usage': ({ labelId }) => {
    const { store } = workspace.project()
    if (store.labels.get(labelId) === null)
      throw new CodedError('not-found', 'This class does not exist any more.')
    return store.annotations.usage(labelId)
  },
  'labels.delete': ({ labelId }) => workspace.project().editing.deleteLabel(labelId),
  'edit.commit': ({ diff }) => {
    workspace.project().editing.commit(diff)
    return {}
  },
  'edit.undo': ({ imageId }) => ({ done: workspace.project().editing.undo(imageId) }),
  'edit.redo': ({ imageId }) => ({ done: workspace.project().editing.redo(imageId) }),
})

const inferenceHandlers = ({ workspace, inference }: Parts): Of<'inference'> => {
  const offers = createOffers(inference)
  return {
    'inference.focus': ({ imageId, ahead }) => {
      if (imageId === null && ahead.length === 0) {
        inference.focus(null, [])
        return {}
      }
      const project = workspace.project()
      const known = ahead.filter((id) => project.store.images.get(id) !== null)
      inference.focus(
        imageId === null ? null : knownImageOf(project, imageId),
        known.map((id) => knownImageOf(project, id)),
      )
      return {}
    },
    'inference.status': () => inference.status(),
    'inference.segment': (request) =>
      offers.segment(knownImageOf(workspace.project(), request.imageId), request),
    'inference.alternatives': (asked) =>
      offers.alternatives(knownImageOf(workspace.project(), asked.imageId), asked),
  }
}

const transferHandlers = ({ exporting }: Parts): Of<'transfer'> => ({
  'transfer.export': (request) => exporting.run(request),
  'transfer.cancel': () => {
    exporting.cancel()
    return {}
  },
})

const prepareHandlers = ({ prepare }: Parts): Of<'prepare'> => ({
  'prepare.start': () => {
    prepare.start()
    return {}
  },
  'prepare.pause': () => {
    prepare.pause()
    return {}
  },
  'prepare.resume': () => {
    prepare.resume()
    return {}
  },
  'prepare.cancel': () => {
    prepare.cancel()
    return {}
  },
  'prepare.status': () => prepare.progress(),
})

const manyHandlers = ({ autolabel, everything }: Parts): Of<'boxes'> & Of<'everything'> => ({
  'boxes.start': async (request) => {
    await autolabel.start(request)
    return {}
  },
  'boxes.cancel': () => {
    autolabel.cancel()
    return {}
  },
  'boxes.status': () => autolabel.progress(),
  'everything.start': (request) => {
    everything.start(request)
    return {}
  },
  'everything.cancel': () => {
    everything.cancel()
    return {}
  },
})

export const createHandlers = (parts: Parts): Handlers => ({
  ...appHandlers(parts),
  ...folderHandlers(parts),
  ...imageHandlers(parts),
  ...editHandlers(parts),
  ...inferenceHandlers(parts),
  ...createModelHandlers(parts),
  ...transferHandlers(parts),
  ...prepareHandlers(parts),
  ...manyHandlers(parts),
})

/** Calls about folders and the open project. */
import { dirname, isAbsolute, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { isDirectory, listFolders } from '../folders.ts'
import type { CorePorts } from '../ports.ts'
import type { Of, Parts } from './parts.ts'

const dialogsOf = ({ dialogs }: CorePorts) => {
  if (dialogs !== undefined) return dialogs
  throw new CodedError('not-found', 'There is no dialog of the system here. Type the whole path.')
}

/** @throws CodedError conflict */
const checkNoExport = (exporting: Parts['exporting']) => {
  if (exporting.isRunning())
    throw new CodedError(
      'conflict',
      'An export is running. Wait for its end, or cancel it, to open a folder.',
    )
}

const cancelAll = (works: readonly { cancel(): void }[]) => {
  for (const work of works) work.cancel()
}

export const folderHandlers = ({
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
    const refused = workspace.refused()
    const projects = [info, refused].flatMap((one) => (one === null ? [] : [one.folder, dirname(one.file)]))
    const ours = [ports.dataFolder, exporting.lastOut(), ...projects]
    if (!isAbsolute(folder) || !ours.includes(resolve(folder)) || !(await isDirectory(folder)))
      throw new CodedError('not-found', `${folder} is no folder that Maskwright has opened or written.`)
    await ports.revealFolder(folder)
    return { done: true }
  },
  'project.open': async ({ folder }) => {
    checkNoExport(exporting)
    const info = await workspace.open(folder, () => cancelAll([prepare, autolabel, everything]))
    inference.focus(null, [])
    return info
  },
  'project.rescue': async (choice) => {
    checkNoExport(exporting)
    return { file: await workspace.rescue(choice, () => cancelAll([prepare, autolabel, everything])) }
  },
  'project.repair': (request) => workspace.repair(request),
  'project.current': () => ({ project: workspace.info() }),
  'project.recent': () => ({ recent: workspace.recent() }),
})

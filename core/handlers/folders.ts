/** Calls about folders and the open project. */
import { dirname, isAbsolute, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isDirectory, listFolders } from '../library/folders.ts'
import type { CorePorts } from '../ports.ts'
import { placeSample } from '../sample.ts'
import type { Of, Parts } from './parts.ts'

const dialogsOf = ({ dialogs }: CorePorts) => {
  if (dialogs !== undefined) return dialogs
  throw new CodedError('not-found', said('There is no dialog of the system here. Type the whole path.'))
}

/** @throws CodedError conflict while work holds the open folder */
const checkNotHeld = (works: Parts['works']) => {
  const held = works.holdsFolder()
  if (held !== null) throw new CodedError('conflict', held)
}

export const folderHandlers = ({
  ports,
  workspace,
  inference,
  works,
  lastExport,
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
    const ours = [ports.dataFolder, lastExport(), ...projects]
    if (!isAbsolute(folder) || !ours.includes(resolve(folder)) || !(await isDirectory(folder)))
      throw new CodedError(
        'not-found',
        said('{folder} is no folder that Maskwright has opened or written.', { folder }),
      )
    await ports.revealFolder(folder)
    return { done: true }
  },
  'project.open': async ({ folder, takeOver }) => {
    checkNotHeld(works)
    const info = await workspace.open(folder, () => works.leaveFolder(), takeOver)
    inference.focus(null, [])
    return info
  },
  'project.rescue': async (choice) => {
    checkNotHeld(works)
    return { file: await workspace.rescue(choice, () => works.leaveFolder()) }
  },
  'project.repair': (request) => workspace.repair(request),
  'project.sample': async () => ({ folder: await placeSample(ports.sampleFolder, ports.dataFolder) }),
  'project.current': () => ({ project: workspace.info() }),
  'project.recent': () => ({ recent: workspace.recent(), notOpened: workspace.notOpened() }),
})

/** Which project is open: one at a time. The next one is opened before the one before is closed. */
import { resolve } from 'node:path'
import type { AppEvent, CallInput } from '../../common/contract.ts'
import type { Damage, Repaired } from '../../common/damage.ts'
import { CodedError, messageOf } from '../../common/errors.ts'
import type { ProjectInfo } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { LeasePorts } from './lease.ts'
import { openProject, repairProject, type MirrorParts, type Project } from './project.ts'
import { openRecentFolders, type RecentFolder } from './recent.ts'

export interface Workspace {
  /** @throws CodedError no-project */
  project(): Project
  info(): ProjectInfo | null
  recent(): RecentFolder[]
  /** The last folder that was to be opened and could not be, with the reason; null when one was opened since. */
  notOpened(): { folder: string; message: string } | null
  /**
   * On failure the project that is open stays open. `leave` ends the work on it, when the next one is there.
   * @throws what openProject throws
   */
  open(folder: string, leave?: () => void, takeOver?: boolean): Promise<ProjectInfo>
  /**
   * Writes a project that has lost its file anew, and opens it from there. `leave` as in `open`.
   * @returns the file that was written
   * @throws CodedError no-project, conflict when its file is where it belongs, not-found, disk-full, not-writable
   */
  rescue(choice: CallInput<'project.rescue'>, leave?: () => void): Promise<string>
  /**
   * Repairs the project file of a folder that is not open; the folder is not opened.
   * @throws CodedError conflict when it is open; what repairProject throws
   */
  repair(request: CallInput<'project.repair'>): Promise<Repaired>
  /** The folder of the last project file that was refused, to be shown in the file manager. */
  refused(): Damage | null
  /** @param dropsEmpty as `Project.close` */
  close(dropsEmpty?: boolean): Promise<void>
}

export interface WorkspaceOptions {
  readonly dataFolder: string
  readonly version: string
  readonly emit: (event: AppEvent) => void
  /** The name that edits are kept under; without it they have none. */
  readonly author?: () => string
  /** See CorePorts. */
  readonly scratchFolder?: string | undefined
  readonly isScratchOnly?: boolean | undefined
  /** See CorePorts. */
  readonly lease?: LeasePorts | undefined
  /** A folder that was never opened is opened: nothing of its pictures is at hand. */
  readonly onFresh?: () => void
  /** What the mirror of a project needs, where it can have one. */
  readonly mirror?: MirrorParts | undefined
}

export const createWorkspace = (options: WorkspaceOptions): Workspace => {
  const { emit } = options
  const recent = openRecentFolders(options.dataFolder)
  let current: Project | null = null
  let refused: Damage | null = null
  let notOpened: ReturnType<Workspace['notOpened']> = null
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: two openings at once would leave one project open for ever. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }

  const remember = (folder: string) => {
    try {
      recent.add(folder)
    } catch (thrown) {
      // The list is a convenience; the project is open.
      const message = messageOf(thrown)
      emit({ name: 'notice', payload: { level: 'warning', message } })
    }
  }

  /** Whoever asked: the window shows what can be done. */
  const tellRefused = (thrown: unknown): never => {
    if (thrown instanceof CodedError && thrown.damage !== undefined) {
      refused = thrown.damage
      emit({ name: 'project.refused', payload: { damage: refused } })
    }
    if (thrown instanceof CodedError && thrown.held !== undefined)
      emit({ name: 'project.held', payload: { held: thrown.held } })
    throw thrown
  }

  const repair = (request: CallInput<'project.repair'>): Repaired => {
    if (current?.folder === resolve(request.folder))
      throw new CodedError('conflict', said('This folder is open: its project file is not damaged.'))
    const repaired = repairProject(request, options.dataFolder)
    if (refused?.file === repaired.file) refused = null
    return repaired
  }

  const open = async (folder: string, leave?: () => void, takeOver = false): Promise<ProjectInfo> => {
    const shown = current?.info() ?? null
    // A project that has lost its file is not the one that lies at its path.
    const known = shown?.lost === null ? shown : null
    const next = await openProject({ ...options, folder, current: known, takeOver }).catch(
      (thrown: unknown) => {
        notOpened = { folder, message: messageOf(thrown) }
        return tellRefused(thrown)
      },
    )
    notOpened = null
    leave?.()
    const before = current
    current = next
    await before?.close()
    remember(next.folder)
    const info = next.info()
    emit({ name: 'project.changed', payload: { project: info } })
    return info
  }

  const tell = (message: string) => emit({ name: 'notice', payload: { level: 'info', message } })

  const movedTo = (lost: Project['lost']): string => {
    const folder = lost.state()?.movedTo ?? null
    if (folder !== null) return folder
    throw new CodedError('conflict', said('The folder was not moved, or nothing tells where to.'))
  }

  const rescue = async (choice: CallInput<'project.rescue'>, leave?: () => void): Promise<string> => {
    const { folder, lost } = workspace.project()
    if (!lost.isLost())
      throw new CodedError(
        'conflict',
        said('The project file is where it belongs; there is nothing to rescue.'),
      )
    if (choice.to === 'elsewhere') {
      const file = await lost.writeElsewhere(choice.folder)
      tell(said('All that was stored is kept in {file}.', { file }))
      return file
    }
    const kept = choice.to === 'back' ? await lost.writeBack() : null
    if (choice.to === 'data') await lost.leaveCopy()
    const { file } = await open(choice.to === 'moved' ? movedTo(lost) : folder, leave)
    const other = kept === null ? '' : ` ${said('What was in its place is kept as {kept}.', { kept })}`
    tell(said('Work goes on in {file}; all that was stored is in it.', { file }) + other)
    return file
  }

  const workspace: Workspace = {
    project() {
      if (current === null)
        throw new CodedError('no-project', said('No folder is open. Open a folder of images first.'))
      return current
    },
    info: () => current?.info() ?? null,
    recent: () => recent.list(),
    notOpened: () => notOpened,
    open: (folder, leave, takeOver) => inTurn(() => open(folder, leave, takeOver)),
    rescue: (choice, leave) => inTurn(() => rescue(choice, leave)),
    repair: (request) => inTurn(() => Promise.resolve().then(() => repair(request))),
    refused: () => refused,
    close: (dropsEmpty) =>
      inTurn(async () => {
        const project = current
        current = null
        await project?.close(dropsEmpty)
      }),
  }
  return workspace
}

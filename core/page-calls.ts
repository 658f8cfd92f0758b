/**
 * The calls as a page may make them. A page shows what strangers made, so a path that it names is a wish and no right.
 * Where the shell has dialogs, a path is followed when the core gave it to the page (a dialog's answer, the open folder,
 * a recent one, the folder that is proposed for an export) or the user allows it in a dialog of the system. A shell
 * without dialogs has only the page to ask, so there it has to be of the right kind. The command line, the shells
 * themselves and tests call the core directly.
 */
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { filmEndings } from '../common/film.ts'
import { formatList, readableFormats } from '../common/formats.ts'
import { CodedError } from '../common/errors.ts'
import { parseServerUrl } from '../common/server-url.ts'
import type { Handlers } from '../common/rpc.ts'
import { workKinds, type WorkName, type WorkRequest } from '../common/work-kinds.ts'
import { said } from '../common/said.ts'
import { createGrants, type Grants } from './grants.ts'
import type { CorePorts } from './ports.ts'
import type { Workspace } from './project/workspace.ts'

type Purpose =
  | 'open'
  | 'rescue'
  | 'install'
  | 'export'
  | 'boxes'
  | 'import'
  | 'merge'
  | 'names'
  | 'detector'
  | 'task'
  | 'film'
  | 'frames'

const questions: Record<Purpose, string> = {
  open: said('Open this folder?'),
  rescue: said('Save the project in this folder?'),
  install: said('Install a model from this folder?'),
  export: said('Export to this folder?'),
  boxes: said('Read boxes from here?'),
  import: said('Read labels from here?'),
  merge: said('Merge the project of this folder?'),
  names: said('Read class names from this file?'),
  detector: said('Run this detector?'),
  task: said('Open this task?'),
  film: said('Read this film?'),
  frames: said('Write the frames of a film to this folder?'),
}

const SERVER_QUESTION = said('Use this server? Photos are sent to it once you choose it.')

/** How files of labels end. */
const labelEndings = readableFormats.flatMap(({ endings: of }) => of.map((ending) => `.${ending}`))

/** How files of that purpose end; null: it is a folder. */
const endings: Record<Purpose, readonly string[] | null> = {
  open: null,
  rescue: null,
  install: null,
  export: null,
  boxes: labelEndings,
  import: labelEndings,
  merge: ['.sqlite'],
  detector: ['.onnx'],
  names: ['.txt', '.names', '.yaml', '.yml', '.json'],
  task: ['.json'],
  film: filmEndings.map((ending) => `.${ending}`),
  frames: null,
}

/** A folder can't be meant. */
const filesOnly: ReadonlySet<Purpose> = new Set(['names', 'detector', 'task', 'film'])

/** A file that is there must be of a kind that can be meant; what is not there is left to the call. */
const checkKind = async (purpose: Purpose, path: string): Promise<void> => {
  const found = await stat(path).catch(() => null)
  if (found === null || (found.isDirectory() && !filesOnly.has(purpose))) return
  const allowed = endings[purpose]
  if (allowed === null) throw new CodedError('bad-input', said('{path} is no folder.', { path }))
  if (!found.isFile() || !allowed.includes(extname(path).toLowerCase()))
    throw new CodedError(
      'bad-input',
      said('{path} is not a file of that kind: its name must end in {allowed}.', {
        path,
        allowed: allowed.join(', '),
      }),
    )
}

/** Places that the core itself gave the page: it may name these without a dialog. */
const ownFolders = (workspace: Workspace): string[] => {
  const folder = workspace.info()?.folder
  const proposed = formatList.map(({ id }) => `${folder ?? ''}-${id}`)
  const recent = workspace.recent().flatMap((entry) => (entry.isThere ? [entry.folder] : []))
  // What a shell could not open is offered to be repaired or taken over.
  const refused = workspace.notOpened()
  if (refused !== null) recent.push(refused.folder)
  return folder === undefined ? recent : [...recent, folder, ...proposed]
}

type Wish = readonly [Purpose, path: string]

const ofLabels =
  (purpose: Purpose) =>
  ({
    source: { path, names },
  }: {
    readonly source: { readonly path: string; readonly names?: string | undefined }
  }): readonly Wish[] => [[purpose, path], ...(names === undefined ? [] : [['names', names] as const])]

const ofDetector = ({
  detector: { path, names },
}: {
  readonly detector: { readonly path: string; readonly names?: string | undefined }
}): readonly Wish[] => [['detector', path], ...(names === undefined ? [] : [['names', names] as const])]

/** The paths that each kind of long work is asked with. */
const wishes: { readonly [K in WorkName]: (request: WorkRequest<K>) => readonly Wish[] } = {
  prepare: () => [],
  everything: () => [],
  alike: () => [],
  follow: () => [],
  'follow-next': () => [],
  settle: () => [],
  split: () => [],
  assign: ({ out }) => (out === null ? [] : [['export', out]]),
  check: () => [],
  repair: () => [],
  doubts: () => [],
  providers: () => [],
  boxes: ofLabels('boxes'),
  detect: ofDetector,
  import: ofLabels('import'),
  'import-look': ofLabels('import'),
  merge: ({ other }) => [['merge', other]],
  'merge-look': ({ other }) => [['merge', other]],
  export: ({ out }) => [['export', out]],
  film: ({ film, out }) => [
    ['film', film],
    ['frames', out],
  ],
  'model-install': (request) => (request.from === 'folder' ? [['install', request.folder]] : []),
}

const isWorkName = (kind: string): kind is WorkName => Object.hasOwn(workKinds, kind)

/** None of what is no such work: the core refuses that itself. */
const wishesOf = (kind: string, request: unknown): readonly Wish[] => {
  if (!isWorkName(kind)) return []
  const parsed = workKinds[kind].request.safeParse(request)
  return parsed.success ? wishes[kind](parsed.data as never) : []
}

/** @param grants what the page was given, by the core or by the shell; more is added to it here */
export const createPageHandlers = (
  handlers: Handlers,
  { dialogs }: CorePorts,
  workspace: Workspace,
  grants: Grants,
): Handlers => {
  /** New folders, each beside a film that the page was given: frames are written there and shown, and nothing else. */
  const framePlaces = createGrants()
  /** @throws CodedError bad-input, cancelled */
  const allow = async (purpose: Purpose, path: string): Promise<void> => {
    await checkKind(purpose, path)
    if ((purpose === 'frames' || purpose === 'open') && framePlaces.has(path)) return
    if (dialogs === undefined || grants.has(path) || createGrants(ownFolders(workspace)).has(path)) return
    if (!(await dialogs.confirm(questions[purpose], path)))
      throw new CodedError('cancelled', said('{path} was not allowed.', { path }))
    grants.give(path)
  }
  const servers = new Set<string>()
  /** A page could tell a server of its own what it sees, or have photos sent there. @throws CodedError cancelled */
  const allowServer = async (typed: string | undefined): Promise<void> => {
    const parsed = parseServerUrl(typed ?? '')
    if (dialogs === undefined || 'fault' in parsed || servers.has(parsed.url)) return
    if (!(await dialogs.confirm(SERVER_QUESTION, parsed.url)))
      throw new CodedError('cancelled', said('{path} was not allowed.', { path: parsed.url }))
    servers.add(parsed.url)
  }
  return {
    ...handlers,
    'server.try': async (input) => {
      await allowServer(input.url)
      return handlers['server.try'](input)
    },
    'settings.set': async (input) => {
      await allowServer(input.serverUrl)
      return handlers['settings.set'](input)
    },
    'folders.choose': async (input) => {
      const chosen = await handlers['folders.choose'](input)
      if (chosen.folder !== null) grants.give(chosen.folder)
      return chosen
    },
    'files.choose': async (input) => {
      const chosen = await handlers['files.choose'](input)
      if (chosen.file !== null) grants.give(chosen.file)
      return chosen
    },
    'project.sample': async (input) => {
      const sample = await handlers['project.sample'](input)
      grants.give(sample.folder)
      return sample
    },
    'project.open': async (input) => {
      await allow('open', input.folder)
      return handlers['project.open'](input)
    },
    'project.repair': async (input) => {
      await allow('open', input.folder)
      return handlers['project.repair'](input)
    },
    'project.rescue': async (input) => {
      if (input.to === 'elsewhere') await allow('rescue', input.folder)
      return handlers['project.rescue'](input)
    },
    'import.offer': async (input) => {
      const answer = await handlers['import.offer'](input)
      if (answer.offer !== null) grants.give(answer.offer.path)
      return answer
    },
    'boxes.look': async (input) => {
      for (const [purpose, path] of wishes.boxes(input)) await allow(purpose, path)
      return handlers['boxes.look'](input)
    },
    'detect.look': async (input) => {
      for (const [purpose, path] of ofDetector(input)) await allow(purpose, path)
      return handlers['detect.look'](input)
    },
    'detect.try': async (input) => {
      for (const [purpose, path] of ofDetector(input)) await allow(purpose, path)
      return handlers['detect.try'](input)
    },
    'film.look': async (input) => {
      await allow('film', input.film)
      return handlers['film.look'](input)
    },
    'film.place': async (input) => {
      await allow('film', input.film)
      if (input.folder !== null) await allow('frames', input.folder)
      const place = await handlers['film.place'](input)
      if (place.problem === null) framePlaces.give(place.out)
      return place
    },
    'tasks.open': async (input) => {
      if (input.from === 'file') await allow('task', input.file)
      return handlers['tasks.open'](input)
    },
    'work.start': async (input) => {
      for (const [purpose, path] of wishesOf(input.kind, input.request)) await allow(purpose, path)
      return handlers['work.start'](input)
    },
  }
}

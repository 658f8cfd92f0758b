/** A project for commands: the whole core, with an inference process only for those that ask the model. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createClient, createLocalTransport, type Client } from '../common/rpc.ts'
import type { ProjectInfo } from '../common/model.ts'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
import type { CorePorts } from '../core/ports.ts'
import type { InferenceProcess } from '../core/inference/process.ts'
import type { Terminal } from './command.ts'
import { placesOf, versionOf } from './places.ts'

/** Stands where the process would be that these commands never ask: starting it would load the model. */
export const createNoProcess = (): InferenceProcess => {
  const exits: ((reason: string) => void)[] = []
  const kill = () => exits.splice(0).forEach((listener) => listener('it was never started'))
  return {
    post({ type }) {
      if (type === 'close') kill()
    },
    onMessage: () => undefined,
    onExit: (listener) => void exits.push(listener),
    kill,
  }
}

type CoreOptions = Pick<CorePorts, 'scratchFolder' | 'isScratchOnly' | 'server'> & {
  /** The command asks the model. */
  readonly withModel?: boolean
}

/** Runs `work` with a core of its own, in which no project is open yet. @throws what `work` throws */
export const withCore = async (
  terminal: Terminal,
  work: (client: Client) => Promise<void>,
  { withModel = false, scratchFolder, isScratchOnly, server }: CoreOptions = {},
): Promise<void> => {
  const core = createCore({
    scratchFolder,
    isScratchOnly,
    server,
    version: versionOf(),
    shell: 'cli',
    ...placesOf(process.env),
    startInferenceProcess: withModel ? () => forkInferenceProcess() : createNoProcess,
    startDecoderProcess: forkDecoderProcess,
  })
  let isDone = false
  try {
    const client = createClient(createLocalTransport(core.dispatch, (listener) => core.subscribe(listener)))
    client.on('notice', ({ message }) => terminal.say(message))
    let told: string | null = null
    client.on('inference.changed', ({ server, message }) => {
      if (server === 'away' && message !== null && message !== told) terminal.say(message)
      told = message
    })
    await work(client)
    isDone = true
  } finally {
    terminal.show('')
    // A command that fails leaves no empty project behind in a folder that had none.
    await core.close(!isDone)
  }
}

/**
 * Opens the folder's project, runs `work` and closes it again.
 * @throws CodedError of project.open and of `work`
 */
export const withProject = (
  folder: string,
  terminal: Terminal,
  work: (client: Client, project: ProjectInfo) => Promise<void>,
  options: CoreOptions = {},
): Promise<void> =>
  withCore(
    terminal,
    async (client) => {
      terminal.show(`Opening ${folder} ...`)
      await work(client, await client.call('project.open', { folder: resolve(folder) }))
    },
    options,
  )

/**
 * As `withProject`, of a command that only reads: a folder without a project gets none. `isNew` says that it has none.
 * @throws CodedError of project.open and of `work`
 */
export const withProjectRead = async (
  folder: string,
  terminal: Terminal,
  work: (client: Client, project: ProjectInfo & { readonly isNew: boolean }) => Promise<void>,
): Promise<void> => {
  const scratchFolder = mkdtempSync(join(tmpdir(), 'maskwright-'))
  try {
    await withProject(
      folder,
      terminal,
      (client, project) => work(client, { ...project, isNew: dirname(project.file) === scratchFolder }),
      { scratchFolder },
    )
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true, maxRetries: 3 })
  }
}

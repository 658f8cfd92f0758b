/** A project for commands: the whole core, with an inference process only for those that ask the model. */
import { resolve } from 'node:path'
import { createClient, createLocalTransport, type Client } from '../common/rpc.ts'
import type { ProjectInfo } from '../common/model.ts'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
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

/** Runs `work` with a core of its own, in which no project is open yet. @throws what `work` throws */
export const withCore = async (
  terminal: Terminal,
  work: (client: Client) => Promise<void>,
  withModel = false,
): Promise<void> => {
  const core = createCore({
    version: versionOf(),
    shell: 'cli',
    ...placesOf(process.env),
    startInferenceProcess: withModel ? () => forkInferenceProcess() : createNoProcess,
    startDecoderProcess: forkDecoderProcess,
  })
  try {
    const client = createClient(createLocalTransport(core.dispatch, (listener) => core.subscribe(listener)))
    client.on('notice', ({ message }) => terminal.say(message))
    await work(client)
  } finally {
    terminal.show('')
    await core.close()
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
  withModel = false,
): Promise<void> =>
  withCore(
    terminal,
    async (client) => {
      terminal.show(`Opening ${folder} ...`)
      await work(client, await client.call('project.open', { folder: resolve(folder) }))
    },
    withModel,
  )

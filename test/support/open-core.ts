/** The whole core, as the app composes it, with a client of it. No model is asked, unless `ports` bring one. */
import { join } from 'node:path'
import { createNoProcess } from '../../cli/project.ts'
import { createClient, createLocalTransport, type Client } from '../../common/rpc.ts'
import { createCore, type Core } from '../../core/core.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../../core/inference/client/fork.ts'
import type { CorePorts } from '../../core/ports.ts'

export interface OpenCore {
  readonly core: Core
  readonly client: Client
}

/** Ports with the bundled models, in a process of their own. */
export const withModels: Pick<CorePorts, 'modelFolders' | 'startInferenceProcess'> = {
  modelFolders: [join(import.meta.dirname, '..', '..', 'models')],
  startInferenceProcess: () => forkInferenceProcess(),
}

/** Whoever opens it closes `core`. */
export const openCore = (dataFolder: string, ports: Partial<CorePorts> = {}): OpenCore => {
  const core = createCore({
    version: '0',
    shell: 'test',
    dataFolder,
    modelFolders: [],
    startInferenceProcess: createNoProcess,
    startDecoderProcess: forkDecoderProcess,
    ...ports,
  })
  const transport = createLocalTransport(core.dispatch, (listener) => core.subscribe(listener))
  return { core, client: createClient(transport) }
}

/** The whole core, as the app composes it, in the place of a case. No model is asked, unless `ports` bring its process. */
import { createNoProcess } from '../../cli/project.ts'
import { createClient, createLocalTransport, type Client } from '../../common/rpc.ts'
import { createCore, type Core } from '../../core/core.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import type { CorePorts } from '../../core/ports.ts'
import type { Place } from './place.ts'

export interface OpenCore {
  readonly core: Core
  readonly client: Client
}

export const openCore = ({ data }: Place, ports: Partial<CorePorts> = {}): OpenCore => {
  const core = createCore({
    version: '0',
    shell: 'test',
    dataFolder: data,
    modelFolders: [],
    startInferenceProcess: createNoProcess,
    startDecoderProcess: forkDecoderProcess,
    ...ports,
  })
  const transport = createLocalTransport(core.dispatch, (listener) => core.subscribe(listener))
  return { core, client: createClient(transport) }
}

/** A core with a real model, a model server, sample photos and what goes wrong with them, behind one transport. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { AppEvent } from '../../common/contract.ts'
import { createClient } from '../../common/rpc.ts'
import { createCore } from '../../core/core.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../../core/inference/client/fork.ts'
import { catalogueOf, startModelServer } from '../support/model-server.ts'
import type { transports } from './transports.ts'

export const root = join(import.meta.dirname, '..', '..')

/** Closed with `close`, which removes all its folders. */
export const openBench = async (connect: (typeof transports)[number]['connect']) => {
  const base = mkdtempSync(join(tmpdir(), 'maskwright-contract-'))
  const folder = join(base, 'photos')
  const out = join(base, 'export')
  mkdirSync(join(base, 'damaged', '.maskwright'), { recursive: true })
  writeFileSync(join(base, 'damaged', '.maskwright', 'project.sqlite'), '')
  cpSync(join(root, 'projects', 'sample'), folder, { recursive: true })
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  writeFileSync(
    join(folder, 'boxes.json'),
    '[{"file_name": "nowhere.jpg", "category_id": 1, "bbox": [1, 1, 9, 9]}]',
  )
  const tiny = join(root, 'test/fixtures/models/nchw-4')
  const server = await startModelServer(tiny)
  mkdirSync(join(base, 'data', 'models'), { recursive: true })
  writeFileSync(join(base, 'data', 'models', 'catalogue.json'), catalogueOf(tiny, server.url, 'tiny'))
  const core = createCore({
    version: '1.2.3',
    shell: 'test',
    dataFolder: join(base, 'data'),
    sampleFolder: join(root, 'projects', 'sample'),
    modelFolders: [join(root, 'models'), join(base, 'data', 'models')],
    startInferenceProcess: () => forkInferenceProcess(),
    startDecoderProcess: forkDecoderProcess,
    dialogs: {
      chooseFolder: (title) => Promise.resolve(title === 'none' ? null : folder),
      chooseFile: (title, _kind, extensions) =>
        Promise.resolve(title === 'none' ? null : join(folder, `boxes.${extensions[0]}`)),
      confirm: () => Promise.resolve(true),
    },
    revealFolder: () => Promise.resolve(),
  })
  const connection = await connect(core)
  const client = createClient(connection.transport)
  const heard: AppEvent[] = []
  connection.transport.subscribe((event) => heard.push(event))
  return {
    folder,
    out,
    connection,
    client,
    heard,
    close: async () => {
      await connection.close()
      await core.close()
      await server.close()
      rmSync(dirname(folder), { recursive: true })
    },
  }
}

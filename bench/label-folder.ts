/**
 * Boxes to masks over one folder in a process of its own:
 * `node label-folder.js PHOTOS LABELS MODELS DATA QUALITY`. PHOTOS has no project yet, DATA no embedding. Prints what was
 * measured as JSON: `ms` from the start of the work until its last object is stored, with the model loaded; `objects`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { createClient, createLocalTransport } from '../common/rpc.ts'
import type { Quality } from '../common/segmentation.ts'
import { ensureDone, runWork } from '../common/work-client.ts'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'

const [folder = '', labels = '', models = '', dataFolder = '', quality = 'good'] = process.argv.slice(2)

const core = createCore({
  version: '0.0.0',
  shell: 'test',
  dataFolder,
  modelFolders: [models],
  startInferenceProcess: () => forkInferenceProcess(),
  startDecoderProcess: forkDecoderProcess,
})
const client = createClient(createLocalTransport(core.dispatch, (listener) => core.subscribe(listener)))
await client.call('project.open', { folder })
await client.call('app.info', {})
// What opening has begun is over by then, and the model is loaded.
await wait(1500)
const start = performance.now()
const end = ensureDone(
  await runWork(client, 'boxes', {
    source: { path: labels },
    scope: { kind: 'project' },
    quality: quality as Quality,
  }),
)
const ms = performance.now() - start
await core.close()
console.log(JSON.stringify({ ms, objects: end.detail?.objects ?? 0 }))

/**
 * One import into a new project in a process of its own, so that its memory and its time are its own:
 * `node read-format.js SOURCE FOLDER DATA`. FOLDER has the images and no project yet. Prints what was measured as
 * JSON: `ms` on the clock, `cpuMs` of the processor, in user mode.
 */
import { setInterval } from 'node:timers'
import { createClient, createLocalTransport } from '../common/rpc.ts'
import { ensureDone, runWork } from '../common/work-client.ts'
import { createNoProcess } from '../cli/project.ts'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'

const [source = '', folder = '', dataFolder = ''] = process.argv.slice(2)

const core = createCore({
  version: '0.0.0',
  shell: 'test',
  dataFolder,
  modelFolders: [],
  startInferenceProcess: createNoProcess,
  startDecoderProcess: forkDecoderProcess,
})
const client = createClient(createLocalTransport(core.dispatch, (listener) => core.subscribe(listener)))
await client.call('project.open', { folder })
const before = process.memoryUsage.rss()
let peak = before
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50)
const [since, cpu] = [performance.now(), process.cpuUsage()]
const end = ensureDone(
  await runWork(client, 'import', { source: { path: source }, existing: 'keep', boxes: 'rectangles' }),
)
const ms = performance.now() - since
const used = process.cpuUsage(cpu)
clearInterval(watch)
const { added, leftOut } = end.detail!.report!
await core.close()
console.log(
  JSON.stringify({
    annotations: added,
    leftOut,
    ms,
    cpuMs: used.user / 1000,
    megabytes: (Math.max(peak, process.memoryUsage.rss()) - before) / 1e6,
  }),
)

/**
 * Opens the folder that is named on the command line through the core, in a process of its own so that its memory can
 * be told; prints one line of JSON. The folder is read plainly first, for comparison: each entry listed and stat'ed.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'
import type { InferenceProcess } from '../core/inference/process.ts'

/** Milliseconds and bytes. */
export interface Opened {
  readonly plain: number
  readonly open: number
  readonly list: number
  readonly before: number
  readonly after: number
  readonly images: number
}

/** Nothing is encoded here: a process that never answers, so that the model's memory does not count. */
const silent: InferenceProcess = {
  post: () => undefined,
  onMessage: () => undefined,
  onExit: () => undefined,
  kill: () => undefined,
}

const [folder, dataFolder] = process.argv.slice(2)
if (folder === undefined || dataFolder === undefined) throw new Error('Usage: open-folder.ts FOLDER DATA')

const core = createCore({
  version: 'bench',
  shell: 'test',
  dataFolder,
  modelFolders: [],
  startInferenceProcess: () => silent,
  startDecoderProcess: forkDecoderProcess,
})

const timePlain = () => {
  const start = performance.now()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) statSync(join(folder, name))
  return performance.now() - start
}
// Once for the file cache, then for the figure.
timePlain()
const plain = timePlain()

const memory = () => process.memoryUsage().rss
const before = memory()
const start = performance.now()
const opened = await core.dispatch('project.open', { folder })
const open = performance.now() - start
if (!opened.ok) throw new Error(opened.error.message)
const listStart = performance.now()
const listed = await core.dispatch('images.list', {
  offset: 0,
  limit: 200,
  filter: { text: '', show: 'all' },
})
const list = performance.now() - listStart
if (!listed.ok) throw new Error(listed.error.message)
const { total } = listed.output as { total: number }
const result: Opened = { plain, open, list, before, after: memory(), images: total }
console.log(JSON.stringify(result))
process.exit(0)

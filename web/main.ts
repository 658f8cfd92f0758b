/**
 * The web shell: the same app in a browser on this machine. `node web/main.ts [FOLDER] [--task=FILE] [--port=N] [--no-open]`.
 * Supplies the core with Node's parts, prints an address that opens one page, ends in order on Ctrl+C or with its terminal.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createCore } from '../core/core.ts'
import { forkDecoderProcess } from '../core/images/decoder/fork.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
import { createPage } from '../core/shell/page.ts'
import { dataFolderOf, ffmpegOf, modelFoldersOf } from '../core/shell/places.ts'
import { openPrivately, openWithSystem } from './open-browser.ts'
import { startWebServer } from './server.ts'
import { messageOf } from '../common/errors.ts'
import { printable } from '../common/printable.ts'

/** The time that a browser may take to start with the address that it is given. */
const OPEN_WITHIN_MS = 60_000

const root = resolve(import.meta.dirname, '..')

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  releases?: string
}

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      task: { type: 'string' },
    },
  })
  const dataFolder = dataFolderOf(process.env)
  const core = createCore({
    version: manifest.version,
    releases: manifest.releases,
    shell: 'web',
    dataFolder,
    modelFolders: modelFoldersOf(root, dataFolder),
    ffmpeg: ffmpegOf(process.env),
    sampleFolder: join(root, 'projects', 'sample'),
    startInferenceProcess: () => forkInferenceProcess(),
    startDecoderProcess: forkDecoderProcess,
    revealFolder: async (folder) => {
      if (!(await openWithSystem(folder))) throw new Error('This machine has no file manager to open.')
    },
  })
  const server = await startWebServer(
    core,
    createPage(join(root, 'out', 'renderer'), core),
    Number(values.port),
  )

  let forgetFile: (() => void) | null = null
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    forgetFile?.()
    void server
      .close()
      .then(() => core.close())
      .finally(() => process.exit(0))
  }
  // SIGHUP: the terminal was closed. What is printed after that has no reader, and is no reason to stay or to fail.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

  const [folder] = positionals
  if (folder !== undefined) {
    const reply = await core.dispatch('project.open', { folder: resolve(folder) })
    if (!reply.ok) console.error(printable(`${resolve(folder)} was not opened: ${reply.error.message}`))
    else if (values.task !== undefined) {
      const opened = await core.dispatch('tasks.open', { from: 'file', file: resolve(values.task) })
      if (!opened.ok) console.error(printable(`The task was not opened: ${opened.error.message}`))
    }
  }
  let printed = server.newAddress()
  console.log(`Maskwright: ${printed}`)
  console.log('Open this address in a browser of this machine; it opens one page. Ctrl+C ends.')
  server.onAdmitted((address) => {
    forgetFile?.()
    if (address !== printed) return
    printed = server.newAddress()
    console.log(`A page is connected. For another one: ${printed}`)
  })
  const mayOpen = !values['no-open'] && !process.env.CI && process.stdout.isTTY
  if (mayOpen) forgetFile = await openPrivately(server.newAddress(OPEN_WITHIN_MS))
}

run().catch((thrown: unknown) => {
  console.error(printable(`Maskwright could not start: ${messageOf(thrown)}`))
  process.exit(1)
})

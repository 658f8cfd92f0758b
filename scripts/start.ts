/**
 * `npm start [-- FOLDER [--task FILE]]`: builds when needed, then the desktop app, or the same app in the browser where there is no
 * Electron or no screen. Opens the sample photos when no folder is named. `--web` asks for the browser; other options
 * (--port=N, --no-open) go to the web shell.
 */
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildAll } from './build.ts'
import { findElectron, needsNoSandbox, whyNoDesktop } from './electron-binary.ts'

const root = resolve(import.meta.dirname, '..')
/** npm runs scripts in the package's folder; the folder that the user stood in is INIT_CWD. */
const standing = process.env.INIT_CWD ?? process.cwd()

/** `--task FILE` and `--task=FILE` as one option with a whole path. */
const withTask = (args: readonly string[]): string[] =>
  args.flatMap((argument, at) => {
    if (args[at - 1] === '--task') return []
    const file = argument === '--task' ? (args[at + 1] ?? '') : /^--task=(.*)$/s.exec(argument)?.[1]
    return file === undefined ? [argument] : [`--task=${resolve(standing, file)}`]
  })
const args = withTask(process.argv.slice(2))
const wantsWeb = args.includes('--web')
const options = args.filter((argument) => argument.startsWith('-') && argument !== '--web')
const named = args.find((argument) => !argument.startsWith('-'))
const folder = named === undefined ? join(root, 'projects', 'sample') : resolve(standing, named)

/** Runs a shell in the foreground and ends as it ends. */
const runForeground = (command: string, commandArgs: string[]): void => {
  const child = spawn(command, commandArgs, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code) => process.exit(code ?? 1))
}

if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(`There is no folder ${folder}`)
  process.exit(2)
}
await buildAll()

const reason = wantsWeb ? 'asked for with --web' : whyNoDesktop()
const electron = findElectron()
if (reason === null && electron !== null) {
  console.log(`Starting the desktop app with ${electron}`)
  if (needsNoSandbox()) console.log("Chromium's sandbox is off (--no-sandbox): this session is root.")
  runForeground(electron, [
    ...(needsNoSandbox() ? ['--no-sandbox'] : []),
    root,
    `--folder=${folder}`,
    ...options.filter((option) => option.startsWith('--task=')),
  ])
} else {
  console.log(`Starting in the browser: ${reason ?? 'no Electron'}.`)
  runForeground(process.execPath, [join(root, 'web', 'main.ts'), folder, ...options])
}

#!/usr/bin/env node
/**
 * Entry of `maskwright`: plain JavaScript, so that an older Node gets as far as here. In the clone the commands are
 * TypeScript as it is, which Node reads from 22.18 on; an older one hands over to the Node that `npm ci` brought along.
 * In the package from npm they are built.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, 'main.ts')
const built = join(here, '..', 'dist', 'cli.js')

const handOver = (node) => {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl+C reaches both processes; the child decides when to end.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    process.stderr.write(`maskwright: ${node} could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

if (!existsSync(main) && existsSync(built)) await import(pathToFileURL(built).href)
else if (process.features.typescript) await import(main)
else {
  const node = ['node', 'node.exe']
    .map((name) => join(here, '..', 'node_modules', '.bin', name))
    .find((file) => existsSync(file))
  if (node) handOver(node)
  else {
    process.stderr.write(
      `maskwright: this is Node ${process.versions.node}; the commands need Node 22.18 or later. ` +
        'Install a current one from https://nodejs.org, or run "npm ci" in the folder of Maskwright, which brings one ' +
        'along on 64-bit Linux.\n',
    )
    process.exitCode = 1
  }
}

import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { keepCompiled } from './test/support/compile-cache.ts'

keepCompiled()

const all = ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts']

/** What makes a test slow: the model, other processes, a server, hundreds of damaged files. */
const slowParts =
  /node:child_process|node:http'|forkInferenceProcess|startProcess: forkDecoderProcess|startModelServer|openInference|run-cli|transports\.ts|\/worker\.ts|setConfig\(|createWatched|damaged files of seed/

const files = globSync(all).map((file) => file.replaceAll('\\', '/'))
const isSlow = (file: string) => file.includes('/vanish/') || slowParts.test(readFileSync(file, 'utf8'))
const slow = files.filter((file) => file.endsWith('.test.ts') && isSlow(file))

const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Each file in a process of its own: native modules and child processes do not share one.
  pool: 'forks',
} as const

// `vitest run` runs both; `npm run test:fast` the first alone.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'fast', include: all, exclude: slow } },
      { test: { ...shared, name: 'slow', include: slow } },
    ],
  },
})

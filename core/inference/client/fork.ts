/** The inference process as a plain child process of Node: for the web shell, the CLI, tests and benches. */
import { fileURLToPath } from 'node:url'
import { entryOf } from '../../processes/entry.ts'
import { forkProcess } from '../../processes/fork.ts'
import type { InferenceProcess } from '../process.ts'
import { inferenceEnvironment } from './environment.ts'

const hostUrl = entryOf('../host/host.ts', 'inference-host.js', import.meta.url)

/** @param hostFile path of host.ts or its bundle */
export const forkInferenceProcess = (hostFile: string = fileURLToPath(hostUrl)): InferenceProcess =>
  forkProcess(hostFile, { env: inferenceEnvironment(process.env) })

/** What this computer has for work in several processes: cores and memory. */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism, platform, totalmem } from 'node:os'
import { join } from 'node:path'

const ASK_MS = 3000
const CPUS = '/sys/devices/system/cpu'

/** @returns what the program prints, as a count; null when it can't be asked */
const ask = (program: string, args: readonly string[]): Promise<number | null> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: ASK_MS, windowsHide: true }, (failed, printed) => {
      const count = Number.parseInt(printed, 10)
      resolve(failed === null && count > 0 ? count : null)
    })
  })

/** Each core is named by the list of its threads. @param folder with a folder `cpuN` for each thread */
export const countCores = async (folder: string = CPUS): Promise<number | null> => {
  try {
    const threads = (await readdir(folder)).filter((name) => /^cpu\d+$/.test(name))
    const siblings = await Promise.all(
      threads.map((name) => readFile(join(folder, name, 'topology', 'thread_siblings_list'), 'utf8')),
    )
    return new Set(siblings).size || null
  } catch {
    return null
  }
}

const asked = (): Promise<number | null> => {
  switch (platform()) {
    case 'linux':
      return countCores()
    case 'darwin':
      return ask('sysctl', ['-n', 'hw.physicalcpu'])
    case 'win32': {
      const sum = '(Get-CimInstance Win32_Processor | Measure-Object NumberOfCores -Sum).Sum'
      return ask('powershell', ['-NoProfile', '-NonInteractive', '-Command', sum])
    }
    default:
      return Promise.resolve(null)
  }
}

export interface Machine {
  /** Those that this process may use. Threads that share one (hyperthreading) make a model no faster. */
  readonly cores: number
  /** Bytes that can be had without taking them from anybody. */
  readonly memory: number
}

/** macOS keeps memory full of what it can drop at any time, and calls little free: a part of all is counted there. */
const MAC_SHARE = 1 / 3

/** @returns null when the system does not tell its cores */
export const describeComputer = async (): Promise<Machine | null> => {
  const cores = await asked()
  if (cores === null) return null
  const free = process.availableMemory()
  return {
    cores: Math.min(cores, availableParallelism()),
    memory: platform() === 'darwin' ? Math.max(free, MAC_SHARE * totalmem()) : free,
  }
}

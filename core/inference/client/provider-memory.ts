/**
 * Which provider won the race, remembered in the data folder for each model on this machine with its drivers: what a
 * new driver, system or version of Maskwright changes is measured again.
 */
import { execFile } from 'node:child_process'
import { cpus, machine, platform, release } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { measuredSchema, type Measured } from '../../../common/contract/providers.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { readSmallTextSync } from '../../files/small-file.ts'
import { filesOf, type ModelChoice } from '../manifest.ts'

const LONGEST_FILE = 1_000_000
/** The oldest go first. */
const MOST = 50
const DRIVER_MS = 3000

const fileSchema = z.array(z.object({ of: z.string().max(2000), measured: measuredSchema }))

export interface ProviderMemory {
  /** What was measured of this very model here; null when nothing was. */
  recall(choice: ModelChoice): Promise<Measured | null>
  keep(choice: ModelChoice, measured: Measured): Promise<void>
}

/** NVIDIA's driver and card; empty where there is none. Other drivers come with the system, whose release is asked. */
const nvidia = (): Promise<string> =>
  new Promise((resolve) => {
    const args = ['--query-gpu=name,driver_version', '--format=csv,noheader']
    execFile('nvidia-smi', args, { timeout: DRIVER_MS, windowsHide: true }, (failed, said) =>
      resolve(failed === null ? said.trim().slice(0, 500) : ''),
    )
  })

/** @param version of Maskwright, which brings its runtime along */
export const describeMachine = async (version: string): Promise<string> =>
  [version, platform(), release(), machine(), cpus()[0]?.model ?? '', await nvidia()].join(' | ')

/** @param describe the machine; asked once */
export const createProviderMemory = (dataFolder: string, describe: () => Promise<string>): ProviderMemory => {
  const file = join(dataFolder, 'providers.json')
  let described: Promise<string> | null = null
  const nameOf = async (choice: ModelChoice) => {
    const sums = filesOf(choice).map(({ name, sha256 }) => sha256 ?? name)
    return [choice.variant.id, ...sums, await (described ??= describe())].join(' | ').slice(0, 2000)
  }
  const read = () => {
    try {
      const found = fileSchema.safeParse(JSON.parse(readSmallTextSync(file, { limit: LONGEST_FILE })))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }
  return {
    async recall(choice) {
      const all = read()
      if (all.length === 0) return null
      const name = await nameOf(choice)
      return all.find(({ of }) => of === name)?.measured ?? null
    },
    async keep(choice, measured) {
      const name = await nameOf(choice)
      const others = read().filter(({ of }) => of !== name)
      try {
        writeFileAtomic(file, JSON.stringify([...others, { of: name, measured }].slice(-MOST)))
      } catch {
        // It is measured again next time.
      }
    },
  }
}

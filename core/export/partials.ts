/** Hidden folders in which files are prepared, and those of them that a killed process left behind. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../processes/is-running.ts'

/** Removes folders called PREFIX + PID + "-..." in `folder` whose process is no more. */
export const sweepPartials = async (folder: string, prefix: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const owner = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : NaN)
    if (Number.isNaN(owner) || isRunning(owner)) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

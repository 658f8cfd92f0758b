/** Programs of the bench that run the core as it ships. */
import { join } from 'node:path'
import { build } from 'vite'
import { libraryConfig } from '../scripts/build.ts'

/**
 * Bundles `bench/NAME.ts`: from TypeScript each process and each thread of the core takes a third of a second more to start.
 * @returns the script
 */
export const bundleProgram = async (name: string, cache: string): Promise<string> => {
  const out = join(cache, name)
  await build(libraryConfig(out, { [name]: join(import.meta.dirname, `${name}.ts`) }))
  return join(out, `${name}.js`)
}

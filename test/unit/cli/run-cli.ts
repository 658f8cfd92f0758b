/** Runs the real `maskwright` command as a process of its own, with a data folder of its own. */
import { execFileSync, spawn, type SpawnOptions } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../..')
export const sample = join(root, 'projects/sample')

export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export const createBench = () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-cli-')))
  const data = join(top, 'data')
  mkdirSync(data)
  return {
    top,
    data,
    /** The sample photos, copied, so that the project made in them is the test's own. */
    photos(): string {
      const folder = join(top, 'photos')
      cpSync(sample, folder, { recursive: true, filter: (file) => !file.includes('.maskwright') })
      return folder
    },
    run(
      args: readonly string[],
      { node = process.execPath, ...options }: SpawnOptions & { node?: string } = {},
    ) {
      return new Promise<Outcome>((resolve, reject) => {
        const child = spawn(node, [join(root, 'cli/bin.js'), ...args], {
          cwd: top,
          ...options,
          env: { ...process.env, MASKWRIGHT_DATA: data, ...options.env },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        const texts = { out: '', err: '' }
        child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
        child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
        child.once('error', reject)
        child.once('close', (code) => resolve({ code, ...texts }))
      })
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

export type Bench = ReturnType<typeof createBench>

/** A Node that can't read TypeScript, from the places where systems keep theirs; null when there is none. */
export const findOldNode = (): string | null => {
  const candidates = [
    '/usr/bin/node',
    '/usr/local/bin/node',
    ...(process.env.MASKWRIGHT_OLD_NODE?.split(':') ?? []),
  ]
  const isOld = (file: string) => {
    try {
      const answer = execFileSync(file, ['-p', 'Boolean(process.features.typescript)'], { encoding: 'utf8' })
      return answer.trim() === 'false'
    } catch {
      return false
    }
  }
  return candidates.find(isOld) ?? null
}

/** Starts the worker, makes its project vanish in several ways, and reads what an opening finds. */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openProject } from '../../../core/project/project.ts'
import { temporaryFolder } from '../store/records.ts'

export interface Places {
  /** Holds the folder of images and whatever it is moved to. */
  readonly base: string
  readonly folder: string
  readonly dataFolder: string
  /** `.maskwright` in the folder. */
  readonly ours: string
  readonly file: string
}

export const makePlaces = (): Places => {
  const base = temporaryFolder()
  const folder = join(base, 'photos')
  const ours = join(folder, '.maskwright')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.jpg'), 'a')
  return { base, folder, dataFolder: join(base, 'data'), ours, file: join(ours, 'project.sqlite') }
}

export interface Worker {
  /** Resolves with the rest of the next line that begins with `word`, one that was not waited for before. */
  next(word: string): Promise<string>
  /** Ids of all commits that were acknowledged. */
  stored(): string[]
  send(line: string): void
  kill(): Promise<void>
  ended(): Promise<void>
}

export const startWorker = ({ folder, dataFolder }: Places): Worker => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), folder, dataFolder])
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let errors = ''
  const seen = new Map<string, number>()
  const waiting = new Set<() => void>()
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
    for (const look of waiting) look()
  })
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  // A line without its end was cut by a kill: it was not acknowledged whole.
  const linesOf = (word: string) =>
    out
      .split('\n')
      .slice(0, -1)
      .filter((line) => line === word || line.startsWith(`${word} `))
      .map((line) => line.slice(word.length + 1))
  return {
    next: (word) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const index = seen.get(word) ?? 0
          const line = linesOf(word)[index]
          if (line === undefined) return
          waiting.delete(look)
          seen.set(word, index + 1)
          resolve(line)
        }
        waiting.add(look)
        void closed.then(() => reject(new Error(`The worker has ended: ${errors} ${out.slice(-500)}`)))
        look()
      }),
    stored: () => linesOf('stored'),
    send: (line) => void child.stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
    ended: () => closed,
  }
}

/** Ids of the objects that an opening of the folder finds. */
export const openedIds = async (places: Pick<Places, 'folder' | 'dataFolder'>): Promise<Set<string>> => {
  const project = await openProject({ ...places, version: '1', emit: () => undefined })
  try {
    const { annotations, images } = project.store
    return new Set(images.ids().flatMap((id) => annotations.ofImage(id).map((annotation) => annotation.id)))
  } finally {
    await project.close()
  }
}

/** A project of another folder, closed. */
const otherProject = async (base: string): Promise<string> => {
  const folder = join(base, 'others')
  mkdirSync(folder)
  writeFileSync(join(folder, 'b.jpg'), 'b')
  await openedIds({ folder, dataFolder: join(base, 'others-data') })
  return join(folder, '.maskwright')
}

export const ways: Record<string, (places: Places) => Promise<void> | void> = {
  'the project’s folder removed': ({ ours }) => rmSync(ours, { recursive: true }),
  'the project’s folder renamed': ({ ours }) => renameSync(ours, `${ours}-old`),
  'the project’s folder replaced by another project': async ({ base, ours }) => {
    const other = await otherProject(base)
    rmSync(ours, { recursive: true })
    cpSync(other, ours, { recursive: true })
  },
  'the main file alone removed': ({ file }) => rmSync(file),
  'the WAL alone removed': ({ file }) => rmSync(`${file}-wal`),
  'the WAL’s index alone removed': ({ file }) => rmSync(`${file}-shm`),
  'another file renamed over the main file, as sync programs do': async ({ base, file }) => {
    const other = join(await otherProject(base), 'project.sqlite')
    cpSync(other, `${file}.sync`)
    renameSync(`${file}.sync`, file)
  },
  'the main file replaced by a link': ({ base, file }) => {
    writeFileSync(join(base, 'precious.txt'), 'not ours')
    rmSync(file)
    symlinkSync(join(base, 'precious.txt'), file)
  },
  'the project’s folder replaced by a link': async ({ base, ours }) => {
    const other = await otherProject(base)
    rmSync(ours, { recursive: true })
    symlinkSync(other, ours)
  },
}

/** Mounts a small file system in memory; false where that is not permitted. */
export const mountSmall = (folder: string, size = '16m'): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** As a drive that is taken out: what is open stays open, the path leads elsewhere. */
export const unmount = (folder: string): void =>
  void execFileSync('umount', ['-l', folder], { stdio: 'ignore' })

/** Whether this process may mount: root on Linux, outside of most containers. */
export const mayMount = (): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-mount-'))
  const mounted = mountSmall(folder)
  if (mounted) unmount(folder)
  rmSync(folder, { recursive: true })
  return mounted
}

/**
 * Where a case happens: a shared folder that a stranger has filled, beside a private one that nobody may touch, and the
 * program's own data folder. Owns what "touched" means: another name, kind, time or content.
 */
import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pngOf } from '../support/hostile-pictures.ts'

/** A link, by where it leads; or the bytes of a file. */
export type Entry = Uint8Array | { readonly link: string }

/** Stands in each private file: what holds it was read from there. */
export const CANARY = 'canary-4e1f7c0b'

export interface Place {
  readonly top: string
  /** What the stranger has filled. */
  readonly shared: string
  readonly data: string
  /** Empties the shared and the data folder and fills them. @param files by their paths under `top` */
  fill(files: ReadonlyMap<string, Entry>): void
  /** Everything there is, but for the paths that `may` change: path -> what it is. */
  listing(may: (path: string) => boolean): Map<string, string>
  /** Paths of what lies in the shared folder or the data folder and holds a private file's text. */
  leaks(): string[]
  remove(): void
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

const describe = (path: string): string => {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`
  if (stats.isDirectory()) return `folder ${stats.mode}`
  return stats.isFile() ? `${stats.mode} ${stats.mtimeMs} ${hash(readFileSync(path))}` : `other ${stats.mode}`
}

export const createPlace = (): Place => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-fuzz-')))
  const [shared, data] = [join(top, 'home', 'shared'), join(top, 'data')]
  const put = (path: string, entry: Entry) => {
    const file = join(top, path)
    mkdirSync(dirname(file), { recursive: true })
    if (entry instanceof Uint8Array) writeFileSync(file, entry)
    else symlinkSync(entry.link, file)
  }
  const secret = pngOf({ width: 3, height: 1, depth: 8, color: 0 }, Buffer.from([0, 1, 2, 3]))
  put('home/private/secret.png', Buffer.concat([secret, Buffer.from(CANARY)]))
  put('home/private/secret.txt', Buffer.from(`0 0.5 0.5 0.1 0.1 ${CANARY}\n`))
  put('home/private/classes.txt', Buffer.from(`${CANARY}\n`))
  put('home/private.cache', Buffer.from(CANARY))
  // Node's own recursive reading goes through links.
  const paths = (folder: string, inner = ''): string[] =>
    readdirSync(join(folder, inner), { withFileTypes: true }).flatMap((entry) => {
      const path = join(inner, entry.name)
      return entry.isDirectory() ? [path, ...paths(folder, path)] : [path]
    })
  return {
    top,
    shared,
    data,
    fill(files) {
      for (const folder of [shared, data]) {
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder, { recursive: true })
      }
      for (const [path, entry] of files) put(path, entry)
    },
    listing: (may) =>
      new Map(
        paths(top)
          .filter((path) => !may(path))
          .map((path) => [path, describe(join(top, path))]),
      ),
    leaks: () =>
      [shared, data].flatMap((folder) =>
        paths(folder)
          .map((path) => join(folder, path))
          .filter((file) => lstatSync(file).isFile() && readFileSync(file).includes(CANARY)),
      ),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

/** What was written by the formats section, imported into new projects; COCO beside pycocotools' loading of it. */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { pngOf } from '../../test/unit/export/folder.ts'
import { bundleProgram } from '../bundle.ts'
import type { BenchContext, Table } from '../section.ts'

const run = promisify(execFile)

/** Of one way that was written: its name, and the folder that it was written to. */
export interface Written {
  readonly id: string
  readonly name: string
  readonly out: string
}

export interface Imported {
  readonly annotations: number
  readonly ms: number
  readonly cpuMs: number
  readonly megabytes: number
}

/** Where the labels of a format lie in its export. */
export const places: Readonly<Record<string, string>> = {
  coco: 'annotations/instances.json',
  voc: 'Annotations',
  csv: 'objects.csv',
}

/** As write-format.ts calls them. */
export const makePhotos = (folder: string, images: number) => {
  const bytes = pngOf(1280, 960)
  for (let id = 1; id <= images; id++) {
    const file = join(folder, String(Math.floor(id / 100)), `${id}.jpg`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}

/** @returns the script that `importOf` runs */
export const buildImport = (cache: string): Promise<string> => bundleProgram('read-format', cache)

export const importOf = async (
  script: string,
  source: string,
  folder: string,
  data: string,
): Promise<Imported> => {
  for (const left of [join(folder, '.maskwright'), data]) rmSync(left, { recursive: true, force: true })
  const { stdout } = await run(process.execPath, [script, source, folder, data])
  return JSON.parse(stdout) as Imported
}

/** Null where Python has no pycocotools. */
export const peerOf = async (file: string): Promise<Imported | null> => {
  const script = join(import.meta.dirname, '..', 'peer-coco.py')
  const found = await run(process.env.PYTHON ?? 'python3', [script, file]).catch(() => null)
  return found === null ? null : (JSON.parse(found.stdout) as Imported)
}

const seconds = (ms: number) => (ms / 1000).toFixed(1)

export const rowOf = (name: string, { annotations, ms, cpuMs, megabytes }: Imported, ratio = '') => [
  name,
  annotations.toLocaleString('en-US'),
  seconds(ms),
  seconds(cpuMs),
  (Math.round((1000 * annotations) / ms / 100) * 100).toLocaleString('en-US'),
  Number.isNaN(megabytes) ? '' : megabytes.toFixed(0),
  ratio,
]

export const importHead = [
  'format',
  'objects',
  's',
  's of the processors',
  'objects a second',
  'memory more, MB',
  'ratio',
]

/** @param written with images left where they are */
export const measureImports = async (
  written: readonly Written[],
  images: number,
  { scratch, cache }: Pick<BenchContext, 'scratch' | 'cache'>,
  say: (message: string) => void,
): Promise<Table> => {
  const [folder, data] = [join(scratch, 'photos'), join(scratch, 'data')]
  makePhotos(folder, images)
  const script = await buildImport(cache)
  const rows: string[][] = []
  for (const { id, name, out } of written) {
    say(`formats: ${name}, in`)
    const source = join(out, places[id] ?? '')
    const found = await importOf(script, source, folder, data)
    const peer = id === 'coco' ? await peerOf(source) : null
    rows.push(rowOf(name, found, peer === null ? '' : (found.ms / peer.ms).toFixed(1)))
    if (peer !== null) rows.push(rowOf(`${name}: pycocotools loads it`, { ...peer, megabytes: NaN }))
  }
  return {
    title: 'Formats, in',
    head: importHead,
    rows,
    notes: [
      'What was written above, imported into a new project: read, fitted to the images, stored with its undo log, on ' +
        'the disk. Seconds of the processors are those of all threads in user mode; ratio is the time on the clock to ' +
        'what pycocotools takes to load the same file into memory.',
    ],
  }
}

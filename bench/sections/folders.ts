/** Folders of 100, 1,000 and 10,000 images: opened through the core, and until the first image is on screen. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, launchApp, waitForImage } from '../app.ts'
import type { Opened } from '../open-folder.ts'
import { makeFolder } from '../photos.ts'
import type { BenchContext, Section, Table } from '../section.ts'
import { figure, median, spread } from '../stats.ts'

const counts = [100, 1000, 10_000] as const
const script = join(import.meta.dirname, '..', 'open-folder.ts')

const megabytes = (bytes: number) => figure(bytes / 1e6)

const openThroughCore = (folder: string, data: string): Opened =>
  JSON.parse(execFileSync(process.execPath, [script, folder, data], { encoding: 'utf8' })) as Opened

const coreTable = (folders: readonly string[], scratch: string, runs: number): Table => {
  const fresh = folders.map((): Opened[] => [])
  const again = folders.map((): Opened[] => [])
  for (let run = 0; run < runs; run++)
    for (const [i, folder] of folders.entries()) {
      const data = join(scratch, `data-${run}-${i}`)
      mkdirSync(data)
      rmSync(join(folder, '.maskwright'), { recursive: true, force: true })
      fresh[i]!.push(openThroughCore(folder, data))
      again[i]!.push(openThroughCore(folder, data))
    }
  const rowOf = (what: string, opened: readonly Opened[]) => [
    String(opened[0]!.images),
    what,
    spread(opened.map(({ open, plain }) => open / plain)),
    spread(opened.map(({ open }) => open)),
    spread(opened.map(({ list }) => list)),
    `${megabytes(median(opened.map(({ after }) => after)))} (+${megabytes(median(opened.map(({ after, before }) => after - before)))})`,
  ]
  return {
    title: 'Opening a folder through the core',
    head: ['images', 'what', 'open / plain listing', 'open, ms', 'first 200 rows, ms', 'memory, MB (added)'],
    rows: folders.flatMap((_, i) => [rowOf('first time', fresh[i]!), rowOf('again', again[i]!)]),
    notes: [
      `Medians with quartiles of ${runs} runs, the folders in turn. Plain listing: every entry listed and stat'ed, nothing ` +
        'kept. Memory: resident, of the whole process of the core, without inference.',
    ],
  }
}

const appTable = async (folders: readonly string[], { scratch, full, say }: BenchContext): Promise<Table> => {
  const runs = full ? 5 : 2
  const times = folders.map((): number[] => [])
  let shell = ''
  buildApp()
  for (let run = 0; run < runs; run++)
    for (const [i, folder] of folders.entries()) {
      say(`start: the app with ${counts[i]} images, run ${run + 1} of ${runs}`)
      rmSync(join(folder, '.maskwright'), { recursive: true, force: true })
      const start = performance.now()
      const { app, name } = await launchApp({ folder, dataFolder: join(scratch, `app-${run}-${i}`) })
      shell = name
      try {
        await waitForImage(app.page)
        times[i]!.push(performance.now() - start)
      } finally {
        await app.close()
      }
    }
  return {
    title: 'From the start of the app until the first image is on screen',
    head: ['images', 'of the time with 100', 'ms'],
    rows: folders.map((_, i) => [
      String(counts[i]),
      spread(times[i]!.map((time, run) => time / times[0]![run]!)),
      spread(times[i]!),
    ]),
    notes: [`${shell}, ${runs} runs in turn, a folder that was never opened, no data folder.`],
  }
}

const makeFolders = async ({ scratch, say }: BenchContext): Promise<string[]> => {
  const folders = counts.map((count) => join(scratch, `images-${count}`))
  for (const [i, folder] of folders.entries()) {
    if (existsSync(folder)) continue
    say(`folders: making ${counts[i]} images`)
    await makeFolder(folder, counts[i]!)
  }
  return folders
}

export const foldersSection: Section = async (context) => {
  const folders = await makeFolders(context)
  context.say('folders: through the core')
  return [coreTable(folders, context.scratch, context.full ? 9 : 3)]
}

export const startSection: Section = async (context) => [await appTable(await makeFolders(context), context)]

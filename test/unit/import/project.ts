/** A real core on a folder of generated photos, for tests of import: labels in, objects out. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ImportRequest } from '../../../common/contract/import.ts'
import type { Annotation } from '../../../common/model.ts'
import type { Client } from '../../../common/rpc.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { pngOf } from '../export/folder.ts'
import { openCore, withModels } from '../../support/open-core.ts'

export interface ImportProject {
  readonly top: string
  readonly folder: string
  readonly client: Client
  /** Writes a file of the source; a value becomes JSON. @returns its path */
  readonly write: (name: string, content: string | Uint8Array | object) => string
  /** The run at its end, and its report. */
  readonly take: (path: string, more?: TakeOptions) => Promise<Taken>
  /** What it would do; nothing is written. */
  readonly look: (path: string, more?: TakeOptions) => ReturnType<typeof lookAt>
  /** By the paths of the images: the class and the shape of each object. */
  readonly objects: () => Promise<Record<string, { label: string; shape: Annotation['shape'] }[]>>
  close(): Promise<void>
}

type TakeOptions = Omit<ImportRequest['source'], 'path'> & Partial<Omit<ImportRequest, 'source'>>

const requestOf = (
  path: string,
  { existing = 'keep', boxes = 'rectangles', ...source }: TakeOptions,
): ImportRequest => ({
  source: { path, ...source },
  existing,
  boxes,
})

const takeFrom = async (client: Client, path: string, more: TakeOptions) => {
  const end = ensureDone(await runWork(client, 'import', requestOf(path, more)))
  const { report } = end.detail!
  return {
    run: end.id,
    message: end.message,
    leftOut: end.leftOut.map(({ message }) => message),
    report: report!,
  }
}
type Taken = Awaited<ReturnType<typeof takeFrom>>

const lookAt = async (client: Client, path: string, more: TakeOptions) =>
  ensureDone(await runWork(client, 'import-look', requestOf(path, more))).detail!

/** @param images sides by path; bytes where a photo has to be a special one */
export const openImportProject = async (
  images: Readonly<Record<string, readonly [width: number, height: number] | Uint8Array>>,
  { withModel = false } = {},
): Promise<ImportProject> => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-import-')))
  const folder = join(top, 'photos')
  const write = (file: string, content: string | Uint8Array | object) => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    )
    return file
  }
  for (const [path, given] of Object.entries(images))
    write(join(folder, path), given instanceof Uint8Array ? given : pngOf(given[0], given[1]))
  const { core, client } = openCore(join(top, 'data'), withModel ? withModels : {})
  await client.call('project.open', { folder })
  return {
    top,
    folder,
    client,
    write: (name, content) => write(join(top, name), content),
    take: (path, more = {}) => takeFrom(client, path, more),
    look: (path, more = {}) => lookAt(client, path, more),
    async objects() {
      const { labels } = await client.call('labels.list', {})
      const nameOf = new Map(labels.map(({ id, name }) => [id, name]))
      const { items } = await client.call('images.list', {
        offset: 0,
        limit: 100,
        filter: { text: '', show: 'all' },
      })
      const found: Record<string, { label: string; shape: Annotation['shape'] }[]> = {}
      for (const { id, path } of items) {
        const { annotations } = await client.call('images.open', { imageId: id })
        if (annotations.length > 0)
          found[path] = annotations.map(({ labelId, shape }) => ({ label: nameOf.get(labelId)!, shape }))
      }
      return found
    },
    async close() {
      await core.close()
      rmSync(top, { recursive: true, force: true })
    },
  }
}

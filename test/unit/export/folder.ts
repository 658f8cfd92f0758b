/** A folder of real images and the annotations on it, as an export sees a project. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import type { ExportRequest } from '../../../common/contract/export.ts'
import type { Annotation, ImageItem, Label, Shape } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { modifiedAtOf } from '../../../core/files/facts.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { objectByHand } from '../../support/objects.ts'
import { exportProject, type ExportOptions, type ExportSource } from '../../../core/export/export-project.ts'

export interface TestImage {
  readonly path: string
  readonly shapes?: readonly (Shape | { label: number; shape: Shape })[]
  readonly status?: 'todo' | 'done'
  /** The file's bytes; a PNG of 120 x 80 without. */
  readonly bytes?: Uint8Array
}

/** One grey, but for its first pixel, by which files can differ. */
export const pngOf = (width: number, height: number, mark = 0): Buffer => {
  const pixels = new Uint8Array(width * height * 4).fill(200)
  pixels.set([mark & 255, (mark >> 8) & 255, (mark >> 16) & 255, 255])
  return Transformer.fromRgbaPixels(pixels, width, height).pngSync()
}

export const labelsOf = (...names: string[]): Label[] =>
  names.map((name, position) => newLabel({ id: `label-${position}`, name, color: '#336699', position }))

export interface TestFolder {
  readonly top: string
  readonly folder: string
  readonly source: ExportSource
  readonly annotations: ReadonlyMap<string, readonly Annotation[]>
  remove(): void
}

/** Writes the images into a new folder; sizes are unknown until the export measures them. */
export const createFolder = (images: readonly TestImage[], labels: readonly Label[]): TestFolder => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-export-')))
  const folder = join(top, 'photos')
  mkdirSync(folder)
  const items = new Map<number, ImageItem>()
  const annotations = new Map<string, Annotation[]>()
  images.forEach(({ path, shapes = [], status = 'todo', bytes: given }, index) => {
    const bytes = given ?? pngOf(120, 80, index)
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
    const id = index + 1
    annotations.set(
      path,
      shapes.map((given, number) => {
        const { label, shape } = 'label' in given ? given : { label: 0, shape: given }
        return objectByHand(`${id}-${number}`, shape, { imageId: id, labelId: labels[label]!.id })
      }),
    )
    items.set(id, {
      id,
      path,
      bytes: statSync(file).size,
      modifiedAt: modifiedAtOf(statSync(file)),
      contentHash: null,
      width: null,
      height: null,
      orientation: null,
      status,
      problem: null,
      annotationCount: shapes.length,
      proposedCount: 0,
      madeOn: null,
      bands: null,
      shownBands: null,
      stretch: null,
      side: null,
      flag: null,
      reviewed: null,
      tags: [],
    })
  })
  const pictures = createPictures({ dataFolder: join(top, 'data'), startProcess: forkDecoderProcess })
  const source: ExportSource = {
    folder,
    imageIds: () => [...items.keys()],
    filtered: ({ text }) => [...items].filter(([, { path }]) => path.includes(text)).map(([id]) => id),
    imagePaths: () => Array.from(items.values(), ({ path }) => path),
    labels: () => labels,
    read: (ids) =>
      ids.flatMap((id) => {
        const image = items.get(id)
        return image ? [{ image, annotations: annotations.get(image.path)!, damaged: [] }] : []
      }),
    fileOf: (image) => Promise.resolve(join(folder, image.path)),
    async measure(image) {
      const stats = statSync(join(folder, image.path))
      const now = { ...image, bytes: stats.size, modifiedAt: modifiedAtOf(stats) }
      const measured = await probeImage(join(folder, image.path)).then(
        (size) => ({ ...now, ...size }),
        (thrown: unknown) => ({ ...image, problem: thrown instanceof Error ? thrown.message : 'unreadable' }),
      )
      items.set(image.id, measured)
      return measured
    },
    keepSides(sides) {
      for (const [id, side] of sides) items.set(id, { ...items.get(id)!, side })
    },
    thumbnail: async (image) => (await pictures.thumbnail(join(folder, image.path))).bytes,
    encodeUpright: (file, type) => pictures.copy(file, type),
  }
  const remove = () => {
    pictures.close()
    rmSync(top, { recursive: true, force: true })
  }
  return { top, folder, source, annotations, remove }
}

/** Exports what `source` has, as the app does; `options` may watch it or cancel it. */
export const exportFrom = (
  source: ExportSource,
  request: Pick<ExportRequest, 'out'> & Partial<ExportRequest>,
  options: Partial<ExportOptions> = {},
) => {
  const { format = 'yolo-seg' } = request
  const found = allFormats.find(({ about }) => about.id === format)!
  return exportProject(
    { format, copyImages: true, validation: 0.2, seed: 0, ...request },
    {
      writer: { ...found.about, write: found.write! },
      source,
      version: '1.2.3',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    },
  )
}

/** Export of the open project as a run: what it reads, and that the folder stays open until it has ended. */
import { exportRequestOf, type ExportReport, type ExportRequest } from '../../common/contract/export.ts'
import { imageFileOf } from '../images/image-file.ts'
import type { Project } from '../project/project.ts'
import { PAGE } from '../export/run.ts'
import { exportProject, type ExportSource } from '../export/export-project.ts'
import { CodedError } from '../../common/errors.ts'
import { storeSides } from './split.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

const sourceOf = (project: Project, pictures: WorkParts['pictures'], run: string): ExportSource => {
  const { folder, store, facts } = project
  return {
    folder,
    imageIds: () => store.images.ids(),
    filtered: (filter) => store.images.ids(filter),
    *imagePaths() {
      const ids = store.images.ids()
      for (let start = 0; start < ids.length; start += PAGE)
        for (const { path } of store.images.getMany(ids.slice(start, start + PAGE))) yield path
    },
    labels: () => store.labels.list(),
    read: (ids) =>
      store.images.getMany(ids).map((image) => ({ image, ...store.annotations.readImage(image.id) })),
    fileOf: (image) => imageFileOf(folder, image.path),
    measure: (image) => facts.compare(image.id),
    keepSides(sides) {
      const items = store.images.getMany([...sides.keys()])
      storeSides(
        project,
        items.map((item) => [item, item.side ?? sides.get(item.id)!] as const),
        run,
      )
    },
    thumbnail: async (image) => (await pictures.thumbnail(await imageFileOf(folder, image.path))).bytes,
    encodeUpright: (file, type) => pictures.copy(file, type),
  }
}

export const exportWork = ({ project, pictures, formats, version, onExported }: WorkParts) => {
  const written = formats.filter((format) => format.write !== null)
  return defineWork<ExportRequest, ExportReport>({
    name: 'export',
    title: 'Export',
    unit: 'image',
    request: exportRequestOf(written.map(({ about }) => about)),
    canPause: false,
    isListed: false,
    again: { refuse: 'An export is running. Wait for its end or cancel it.' },
    scope: 'project',
    holdsFolder: 'An export is running. Wait for its end, or cancel it, to open a folder.',
    cleansUp: true,
    plan(request) {
      const format = written.find(({ about }) => about.id === request.format)
      if (!format?.write) throw new CodedError('bad-input', `There is no format "${request.format}".`)
      const writer = { ...format.about, write: format.write }
      const current = project()
      return async (control) => {
        // A scan that is still running knows more images; one that failed has said so itself.
        await current.scanned().catch(() => undefined)
        const report = await exportProject(request, {
          writer,
          source: sourceOf(current, pictures, control.id),
          version,
          signal: control.signal,
          onProgress({ done, total, message }) {
            control.reach(done, total)
            control.say(message)
          },
        })
        onExported(report.out)
        control.detail(report)
        return null
      }
    },
  })
}

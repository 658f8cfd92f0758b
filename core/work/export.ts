/** Export of the open project as a run: what it reads, and that the folder stays open until it has ended. */
import { exportRequestOf, type ExportReport, type ExportRequest } from '../../common/contract/export.ts'
import type { Project } from '../project/project.ts'
import { exportSourceOf } from '../project/export-source.ts'
import { exportBeside } from '../beside/export-beside.ts'
import { exportProject, type ExportProgress, type ExportSource } from '../export/export-project.ts'
import { CodedError } from '../../common/errors.ts'
import { msg, said } from '../../common/said.ts'
import { storeSides } from './split.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

/** Stores where each image was put, unless a stored split said so before. */
const keepSidesOf =
  (project: Project, run: string): ExportSource['keepSides'] =>
  (sides) => {
    const items = project.store.images.getMany([...sides.keys()])
    storeSides(
      project,
      items.map((item) => [item, item.side ?? sides.get(item.id)!] as const),
      run,
    )
  }

export const exportWork = ({ project, pictures, formats, version, onExported }: WorkParts) => {
  const written = formats.filter((format) => format.write !== null)
  return defineWork<ExportRequest, ExportReport>({
    name: 'export',
    title: msg('Export'),
    unit: 'image',
    request: exportRequestOf(written.map(({ about }) => about)),
    canPause: false,
    isListed: false,
    again: { refuse: said('An export is running. Wait for its end or cancel it.') },
    scope: 'project',
    holdsFolder: said('An export is running. Wait for its end, or cancel it, to open a folder.'),
    cleansUp: true,
    plan(request) {
      const format = written.find(({ about }) => about.id === request.format)
      if (!format?.write)
        throw new CodedError('bad-input', said('There is no format "{format}".', { format: request.format }))
      if (request.beside === true && format.about.liesBeside === undefined)
        throw new CodedError(
          'bad-input',
          said('Files of {name} do not lie beside photos.', { name: format.about.name }),
        )
      const writer = { ...format.about, write: format.write }
      const current = project()
      return async (control) => {
        // A scan that is still running knows more images; one that failed has said so itself.
        await current.scanned().catch(() => undefined)
        const options = {
          writer,
          source: exportSourceOf(current, pictures, keepSidesOf(current, control.id)),
          version,
          signal: control.signal,
          onProgress({ done, total, message }: ExportProgress) {
            control.reach(done, total)
            control.say(message)
          },
        }
        const report =
          request.beside === true
            ? (await exportBeside(request, options, { project: current.mirror!.uid() })).report
            : await exportProject(request, options)
        onExported(report.out)
        control.detail(report)
        return null
      }
    },
  })
}

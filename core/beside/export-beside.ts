/** Export of files that lie beside the photos: the same steps as any export, into an output of its own. */
import type { ExportReport, ExportRequest } from '../../common/contract/export.ts'
import { optionsOf, reportOf, type ExportOptions } from '../export/export-project.ts'
import { writeFailure } from '../export/failures.ts'
import { planImages, withoutProposals } from '../export/plan.ts'
import { createRun } from '../export/run.ts'
import type { Problem } from '../../common/contract/work.ts'
import { said } from '../../common/said.ts'
import { openBeside, type BesideOptions, type BesideOutput, type LeftFile } from './output.ts'

export interface WrittenBeside {
  readonly report: ExportReport
  /** Photos whose files were to be written. */
  readonly images: ReadonlySet<string>
  readonly left: readonly LeftFile[]
  /** What else was left out, and why. */
  readonly leftOut: readonly Problem[]
}

/**
 * Writes a file beside each photo that has objects or is done. What is not ours stays as it is and is reported.
 * @throws CodedError not-found when there is nothing to write, not-writable, disk-full, cancelled
 */
export const exportBeside = async (
  request: ExportRequest,
  { writer, source, version, signal, onProgress }: ExportOptions,
  beside: Omit<BesideOptions, 'folder'>,
): Promise<WrittenBeside> => {
  const { folder } = source
  const options = optionsOf(writer.options, request)
  let output: BesideOutput | null = null
  try {
    output = await openBeside({ folder, ...beside })
    const run = createRun(
      { request: { ...request, beside: true, copyImages: false }, source, output, version, options },
      writer,
      signal,
      onProgress,
    )
    const planned = await planImages(run)
    const counts = await writer.write(run, planned)
    for (const line of run.tally.omitted()) run.leftOut.add(line)
    run.notes.push(...run.unheld.notes())
    run.check()
    onProgress({ done: planned.length, total: planned.length, message: said('Putting the files in place') })
    const images = output.images()
    await output.commit()
    const leftOut = [...run.leftOut.all]
    for (const { image, left } of output.left()) run.leftOut.add(left, image)
    if (output.left().some(({ why }) => why !== 'blocked'))
      run.notes.push(
        said(
          'Files that are not of this project were left as they are: import them, or move them away, and export again.',
        ),
      )
    const lost = new Set(output.left().map(({ image }) => image))
    const objects = source
      .read(planned.filter(({ path }) => lost.has(path)).map(({ id }) => id))
      .reduce((sum, one) => sum + withoutProposals(run, one).annotations.length, 0)
    const written = { images: counts.images - lost.size, annotations: counts.annotations - objects }
    return { report: reportOf(run, written, output.written()), images, left: output.left(), leftOut }
  } catch (thrown) {
    await output?.discard().catch(() => null)
    throw writeFailure(thrown, folder)
  }
}

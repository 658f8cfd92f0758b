/** Export: from the project to files that train. Owns the order of its steps, and the report. */
import { writeFile } from 'node:fs/promises'
import type { ExportReport, ExportRequest } from '../../common/contract/export.ts'
import { CodedError, messageOf } from '../../common/errors.ts'
import { completeOptions, type FormatOption, type OptionValues } from '../../common/format-options.ts'
import type { FormatDescription } from '../../common/formats.ts'
import { said } from '../../common/said.ts'
import { writeFailure } from './failures.ts'
import { renumberedNote } from './classes.ts'
import { openOutput, type Output } from './output.ts'
import { planImages } from './plan.ts'
import { createRun, type PlannedImage, type Run } from './run.ts'
import type { ExportSource } from './source.ts'

export type { ExportSource } from './source.ts'

/** What a format gives an export. */
export interface Writer {
  /** What the marker of the folder says: an export replaces those of its own kind. */
  readonly kind: string
  /** The kind in words, for messages. */
  readonly kindName: string
  /** The number of its first class; null for a format that writes names. */
  readonly firstClass: FormatDescription['firstClass']
  /** What it has a place for besides classes and shapes. */
  readonly holds: FormatDescription['holds']
  /** What it can be asked. */
  readonly options: readonly FormatOption[]
  /**
   * Writes the images and their objects into the run's output, and reports what it leaves out or changes.
   * @returns how many images and objects were written
   * @throws CodedError not-found when there is nothing to export
   */
  write(run: Run, images: readonly PlannedImage[]): Promise<Written>
}

interface Written {
  readonly images: number
  readonly annotations: number
}

export interface ExportProgress {
  readonly done: number
  readonly total: number
  readonly message: string
}

export interface ExportOptions {
  readonly writer: Writer
  readonly source: ExportSource
  /** Of the application, for the files' own description. */
  readonly version: string
  /** Aborted when the export is to end: it cleans up and rejects with `cancelled`. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: ExportProgress) => void
}

/** @throws CodedError bad-input for an option that the format does not have, or a value that it does not take */
export const optionsOf = (options: readonly FormatOption[], request: ExportRequest): OptionValues => {
  try {
    return completeOptions(options, request.options)
  } catch (thrown) {
    throw new CodedError('bad-input', said("This export can't be made: {why}.", { why: messageOf(thrown) }), {
      cause: thrown,
    })
  }
}

/** How many files a report names; it counts all. */
const NAMED_FILES = 1000
/** The whole report, for exports with more lines than a screen shows. */
const REPORT_FILE = 'export-report.json'

const headOf = (run: Run, counts: Written) => ({
  format: run.request.format,
  ...counts,
  notes: run.notes,
  classes: run.tally.classes(),
  keepsNumbers: run.keepsNumbers,
})

/** What the screen and the terminal are told. @param files of the export, relative to its folder */
export const reportOf = (run: Run, counts: Written, files: readonly string[]): ExportReport => ({
  ...headOf(run, counts),
  out: run.output.out,
  files: files.slice(0, NAMED_FILES),
  fileCount: files.length,
  leftOut: run.leftOut.shown(),
  changed: run.changed.shown(),
})

const writeReport = async (run: Run, counts: Written): Promise<ExportReport> => {
  const file = await run.output.stage(REPORT_FILE)
  const whole = { ...headOf(run, counts), leftOut: run.leftOut.all, changed: run.changed.all }
  await writeFile(file, `${JSON.stringify(whole, null, 1)}\n`)
  return reportOf(run, counts, run.output.files())
}

/**
 * Writes the project in the asked format. A cancelled or failed export leaves what was there before.
 * @throws CodedError conflict (the folder holds other files), bad-input (the folder is the image folder), not-found
 * (nothing to export), not-writable, disk-full, cancelled
 */
export const exportProject = async (
  request: ExportRequest,
  { writer, source, version, signal, onProgress }: ExportOptions,
): Promise<ExportReport> => {
  let output: Output | null = null
  const options = optionsOf(writer.options, request)
  try {
    output = await openOutput(request.out, source, writer)
    const run = createRun({ request, source, output, version, options }, writer, signal, onProgress)
    const images = await planImages(run)
    const counts = await writer.write(run, images)
    for (const line of run.tally.omitted()) run.leftOut.add(line)
    output.numbered(run.labels)
    const renumbered = renumberedNote(output.classesBefore, run.labels, writer.firstClass)
    // A model that was trained on the numbers of before takes one class for another: first of all that is said.
    if (renumbered !== null) run.notes.unshift(renumbered)
    run.notes.push(...run.unheld.notes())
    const report = await writeReport(run, counts)
    run.check()
    onProgress({ done: report.images, total: report.images, message: said('Putting the files in place') })
    await output.commit()
    if (request.remember === true && run.divided.size > 0) source.keepSides(run.divided)
    return report
  } catch (thrown) {
    await output?.discard().catch(() => null)
    throw writeFailure(thrown, request.out)
  }
}

/** Export: from the project to files that train. Owns the run: one at a time, progress, cancel, the report. */
import { writeFile } from 'node:fs/promises'
import type { EventPayload } from '../common/contract.ts'
import type { ExportReport, ExportRequest } from '../common/contract/export.ts'
import { CodedError } from '../common/errors.ts'
import { writeFailure } from './transfer/failures.ts'
import { openOutput, type Output } from './transfer/output.ts'
import { planImages } from './transfer/plan.ts'
import { createRun, type Run } from './transfer/run.ts'
import type { TransferSource } from './transfer/source.ts'
import { writeCoco } from './transfer/write-coco.ts'
import { writeYolo } from './transfer/write-yolo.ts'

export type { SourceImage, TransferSource } from './transfer/source.ts'

export interface TransferPorts {
  /** The open project; throws CodedError `no-project` when there is none. Called once an export. */
  readonly source: () => TransferSource
  /** Called at most 20 times a second, and once at the end. */
  readonly emitProgress: (progress: EventPayload<'transfer.progress'>) => void
  /** Of the application, for the files' own description. */
  readonly version: string
}

export interface Transfer {
  /**
   * Writes the project in the asked format. A cancelled or failed export leaves what was there before.
   * @throws CodedError no-project, conflict (an export is running, or the folder holds other files), bad-input (the
   * folder is the image folder), not-found (nothing to export), not-writable, disk-full, cancelled
   */
  export(request: ExportRequest): Promise<ExportReport>
  /** Stops the running export, which rejects with `cancelled`; nothing happens when none runs. */
  cancel(): void
}

const PROGRESS_EVERY = 50
/** A report names so many files; the count is of all. */
const NAMED_FILES = 1000
/** The whole report, for exports with more lines than a screen shows. */
const reportFile = 'export-report.json'

type Progress = EventPayload<'transfer.progress'>

/** Lets a progress event through when the one before is old enough. */
const throttle = (emit: (progress: Progress) => void) => {
  let last = -Infinity
  return (progress: Progress) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY) return
    last = now
    emit(progress)
  }
}

const writeReport = async (run: Run, counts: { images: number; annotations: number }) => {
  const { format } = run.request
  const head = { format, ...counts, notes: run.notes }
  const file = await run.output.stage(reportFile)
  const whole = { ...head, leftOut: run.leftOut.all, changed: run.changed.all }
  await writeFile(file, `${JSON.stringify(whole, null, 1)}\n`)
  const files = run.output.files()
  return {
    ...head,
    out: run.output.out,
    files: files.slice(0, NAMED_FILES),
    fileCount: files.length,
    leftOut: run.leftOut.shown(),
    changed: run.changed.shown(),
  } satisfies ExportReport
}

export const createTransfer = ({ source, emitProgress, version }: TransferPorts): Transfer => {
  let running: AbortController | null = null

  const runExport = async (request: ExportRequest, signal: AbortSignal): Promise<ExportReport> => {
    const project = source()
    let output: Output | null = null
    try {
      output = await openOutput(request.out, project.folder, request.format === 'coco' ? 'coco' : 'yolo')
      const run = createRun({ request, source: project, output, version }, signal, throttle(emitProgress))
      const images = await planImages(run)
      const counts = await (request.format === 'coco' ? writeCoco : writeYolo)(run, images)
      const report = await writeReport(run, counts)
      run.check()
      emitProgress({ done: report.images, total: report.images, message: 'Putting the files in place' })
      await output.commit()
      return report
    } catch (thrown) {
      await output?.discard().catch(() => null)
      throw writeFailure(thrown, request.out)
    }
  }

  return {
    async export(request) {
      if (running) throw new CodedError('conflict', 'An export is running. Wait for its end or cancel it.')
      running = new AbortController()
      try {
        return await runExport(request, running.signal)
      } finally {
        running = null
      }
    },
    cancel() {
      running?.abort()
    },
  }
}

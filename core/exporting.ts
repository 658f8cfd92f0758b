/** Exports of the open project: what an export reads, and that the project stays open until it has ended. */
import type { EventPayload } from '../common/contract.ts'
import type { ExportReport, ExportRequest } from '../common/contract/export.ts'
import { imageFileOf } from './images/image-file.ts'
import type { Project } from './project.ts'
import { createTransfer, type TransferSource } from './transfer.ts'

const sourceOf = ({ folder, store, facts }: Project): TransferSource => ({
  folder,
  imageIds: () => store.images.ids(),
  labels: () => store.labels.list(),
  read: (ids) =>
    store.images.getMany(ids).map((image) => ({ image, ...store.annotations.readImage(image.id) })),
  fileOf: (image) => imageFileOf(folder, image.path),
  measure: (image) => facts.refresh(image.id),
})

export interface Exporting {
  /** @throws what Transfer.export throws */
  run(request: ExportRequest): Promise<ExportReport>
  cancel(): void
  isRunning(): boolean
  /** Where the last export that succeeded was written, absolute; null before the first. */
  lastOut(): string | null
  /** Cancels what runs and waits until it has cleaned up. */
  end(): Promise<void>
}

export const createExporting = (
  project: () => Project,
  emitProgress: (progress: EventPayload<'transfer.progress'>) => void,
  version: string,
): Exporting => {
  const transfer = createTransfer({ source: () => sourceOf(project()), emitProgress, version })
  const running = new Set<Promise<unknown>>()
  let lastOut: string | null = null
  const start = async (request: ExportRequest) => {
    // A scan that is still running knows more images; one that failed has said so itself.
    await project()
      .scanned()
      .catch(() => undefined)
    const report = await transfer.export(request)
    lastOut = report.out
    return report
  }
  return {
    async run(request) {
      const report = start(request)
      running.add(report)
      try {
        return await report
      } finally {
        running.delete(report)
      }
    },
    cancel: () => transfer.cancel(),
    isRunning: () => running.size > 0,
    lastOut: () => lastOut,
    async end() {
      transfer.cancel()
      await Promise.allSettled(running)
    },
  }
}

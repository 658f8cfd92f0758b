/** What the steps of one export share: what is asked, where it goes, what is reported. */
import type { ExportRequest } from '../../common/contract/export.ts'
import { CodedError } from '../../common/errors.ts'
import type { OptionValues } from '../../common/format-options.ts'
import type { FormatDescription } from '../../common/formats.ts'
import type { ImageId, ImageItem, LabelId, Side } from '../../common/model.ts'
import { classesOf, keepNumbers, keptNotes, type ExportClass } from './classes.ts'
import { createUnheld, type Marks, type Unheld } from './extras.ts'
import type { Output } from './output.ts'
import { createReportLines, type ReportLines } from './report-lines.ts'
import type { ExportSource } from './source.ts'
import { renditionOf, type Rendition } from '../../common/rendition.ts'
import { said } from '../../common/said.ts'
import type { FileKind } from '../images/file-kind.ts'
import { createTally, type Tally } from './tally.ts'

/** An image that will be written. */
export interface PlannedImage {
  readonly id: ImageId
  /** Relative to the folder of images. */
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  /** Of the upright frame. */
  readonly width: number
  readonly height: number
  /** The file's pixels are not upright: EXIF says how to turn them. */
  readonly isTurned: boolean
  /** Nobody said yet that this image is finished. */
  readonly isTodo: boolean
  readonly hasObjects: boolean
  /** Indexes of the classes of its objects, each once. */
  readonly classes: readonly number[]
  /** Where a split that was stored put it. */
  readonly side: Side | null
  readonly marks: Marks
  /** What its file holds; null where no copy is made, or it can't be read. */
  readonly kind: FileKind | null
  /** How a copy that is written anew is shown; null: as it is read. */
  readonly rendition: Rendition | null
}

export interface Run {
  readonly request: ExportRequest
  readonly source: ExportSource
  readonly output: Output
  readonly version: string
  /** A value for everything that the format can be asked. */
  readonly options: OptionValues
  /** The classes of this export. */
  readonly labels: readonly ExportClass[]
  readonly labelIndex: ReadonlyMap<LabelId, number>
  /** Labels that are not asked for, with their names. */
  readonly omitted: ReadonlyMap<LabelId, string>
  readonly tally: Tally
  /** What of objects and images is not written. */
  readonly unheld: Unheld
  readonly leftOut: ReportLines
  readonly changed: ReportLines
  readonly notes: string[]
  /** Classes have numbers of the export before that they would not have by themselves. */
  readonly keepsNumbers: boolean
  /** Where each image was put, when the images were divided. */
  readonly divided: Map<ImageId, Side>
  /** Throws `cancelled` when the user has cancelled. */
  check(): void
  /** One more step is done. */
  advance(message: string): void
  /** How many steps are to be done from here on. */
  expect(steps: number): void
}

/** How many images are read from the store at once; in between, others get their turn. */
export const PAGE = 100

/** The classes of a run, and what is to be told of their numbers. @param first null for a format that writes names */
const classesOfRun = (
  { request, source, output }: Pick<Run, 'request' | 'source' | 'output'>,
  first: number | null,
) => {
  const asked = classesOf(source.labels(), request.classes)
  const kept = first === null || request.renumber === true ? null : keepNumbers(asked, output.classesBefore)
  return kept === null || first === null
    ? { classes: asked, notes: [] }
    : { classes: kept, notes: keptNotes(asked.labels, kept, first) }
}

/** @param format the number of its first class is null when it writes names */
export const createRun = (
  given: Pick<Run, 'request' | 'source' | 'output' | 'version' | 'options'>,
  { firstClass, holds }: Pick<FormatDescription, 'firstClass' | 'holds'>,
  signal: AbortSignal,
  emit: (progress: { done: number; total: number; message: string }) => void,
): Run => {
  const known = given.source.labels()
  const {
    classes: { labels, labelIndex, omitted },
    notes,
  } = classesOfRun(given, firstClass)
  let done = 0
  let total = 0
  return {
    ...given,
    labels,
    labelIndex,
    omitted: new Map(known.filter(({ id }) => omitted.has(id)).map(({ id, name }) => [id, name])),
    tally: createTally(labels),
    unheld: createUnheld(holds, given.options),
    leftOut: createReportLines(),
    changed: createReportLines(),
    notes: [...notes],
    keepsNumbers: notes.length > 0,
    divided: new Map(),
    check() {
      if (signal.aborted)
        throw new CodedError('cancelled', said('The export was cancelled; nothing was changed.'))
    },
    advance(message) {
      done++
      emit({ done, total, message })
    },
    expect(steps) {
      total = done + steps
    },
  }
}

/** The image with its size, or null when it can't be read. */
export const plannedImage = (
  image: ImageItem,
  classes: readonly number[],
  hasObjects: boolean,
  kind: FileKind | null,
): PlannedImage | null =>
  image.problem !== null || image.width === null || image.height === null
    ? null
    : {
        id: image.id,
        path: image.path,
        bytes: image.bytes,
        modifiedAt: image.modifiedAt,
        width: image.width,
        height: image.height,
        isTurned: (image.orientation ?? 1) !== 1,
        isTodo: image.status === 'todo',
        hasObjects,
        classes,
        side: image.side,
        marks: { tags: image.tags, flag: image.flag, reviewed: image.reviewed },
        kind,
        rendition: renditionOf(image),
      }

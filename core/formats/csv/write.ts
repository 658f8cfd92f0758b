/** Writes a table of objects: objects.csv, and images/ when they are copied. */
import type { Annotation } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import { reviewOf, writesExtras, type Marks } from '../../export/extras.ts'
import { checkRoomFor, createPlaces, placeOfOriginal } from '../../export/place.ts'
import type { BareObject, FittedObject } from '../../export/objects.ts'
import { finishedOf } from '../../export/plan.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { guarded, tableLine } from '../../export/table.ts'
import { createTextFile } from '../../export/text-file.ts'
import { writtenImages } from '../../export/written.ts'
import { CSV_COLUMNS, CSV_EXTRAS, measuresOf, measuresOfBare, wktOf, wktOfBare } from './wkt.ts'

const FILE = 'objects.csv'

type Cells = readonly (string | number | null)[]

const sourceOf = ({ source, modelId }: Annotation) => (modelId === null ? source : `${source}: ${modelId}`)

/** Writes names as a spreadsheet may read them; says in the report which ones it changed. */
const createNameCell = (run: Run) => {
  const seen = new Set<string>()
  return (name: string): string => {
    const text = run.options['guard-formulas'] === true ? guarded(name) : name
    if (text !== name && !seen.has(name))
      run.changed.add(
        said(
          '"{name}" has an apostrophe in front in {file}, because a spreadsheet would take it for a formula.',
          { name, file: FILE },
        ),
      )
    seen.add(name)
    return text
  }
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

const cellsOfObject = ({ groupId, trackId, attributes }: Annotation): Cells => [
  groupId,
  trackId,
  Object.keys(attributes).length === 0 ? null : json(attributes),
]

/** A flag without a note is an empty text, which a table can't tell from none: it is said in quotes. */
const cellsOfImage = (marks: Marks, textCell: (text: string) => string): Cells => [
  marks.tags.length === 0 ? null : json(marks.tags),
  marks.flag === '' ? '""' : marks.flag === null ? null : textCell(marks.flag),
  json(reviewOf(marks)),
]

/**
 * Writes the images that have objects or are done.
 * @throws CodedError not-found when there is none
 */
export const writeCsv = async (run: Run, all: readonly PlannedImage[]) => {
  const images = finishedOf(run, all, said('a line with their name and size alone'))
  const places = images.map(run.request.copyImages ? createPlaces('name', 'images') : placeOfOriginal)
  await checkRoomFor(run, places)
  run.expect(places.length)
  const nameCell = createNameCell(run)
  const withExtras = writesExtras(run.options)
  const columns = withExtras ? [...CSV_COLUMNS, ...CSV_EXTRAS] : CSV_COLUMNS
  const make = ({ annotation, fitted, label }: FittedObject): Cells => {
    const name = nameCell(run.labels[label]!.name)
    const own = [name, ...measuresOf(fitted), annotation.score, sourceOf(annotation), wktOf(fitted.polygon)]
    return withExtras ? [...own, ...cellsOfObject(annotation)] : own
  }
  const makeBare = ({ annotation, bare, label }: BareObject): Cells => {
    const name = nameCell(run.labels[label]!.name)
    const own = [name, ...measuresOfBare(bare), annotation.score, sourceOf(annotation), wktOfBare(bare)]
    return withExtras ? [...own, ...cellsOfObject(annotation)] : own
  }
  const file = await createTextFile(await run.output.stage(FILE))
  const counts = { images: 0, annotations: 0 }
  try {
    await file.write(tableLine(columns))
    for await (const { place, objects } of writtenImages(run, places, {
      make,
      makeBare,
      emptyTeaches: true,
    })) {
      const { width, height } = place.image
      const head = [nameCell(place.name), width, height]
      const marks = withExtras ? cellsOfImage(place.image.marks, nameCell) : []
      const empty: Cells = columns.slice(head.length + marks.length).map(() => null)
      for (const cells of objects.length > 0 ? objects : [empty])
        await file.write(tableLine([...head, ...cells, ...marks]))
      counts.images++
      counts.annotations += objects.length
    }
  } finally {
    await file.close()
  }
  run.notes.push(
    said(
      'Boxes and polygons are in image pixels, from the corner of the first pixel. pandas: read_csv("{file}").',
      { file: FILE },
    ),
  )
  return counts
}

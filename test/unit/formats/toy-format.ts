/** A format as a newcomer would add it: one text file, one line an object: `image;class;x;y;width;height` in pixels. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FormatDescription } from '../../../common/formats.ts'
import { cleanLabelName } from '../../../common/label-name.ts'
import { fitShape } from '../../../core/export/fit.ts'
import { readPages } from '../../../core/export/plan.ts'
import { readSmallText } from '../../../core/files/small-file.ts'
import type { Format } from '../../../core/formats/format.ts'
import { setOfRead } from '../../../core/import/label-set.ts'
import {
  readProblem,
  type LabelSet,
  type LoadedObjects,
  type ReadObject,
} from '../../../core/import/objects.ts'

/** What would be the entry in `common/formats.ts`. */
const about: FormatDescription = {
  id: 'lines',
  name: 'Lines',
  kind: 'lines',
  kindName: 'Lines',
  use: 'One text file.',
  summary: 'a line an object',
  images: 'finished',
  divides: false,
  firstClass: null,
  holds: { score: false, extras: false, marks: false },
  options: [],
  keeps: {
    files: '`objects.lines`',
    class: 'its name',
    rectangle: 'as it is',
    rotated: 'its corners',
    polygon: 'its box',
    parts: 'the box around all',
    holes: 'no matter',
    bare: 'left out',
    outside: 'clipped',
    empty: 'left out',
    unreadable: 'left out',
    extras: 'left out',
    marks: 'left out',
    score: 'left out',
  },
  reads: { what: 'a file of lines', endings: ['lines'], folder: false, names: 'none' },
}

const write: Format['write'] = async (run, images) => {
  const sizes = new Map(images.map((image) => [image.id, image]))
  const lines: string[] = []
  for await (const page of readPages(run, [...sizes.keys()]))
    for (const { image, annotations } of page)
      for (const { id, shape, labelId } of annotations) {
        const fitted = fitShape(shape, sizes.get(image.id)!)
        if ('reason' in fitted) run.leftOut.add(fitted.reason, image.path, id)
        else {
          const { x, y, width, height } = fitted.box
          lines.push(
            [image.path, run.labels[run.labelIndex.get(labelId)!]!.name, x, y, width, height].join(';'),
          )
        }
      }
  await writeFile(await run.output.stage('objects.lines'), lines.join('\n'))
  return { images: images.length, annotations: lines.length }
}

const objectOf = (line: string, where: string): { name: string; object: ReadObject } | null => {
  const [name = '', label = '', ...numbers] = line.split(';')
  const [x, y, width, height] = numbers.map(Number) as [number, number, number, number]
  if (numbers.length !== 4 || ![x, y, width, height].every(Number.isFinite)) return null
  const box = [x, y, x + width, y + height] as const
  const rest = { unit: 'pixel', shape: { type: 'box' }, score: null, size: null, where } as const
  return { name, object: { label: cleanLabelName(label), box, ...rest } }
}

const readLines = (text: string, file: string): LabelSet => {
  const read = text.split('\n').map((line, index) => {
    const where = `${file}, line ${index + 1}`
    return objectOf(line, where) ?? readProblem(null, `${where} is no object; it is left out.`)
  })
  const problems = read.flatMap((one) => ('object' in one ? [] : [one]))
  const byName = new Map<string, LoadedObjects>()
  for (const one of read) {
    if (!('object' in one)) continue
    const known = byName.get(one.name) ?? { objects: [], problems: [] }
    byName.set(one.name, { ...known, objects: [...known.objects, one.object] })
  }
  return setOfRead({ format: 'toy', problems }, byName)
}

export const toyFormat: Format = {
  about,
  write,
  read: {
    open: async ({ files: [file = ''] }) =>
      readLines(await readSmallText(file, { limit: 1e6 }), basename(file)),
  },
}

/** `maskwright agreement`: how far two people who labelled the same images agree. */
import { basename, resolve } from 'node:path'
import type { ImageItem } from '../../common/model.ts'
import { printable } from '../../common/printable.ts'
import type { Client } from '../../common/rpc.ts'
import { createAgreement, type Agreement, type ComparedObject } from '../../core/agreement/agreement.ts'
import { pairImages } from '../../core/agreement/pair-images.ts'
import { hashFile } from '../../core/files/hash.ts'
import { imageFileOf } from '../../core/images/image-file.ts'
import { numberOption, parseCommand, UsageError, type Command } from '../command.ts'
import { withProjectRead } from '../project.ts'
import { tableLines } from '../table.ts'

const PAGE = 1000

const imagesOf = async (client: Client): Promise<ImageItem[]> => {
  const all: ImageItem[] = []
  for (let offset = 0, total = Infinity; offset < total; offset += PAGE) {
    const page = await client.call('images.list', { offset, limit: PAGE, filter: { text: '', show: 'all' } })
    total = page.total
    all.push(...page.items)
  }
  return all
}

/** Somebody has looked at it: it has objects, or is done without one. */
const isLabelled = ({ annotationCount, status }: ImageItem): boolean =>
  annotationCount > 0 || status === 'done'

const objectsOf = async (
  client: Client,
  { id }: ImageItem,
  nameOf: ReadonlyMap<string, string>,
): Promise<ComparedObject[]> => {
  const { annotations } = await client.call('images.open', { imageId: id })
  const { authors } = await client.call('images.authors', { imageId: id })
  const authorOf = new Map(authors.map((one) => [one.id, one.author]))
  return annotations
    .filter(({ proposed }) => !proposed)
    .map((object) => ({
      shape: object.shape,
      label: nameOf.get(object.labelId) ?? object.labelId,
      author: authorOf.get(object.id) ?? null,
    }))
}

const namesOf = async (client: Client): Promise<ReadonlyMap<string, string>> => {
  const { labels } = await client.call('labels.list', {})
  return new Map(labels.map(({ id, name }) => [id, name]))
}

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
const decimal = (value: number | null) => (value === null ? '–' : value.toFixed(3))

interface Names {
  readonly one: string
  readonly other: string
}

const linesOf = (found: Agreement, { one, other }: Names): string[] => [
  `${found.one} objects of ${one}, ${found.other} of ${other}, ${found.matched} found by both: ${percent(found.matchedShare)}`,
  `mean IoU of these ${decimal(found.meanIou)}; the same class ${percent(found.sameClass)}`,
  ...(found.classes.length === 0
    ? []
    : [
        '',
        ...tableLines([
          ['class', one, other, 'both', 'share', 'mean IoU'],
          ...found.classes.map((row) => [
            row.name,
            row.one,
            row.other,
            row.both,
            percent(row.share),
            decimal(row.meanIou),
          ]),
        ]),
        '',
        ...tableLines([
          ['annotator', 'in', 'objects', 'found by the other', 'share', 'mean IoU', 'same class'],
          ...found.people.map((row) => [
            row.name ?? '(not known)',
            row.side === 'one' ? one : other,
            row.objects,
            row.matched,
            percent(row.share),
            decimal(row.meanIou),
            percent(row.sameClass),
          ]),
        ]),
        '',
        `Classes of ${one} (down) against ${other} (across):`,
        ...tableLines([
          ['', ...found.confusion.names, 'not found'],
          ...found.confusion.counts.map((row, at) => [found.confusion.names[at] ?? 'not found', ...row]),
        ]),
      ]),
]

export const agreement: Command = {
  usage: ['A B [--iou SHARE] [--json]'],
  details: [
    'A, B         two folders of the same images, each labelled by one person',
    '--iou SHARE  from when on two objects are the same thing, 0.05 to 1 (default 0.5)',
    '--json       all numbers as JSON',
    '',
    'Images are paired by content, wherever they lie, then by path. Those are compared that both have labelled: with',
    'objects, or marked done. Objects are paired by how much they cover each other, whatever their classes. Proposals',
    'are left out. An annotator is who made or changed an object last. Nothing is written.',
    '',
    'Example: maskwright agreement photos-anna photos-ben',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: { iou: { type: 'string', default: '0.5' }, json: { type: 'boolean', default: false } },
    })
    const [a, b, more] = positionals
    if (a === undefined || b === undefined) throw new UsageError('two folders are needed, A and B')
    if (more !== undefined) throw new UsageError(`"${more}" is too many`)
    const least = numberOption('iou', values.iou, 0.05, 1)
    await withProjectRead(a, terminal, (first, one) =>
      withProjectRead(b, terminal, async (second, other) => {
        const [ones, others] = [await imagesOf(first), await imagesOf(second)]
        const hashOf = async (item: ImageItem, side: 'one' | 'other') =>
          hashFile(await imageFileOf(side === 'one' ? one.folder : other.folder, item.path)).catch(() => null)
        const { pairs, onlyOne, onlyOther } = await pairImages(ones, others, hashOf)
        const both = pairs.filter((pair) => pair.every(isLabelled))
        const [oneNames, otherNames] = [await namesOf(first), await namesOf(second)]
        const sum = createAgreement(least)
        for (const [at, [mine, theirs]] of both.entries()) {
          terminal.show(`Comparing ${at + 1} of ${both.length} images ...`)
          sum.add(await objectsOf(first, mine, oneNames), await objectsOf(second, theirs, otherNames))
        }
        terminal.show('')
        const found = sum.result()
        const left = {
          onlyInA: onlyOne.length,
          onlyInB: onlyOther.length,
          notLabelledByBoth: pairs.length - both.length,
        }
        if (values.json) {
          terminal.print(
            JSON.stringify({ a: one.folder, b: other.folder, iou: least, ...left, ...found }, null, 2),
          )
          return
        }
        const isTwin = basename(resolve(a)) === basename(resolve(b))
        const names: Names = isTwin ? { one: 'A', other: 'B' } : { one: one.name, other: other.name }
        terminal.print(
          `${found.images} images compared; ${left.notLabelledByBoth} not labelled by both, ` +
            `${left.onlyInA} only in ${printable(names.one)}, ${left.onlyInB} only in ${printable(names.other)}`,
        )
        if (found.images > 0) for (const line of linesOf(found, names)) terminal.print(printable(line))
      }),
    )
  },
}

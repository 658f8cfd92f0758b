/** `maskwright export`: the same export as in the app. */
import { resolve } from 'node:path'
import type { ExportReport } from '../../common/contract/export.ts'
import type { Problem } from '../../common/contract/work.ts'
import { besideFormats, formatList, formatOf } from '../../common/formats.ts'
import { printable } from '../../common/printable.ts'
import { plural } from '../../common/words.ts'
import { numberOption, onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { classesOf, classOptionsHelp, classOptionTypes } from '../class-options.ts'
import { formatOptionsHelp, formatOptionsOf, formatOptionTypes } from '../format-options.ts'
import { runInTerminal } from '../long-work.ts'
import { withProject, withProjectRead } from '../project.ts'
import { tableLines } from '../table.ts'
import { splitOptionsHelp, splitOptionsOf, splitOptionTypes } from '../split-options.ts'

const ids = formatList.map(({ id }) => id)
const dividing = [
  ...new Set(formatList.filter(({ divides }) => divides !== false).map(({ kindName }) => kindName)),
]
/** Formats whose files can lie beside the photos. */
const besides = besideFormats.map(({ id }) => id)
const example = formatList.find(({ divides }) => divides === true) ?? formatList[0]!

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      format: { type: 'string' },
      out: { type: 'string' },
      beside: { type: 'boolean', default: false },
      images: { type: 'boolean', default: true },
      'done-only': { type: 'boolean', default: false },
      proposals: { type: 'boolean', default: false },
      filter: { type: 'string' },
      remember: { type: 'boolean', default: false },
      renumber: { type: 'boolean', default: false },
      val: { type: 'string', default: '0.2' },
      seed: { type: 'string', default: '0' },
      ...splitOptionTypes,
      json: { type: 'boolean', default: false },
      ...classOptionTypes,
      ...formatOptionTypes,
    },
  })
  const folder = onlyArgument(positionals, 'FOLDER')
  const { format } = values
  if (format === undefined || !ids.includes(format))
    throw new UsageError(`--format is one of ${ids.join(', ')}`)
  const about = formatOf(format)
  if (values.beside && about.liesBeside === undefined)
    throw new UsageError(`--beside is not for ${format}, but for ${besides.join(', ')}`)
  if (values.beside && values.out !== undefined) throw new UsageError('--beside and --out exclude each other')
  const out = values.beside ? folder : values.out
  if (out === undefined || out === '') throw new UsageError('--out DIR is missing')
  const seed = numberOption('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)
  if (!Number.isInteger(seed)) throw new UsageError('--seed takes a whole number')
  const request = {
    format,
    out: resolve(out),
    ...(values.beside ? { beside: true } : {}),
    copyImages: values.images,
    onlyDone: values['done-only'],
    proposals: values.proposals,
    ...(values.filter === undefined ? {} : { filter: { text: values.filter, show: 'all' as const } }),
    remember: values.remember,
    // Who names classes gives their order.
    renumber: values.renumber || values.class !== undefined,
    validation: numberOption('val', values.val, 0, 0.9),
    seed,
    split: splitOptionsOf(values),
    options: formatOptionsOf(about, values),
  }
  return { folder, request, values, isJson: values.json }
}

/** One line a kind of message, with how often and where first. */
const linesOf = (problems: readonly Problem[]): string[] => {
  const byMessage = new Map<string, { first: Problem; count: number }>()
  for (const problem of problems) {
    const known = byMessage.get(problem.message)
    if (known) known.count++
    else byMessage.set(problem.message, { first: problem, count: 1 })
  }
  return [...byMessage].map(([message, { first, count }]) => {
    const where = first.image === null ? '' : `${first.image}${count > 1 ? ` and ${count - 1} more` : ''}: `
    return printable(`  ${where}${message}`)
  })
}

/** Objects of each class with its number, by side where images were divided. */
const classTable = ({ format, classes }: ExportReport): string[] => {
  const { firstClass } = formatOf(format)
  const numbered = (number: string | number) => (firstClass === null ? [] : [number])
  const isDivided = classes.some(({ sides }) => sides !== null)
  return tableLines([
    ['class', ...numbered('number'), 'objects', ...(isDivided ? ['train', 'val', 'test'] : [])],
    ...classes.map(({ name, objects, sides }, index) => [
      name,
      ...numbered(index + (firstClass ?? 0)),
      objects,
      ...(isDivided ? [sides?.train ?? 0, sides?.val ?? 0, sides?.test ?? 0] : []),
    ]),
  ])
}

const textOf = (report: ExportReport): string[] => {
  const section = (title: string, problems: readonly Problem[]) =>
    problems.length > 0 ? [title, ...linesOf(problems)] : []
  return [
    `Wrote ${plural(report.images, 'image')} and ${plural(report.annotations, 'object')} as ${report.format} to ` +
      `${report.out} (${plural(report.fileCount, 'file')}).`,
    ...classTable(report),
    ...section('Left out:', report.leftOut),
    ...section('Changed:', report.changed),
    ...report.notes,
  ]
}

export const exportCommand: Command = {
  usage: [
    `FOLDER --format ${ids.join('|')} (--out DIR | --beside)`,
    '[--no-images] [--done-only] [--proposals] [--filter FILTER] [--val SHARE] [--test SHARE] [--seed N] [--json]',
    '[--class NAME] [--without NAME] [--merge A=B] [--renumber] [OPTIONS OF THE FORMAT]',
  ],
  details: [
    'FOLDER         the folder of images that was labelled',
    `--format       ${formatList.map(({ id, summary }) => `${id}: ${summary}`).join('\n               ')}`,
    '--out DIR      a new or empty folder, or one of an earlier export, which is replaced',
    `--beside       in place of --out: a file beside each photo (${besides.join(', ')}); what is not of this project is left`,
    '--no-images    labels alone, without copies of the images',
    '--done-only    leaves out every image that is not marked done',
    '--proposals    writes what is only proposed too, which nobody has accepted yet',
    '--filter       leaves out every image that it does not mean, as in maskwright list: class:cat -split:test',
    `--val SHARE    share of the images that validates, 0 to 0.9 (${dividing.join(', ')}; default 0.2)`,
    ...splitOptionsHelp,
    '--remember     stores in the project where each image was put; later exports follow it, as after maskwright split',
    ...classOptionsHelp,
    '--renumber     numbers the classes anew, also where an earlier export into DIR gave them other numbers',
    '--json         prints the report as JSON',
    '',
    'Options of formats:',
    ...formatOptionsHelp,
    '',
    `Example: maskwright export photos --format ${example.id} --out photos-${example.id}`,
  ].join('\n'),
  async run(args, terminal) {
    const { folder, request, values, isJson } = optionsOf(args)
    const open = request.remember ? withProject : withProjectRead
    await open(folder, terminal, async (client) => {
      const { detail } = await runInTerminal(
        client,
        terminal,
        'export',
        { ...request, classes: classesOf(values, (await client.call('labels.list', {})).labels) },
        ({ message, done, total }) =>
          `${message ?? 'Starting'}: ${Math.floor((100 * done) / Math.max(1, total))} %`,
      )
      if (detail === null) return
      if (isJson) terminal.print(JSON.stringify(detail, null, 2))
      else for (const line of textOf(detail)) terminal.print(line)
    })
  },
}

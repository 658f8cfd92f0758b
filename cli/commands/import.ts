/** `maskwright import`: labels of other programs become objects, as "Import labels" in the app does. */
import { resolve } from 'node:path'
import type { ImportReport, ImportRequest } from '../../common/contract/import.ts'
import { encodingNames, encodingOf, isEncoding } from '../../common/encodings.ts'
import { namesText, readableIds, readableText } from '../../common/formats.ts'
import { printable } from '../../common/printable.ts'
import { numberOption, parseCommand, qualityOption, UsageError, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject, withProjectRead } from '../project.ts'

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      names: { type: 'string' },
      encoding: { type: 'string' },
      'first-class': { type: 'string' },
      parts: { type: 'string' },
      'min-score': { type: 'string' },
      replace: { type: 'boolean', default: false },
      masks: { type: 'boolean', default: false },
      quality: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [folder, source, more] = positionals
  if (folder === undefined || source === undefined) throw new UsageError('FOLDER and SOURCE are needed')
  if (more !== undefined) throw new UsageError(`"${more}" is too many`)
  const { as, names, encoding, 'first-class': first, 'min-score': minScore } = values
  if (as !== undefined && !readableIds.includes(as))
    throw new UsageError(`--as is one of ${readableIds.join(', ')}`)
  if (names === '') throw new UsageError('--names takes the name of a file')
  if (encoding !== undefined && !isEncoding(encodingOf(encoding)))
    throw new UsageError(`--encoding is one of ${encodingNames}`)
  if (first !== undefined && first !== '0' && first !== '1')
    throw new UsageError('--first-class takes 0 or 1')
  const { parts } = values
  if (parts !== undefined && parts !== 'apart' && parts !== 'together')
    throw new UsageError('--parts takes apart or together')
  const request: ImportRequest = {
    source: {
      path: resolve(source),
      ...(as === undefined ? {} : { as }),
      ...(names === undefined ? {} : { names: resolve(names) }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(first === undefined ? {} : { firstClass: first === '0' ? 0 : 1 }),
      ...(parts === undefined ? {} : { parts }),
      ...(minScore === undefined ? {} : { minScore: numberOption('min-score', minScore, 0, 1) }),
    },
    existing: values.replace ? 'replace' : 'keep',
    boxes: values.masks ? 'masks' : 'rectangles',
    ...(values.quality === undefined ? {} : { quality: qualityOption(values.quality) }),
  }
  return { folder, request, isDry: values['dry-run'], isJson: values.json }
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/** Classes that are listed; the rest is counted. */
const LISTED = 20

const linesOf = (report: ImportReport, isDry: boolean): string[] => {
  const { classes, classCount } = report
  const would = isDry ? 'would be ' : ''
  const classText = ({ name, objects, isNew }: ImportReport['classes'][number]) =>
    `  ${name}: ${objects}${isNew ? ' (new)' : ''}`
  return [
    `${report.format} for ${counted(report.images, 'image')}.`,
    `${counted(report.added, 'object')} ${would}added, ${report.already} there already` +
      `${report.replaced === 0 ? '' : `, ${report.replaced} ${would}replaced`}, ` +
      `${counted(report.leftOut, 'thing')} left out.`,
    ...(report.boxesLeft === 0
      ? []
      : [
          isDry
            ? `${counted(report.boxesLeft, 'box', 'boxes')} would become masks.`
            : `${counted(report.masks, 'mask')} made of ${counted(report.boxesLeft, 'box', 'boxes')}.`,
        ]),
    ...(report.markedDone === 0
      ? []
      : [`${counted(report.markedDone, 'image')} without objects ${would}marked done.`]),
    ...(report.marked === 0
      ? []
      : [`${counted(report.marked, 'image')} ${isDry ? 'would get' : 'got'} tags or a flag.`]),
    ...(classCount === 0 ? [] : [`${counted(classCount, 'class', 'classes')}, ${report.newClasses} new:`]),
    ...classes.slice(0, LISTED).map(classText),
    ...(classCount > LISTED ? [`  and ${classCount - LISTED} more`] : []),
    ...(report.namesFrom === null ? [] : [`Names of the classes: ${report.namesFrom}`]),
    ...report.notes,
    ...report.changes.map(
      ({ message, objects, first }) => `${counted(objects, 'object')} (${first} first): ${message}`,
    ),
  ].map(printable)
}

export const importCommand: Command = {
  usage: [
    'FOLDER SOURCE [--as FORMAT] [--names FILE] [--encoding NAME] [--first-class 0|1] [--min-score SCORE]',
    '[--parts apart|together] [--masks [--quality fast|good|best]] [--replace] [--dry-run] [--json]',
  ],
  details: [
    'FOLDER            the folder of images; the objects go into its project',
    `SOURCE            ${readableText}`,
    `--as FORMAT       ${readableIds.join(', ')}; without it that is found out from the files`,
    `--names FILE      names of the classes: ${namesText};`,
    '                  without it they are looked for beside the labels',
    `--encoding NAME   of names that are not in UTF-8: ${encodingNames}`,
    '--first-class     0 or 1: the number of the first class, where results do not tell',
    '--parts           of masks of classes: apart makes an object of each connected part (as without it),',
    '                  together one of all that an image has of a class',
    '--masks           boxes without an outline become masks by the model; without it, rectangles',
    '--quality         how hard it looks at each: fast, good (as without it) or best',
    '--min-score SCORE leaves out objects with a lower score, 0 to 1',
    '--replace         the objects that these images have go; without it they stay, and what is there is not added twice',
    '--dry-run         says what would be done, and writes nothing',
    '--json            prints the report as JSON',
    '',
    'All of it is undone in one step in the app. Ctrl+C takes back what was written until then; once masks are',
    'made it keeps them, and the same command goes on.',
    'Example: maskwright import photos dataset/labels',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, request, isDry, isJson } = optionsOf(args)
    const tell = (report: ImportReport | null) => {
      if (report === null) return
      if (isJson) terminal.print(JSON.stringify(report, null, 2))
      else for (const line of linesOf(report, isDry)) terminal.print(line)
    }
    if (isDry)
      await withProjectRead(folder, terminal, async (client) => {
        const { detail } = await runInTerminal(client, terminal, 'import-look', request, (work) =>
          progressText(work),
        )
        tell(detail)
        for (const { image, message } of isJson ? [] : (detail?.problems ?? []))
          terminal.say(printable(`  ${image === null ? '' : `${image}: `}${message}`))
      })
    else
      await withProject(
        folder,
        terminal,
        async (client) => {
          const { detail } = await runInTerminal(client, terminal, 'import', request, (work) =>
            progressText(work, [counted(work.detail?.objects ?? 0, 'object')]),
          )
          tell(detail?.report ?? null)
        },
        { withModel: request.boxes === 'masks' },
      )
  },
}

/** `maskwright convert`: from one format to another, without a project: an import and an export in one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { formatList, formatOf, namesText, readableIds, readableText } from '../../common/formats.ts'
import { attributesOption, scoreOption } from '../../common/formats/shared-options.ts'
import { printable } from '../../common/printable.ts'
import { plural } from '../../common/words.ts'
import { guessImages } from '../../core/validate/validate.ts'
import { classesOf, classOptionsHelp, classOptionTypes } from '../class-options.ts'
import { numberOption, parseCommand, UsageError, type Command } from '../command.ts'
import { formatOptionsHelp, formatOptionsOf, formatOptionTypes } from '../format-options.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'
import { splitOptionsHelp, splitOptionsOf, splitOptionTypes } from '../split-options.ts'

const ids = formatList.map(({ id }) => id)

/** What the labels say is kept wherever the format can hold it, unless something else is asked. */
const keptOf = (format: string) =>
  Object.fromEntries(
    formatOf(format).options.flatMap(({ id }) =>
      id === attributesOption.id || id === scoreOption.id ? [[id, true]] : [],
    ),
  )

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      ...splitOptionTypes,
      ...classOptionTypes,
      ...formatOptionTypes,
      to: { type: 'string' },
      images: { type: 'string' },
      as: { type: 'string' },
      names: { type: 'string' },
      encoding: { type: 'string' },
      parts: { type: 'string' },
      val: { type: 'string', default: '0.2' },
      seed: { type: 'string', default: '0' },
      'copy-images': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [source, out, more] = positionals
  if (source === undefined || out === undefined) throw new UsageError('SOURCE and OUT are needed')
  if (more !== undefined) throw new UsageError(`"${more}" is too many`)
  const { to, as, names, encoding, parts } = values
  if (to === undefined || !ids.includes(to)) throw new UsageError(`--to is one of ${ids.join(', ')}`)
  if (as !== undefined && !readableIds.includes(as))
    throw new UsageError(`--as is one of ${readableIds.join(', ')}`)
  if (parts !== undefined && parts !== 'apart' && parts !== 'together')
    throw new UsageError('--parts takes apart or together')
  return {
    source: {
      path: resolve(source),
      ...(as === undefined ? {} : { as }),
      ...(names === undefined ? {} : { names: resolve(names) }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(parts === undefined ? {} : ({ parts } as const)),
    },
    images: values.images,
    isJson: values.json,
    request: {
      format: to,
      options: { ...keptOf(to), ...formatOptionsOf(formatOf(to), values) },
      out: resolve(out),
      copyImages: values['copy-images'],
      validation: numberOption('val', values.val, 0, 0.9),
      seed: Math.floor(numberOption('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)),
      split: splitOptionsOf(values),
    },
    values,
  }
}

export const convert: Command = {
  usage: [
    `SOURCE OUT --to ${ids.join('|')}`,
    '[--images DIR] [--as FORMAT] [--names FILE] [--encoding NAME] [--parts apart|together] [--copy-images]',
    '[--val SHARE] [--test SHARE] [--seed N] [--class NAME] [--without NAME] [--merge A=B] [OPTIONS OF THE FORMAT] [--json]',
  ],
  details: [
    `SOURCE         ${readableText}`,
    'OUT            a new or empty folder, or one of an earlier export, which is replaced',
    '--images DIR   the folder of images; without it the one beside the labels, as datasets have it. Sizes are read there',
    `--as FORMAT    ${readableIds.join(', ')}; without it that is found out from the files`,
    `--names FILE   names of the classes: ${namesText}`,
    '--parts        of masks of classes: apart makes an object of each connected part (as without it),',
    '               together one of all that an image has of a class',
    '--copy-images  copies the images beside the labels',
    '--val SHARE    share of the images that validates, 0 to 0.9 (default 0.2)',
    ...splitOptionsHelp,
    ...classOptionsHelp,
    '',
    'Options of formats; attributes and scores are written where the format has a place for them:',
    ...formatOptionsHelp,
    '',
    'No project is made, and nothing is written beside the images.',
    `Example: maskwright convert dataset/labels out --to ${ids[0]} --images dataset/images`,
  ].join('\n'),
  async run(args, terminal) {
    const { source, images, request, values, isJson } = optionsOf(args)
    const folder = images === undefined ? await guessImages(source.path) : resolve(images)
    const scratchFolder = mkdtempSync(join(tmpdir(), 'maskwright-'))
    try {
      await withProject(
        folder,
        terminal,
        async (client) => {
          const taken = await runInTerminal(
            client,
            terminal,
            'import',
            { source, existing: 'keep', boxes: 'rectangles' },
            (work) => progressText(work),
          )
          const { labels } = await client.call('labels.list', {})
          const written = await runInTerminal(
            client,
            terminal,
            'export',
            { ...request, classes: classesOf(values, labels) },
            (work) => progressText(work),
          )
          const [read, report] = [taken.detail?.report, written.detail]
          if (isJson) return terminal.print(JSON.stringify({ import: read, export: report }, null, 2))
          terminal.print(
            `${read?.format ?? 'Labels'}: ${plural(read?.added ?? 0, 'object')} read, ${read?.leftOut ?? 0} left out. ` +
              `Wrote ${plural(report?.annotations ?? 0, 'object')} on ${plural(report?.images ?? 0, 'image')} as ` +
              `${formatOf(request.format).name} to ${request.out}.`,
          )
          for (const note of [...(read?.notes ?? []), ...(report?.notes ?? [])]) terminal.say(printable(note))
          for (const { image, message } of report?.leftOut ?? [])
            terminal.say(printable(`  ${image === null ? '' : `${image}: `}${message}`))
        },
        { scratchFolder, isScratchOnly: true },
      )
    } finally {
      rmSync(scratchFolder, { recursive: true, force: true, maxRetries: 3 })
    }
  },
}

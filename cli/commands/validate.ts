/** `maskwright validate`: checks labels of any format that is read, without a project. Exit code 1 when something is wrong. */
import { resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { namesText, readableIds, readableText } from '../../common/formats.ts'
import { printable } from '../../common/printable.ts'
import { allFormats } from '../../core/formats/all-formats.ts'
import { validateLabels, type ValidationReport } from '../../core/validate/validate.ts'
import { onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      images: { type: 'string' },
      as: { type: 'string' },
      names: { type: 'string' },
      encoding: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const { as, names, encoding, images, json } = values
  if (as !== undefined && !readableIds.includes(as))
    throw new UsageError(`--as is one of ${readableIds.join(', ')}`)
  return {
    place: { path: resolve(onlyArgument(positionals, 'SOURCE')), as, names, encoding },
    images: images === undefined ? null : resolve(images),
    isJson: json,
  }
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/** Problems and classes that are listed; the rest is counted. */
const LISTED = 40

const linesOf = ({ wrong, wrongCount, classes, ...report }: ValidationReport): string[] =>
  [
    `${report.format}: ${counted(report.objects, 'object')} of ${counted(classes.length, 'class', 'classes')} on ` +
      `${counted(report.labelled, 'image')}; ${report.unlabelled} of ${report.imageCount} images have no labels.`,
    `Images: ${report.images}`,
    ...classes
      .slice(0, LISTED)
      .map(({ name, objects, images }) => `  ${name}: ${objects} on ${counted(images, 'image')}`),
    ...(classes.length > LISTED ? [`  and ${classes.length - LISTED} more`] : []),
    ...report.notes,
    wrongCount === 0 ? 'Nothing is wrong.' : `${counted(wrongCount, 'thing is', 'things are')} wrong:`,
    ...wrong
      .slice(0, LISTED)
      .map(({ image, message }) => `  ${image === null ? '' : `${image}: `}${message}`),
    ...(wrongCount > LISTED ? [`  and ${wrongCount - LISTED} more (--json lists them)`] : []),
  ].map(printable)

export const validate: Command = {
  usage: ['SOURCE [--images DIR] [--as FORMAT] [--names FILE] [--encoding NAME] [--json]'],
  details: [
    `SOURCE         ${readableText}`,
    '--images DIR   the folder of images; without it the one beside the labels, as datasets have it',
    `--as FORMAT    ${readableIds.join(', ')}; without it that is found out from the files`,
    `--names FILE   names of the classes: ${namesText}`,
    '--json         prints the report as JSON',
    '',
    'Checks that each image is there and can be read, that each object has a shape within its image, ids, areas and',
    'names, objects that are there twice, and pictures on two sides. Exit code 1 when something is wrong.',
    'Example: maskwright validate dataset/annotations/instances.json --images dataset/images',
  ].join('\n'),
  async run(args, terminal) {
    const { place, images, isJson } = optionsOf(args)
    const report = await validateLabels(allFormats, place, images, (done, total) =>
      terminal.show(`${done} of ${total} images`),
    )
    terminal.show('')
    if (isJson) terminal.print(JSON.stringify(report, null, 2))
    else for (const line of linesOf(report)) terminal.print(line)
    if (report.wrongCount > 0)
      throw new CodedError('bad-input', `${counted(report.wrongCount, 'thing is', 'things are')} wrong.`)
  },
}

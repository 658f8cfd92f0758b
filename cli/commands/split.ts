/** `maskwright split`: divides the images into training, validation and test, and stores it in the project. */
import type { SplitDetail } from '../../common/contract/split.ts'
import { printable } from '../../common/printable.ts'
import { numberOption, onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'
import { tableLines } from '../table.ts'
import { splitOptionsHelp, splitOptionsOf, splitOptionTypes } from '../split-options.ts'

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      val: { type: 'string', default: '0.2' },
      seed: { type: 'string', default: '0' },
      ...splitOptionTypes,
      again: { type: 'boolean', default: false },
      forget: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const folder = onlyArgument(positionals, 'FOLDER')
  const seed = numberOption('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)
  if (!Number.isInteger(seed)) throw new UsageError('--seed takes a whole number')
  const validation = numberOption('val', values.val, 0, 0.9)
  const { again, forget } = values
  const request = { validation, seed, split: splitOptionsOf(values), again, forget }
  return { folder, request, isJson: values.json }
}

/** Images by side, and images of each class. */
const tableOf = ({ images, classes }: SplitDetail): string[] =>
  tableLines([
    ['', 'train', 'val', 'test'],
    ...[{ name: 'images', ...images }, ...classes].map(({ name, train, val, test }) => [
      name,
      train,
      val,
      test,
    ]),
  ])

export const split: Command = {
  usage: [
    'FOLDER [--val SHARE] [--test SHARE] [--seed N] [--group HOW] [--similar] [--balance]',
    '[--again] [--forget] [--json]',
  ],
  details: [
    'FOLDER         the folder of images that was labelled',
    '--val SHARE    share of the images that validates, 0 to 0.9 (default 0.2)',
    ...splitOptionsHelp,
    '--again        divides all images anew; without it those that were put somewhere stay there',
    '--forget       no image is on a side any more; exports divide them by their own share and seed',
    '--json         prints the counts as JSON',
    '',
    'Images with objects and images that are marked done are divided. Exports follow what is stored; images that come',
    'later are divided beside it. In the app it is undone in one step.',
    'Example: maskwright split photos --val 0.15 --test 0.15 --balance',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, request, isJson } = optionsOf(args)
    await withProject(folder, terminal, async (client) => {
      const work = await runInTerminal(client, terminal, 'split', request, (one) => progressText(one))
      const { detail, message } = work
      if (isJson) {
        terminal.print(JSON.stringify(detail, null, 2))
        return
      }
      if (message !== null) terminal.print(message)
      if (detail === null) return
      for (const line of [...tableOf(detail), ...detail.notes.map(printable)]) terminal.print(line)
    })
  },
}

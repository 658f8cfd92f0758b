/** `maskwright assign`: divides the images of a folder among people, and writes a task file for each. */
import { resolve } from 'node:path'
import { personSchema } from '../../common/task.ts'
import { printable } from '../../common/printable.ts'
import { numberOption, onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'
import { splitOptionsOf } from '../split-options.ts'
import { tableLines } from '../table.ts'

/** "anna, ben" -> the names. @throws UsageError */
const peopleOf = (text: string | undefined): string[] => {
  if (text === undefined) throw new UsageError('--to is missing: the names of people, such as anna,ben')
  return text.split(',').map((name) => {
    const person = personSchema.safeParse(name)
    if (!person.success) throw new UsageError(`--to takes names with commas between them, not "${text}"`)
    return person.data
  })
}

/** "5%" and "0.05" -> 0.05. @throws UsageError */
const shareOption = (text: string): number =>
  text.endsWith('%')
    ? numberOption('overlap', text.slice(0, -1), 0, 100) / 100
    : numberOption('overlap', text, 0, 1)

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      overlap: { type: 'string', default: '0' },
      filter: { type: 'string' },
      group: { type: 'string' },
      similar: { type: 'boolean' },
      seed: { type: 'string', default: '0' },
      again: { type: 'boolean', default: false },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const folder = onlyArgument(positionals, 'FOLDER')
  const seed = numberOption('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)
  if (!Number.isInteger(seed)) throw new UsageError('--seed takes a whole number')
  const { group, similar, filter, again, out } = values
  const request = {
    people: peopleOf(values.to),
    overlap: shareOption(values.overlap),
    seed,
    split: splitOptionsOf({ group, similar }),
    ...(filter === undefined ? {} : { filter: { text: filter, show: 'all' as const } }),
    again,
    out: out === undefined ? null : resolve(out),
  }
  return { folder, request, isJson: values.json }
}

export const assign: Command = {
  usage: [
    'FOLDER --to NAME,NAME [--overlap SHARE] [--filter FILTER] [--group HOW] [--similar] [--seed N]',
    '[--again] [--out DIR] [--json]',
  ],
  details: [
    'FOLDER           the folder of images',
    '--to NAME,NAME   the people',
    '--overlap SHARE  share of the images that two people get, so that their agreement can be measured: 5% or 0.05',
    '--filter         only these images are divided, as in maskwright list: status:todo folder:street',
    '--group HOW      what goes to one person: folder (default), none, or a regular expression; images whose paths have',
    '                 the same match, of its first bracket or of the whole, stay together. Copies always do',
    '--similar        pictures that look nearly the same go to one person',
    '--seed N         which images go to whom; the same for the same number (default 0)',
    '--again          forgets who has what; without it images stay with those of these people who have them',
    '--out DIR        where the files are written (default: FOLDER)',
    '--json           who got how many, and the files, as JSON',
    '',
    'Writes maskwright-task-NAME.json for each. A copy of the folder opens it as its list: drop it on the window, or',
    'npm start -- FOLDER --task FILE. The filter task:NAME means these images. The whole way is in docs/assign.md.',
    'Example: maskwright assign photos --to anna,ben --overlap 5%',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, request, isJson } = optionsOf(args)
    await withProject(folder, terminal, async (client) => {
      const { detail, message } = await runInTerminal(client, terminal, 'assign', request, (one) =>
        progressText(one),
      )
      if (isJson) terminal.print(JSON.stringify(detail, null, 2))
      else if (detail !== null) {
        if (message !== null) terminal.print(message)
        const rows = detail.tasks.map(({ person, images, shared, file }) => [
          printable(person),
          images,
          shared,
          printable(file),
        ])
        for (const line of tableLines([['person', 'images', 'shared', 'file'], ...rows])) terminal.print(line)
        for (const note of detail.notes) terminal.print(printable(note))
      }
    })
  },
}

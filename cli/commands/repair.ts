/** `maskwright repair`: what can be done about a project file that can't be opened, and doing it. */
import { resolve } from 'node:path'
import { repairSourceSchema, type Damage, type Repaired } from '../../common/damage.ts'
import { CodedError } from '../../common/errors.ts'
import { plural } from '../../common/words.ts'
import { onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { withCore, withProjectRead } from '../project.ts'

const sources = repairSourceSchema.options

const timeText = (ms: number) =>
  new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** What can be done, one choice a line. */
export const choicesOf = ({ folder, backups, canSalvage }: Damage): string[] => {
  const command = (from: string) => `  maskwright repair ${JSON.stringify(folder)} --from ${from}`
  const [newest] = backups
  return [
    ...(newest === undefined
      ? []
      : [
          `${command('backup')}   the backup of ${timeText(newest.madeAt)}: ${plural(newest.objects, 'object')}`,
        ]),
    ...(canSalvage ? [`${command('salvage')}   what can be read of the file itself`] : []),
    `${command('new')}   an empty project`,
    'The damaged file is kept in each case.',
  ]
}

const repairedText = ({ from, kept, file, images, objects, notes }: Repaired): string[] => [
  from === 'new'
    ? `A new project was made: ${file}`
    : `Repaired: ${file} has ${plural(objects, 'object')} and ${plural(images, 'image')}.`,
  `The damaged file is kept as ${kept}`,
  ...notes,
]

export const repair: Command = {
  usage: [`FOLDER [--from ${sources.join('|')}]`],
  details: [
    'FOLDER    the folder of images whose project can’t be opened',
    '--from    backup: the newest backup (made daily in .maskwright/backups)',
    '          salvage: what can be read of the damaged file',
    '          new: an empty project',
    '',
    'Without --from it says what there is. The damaged file is kept, byte for byte, in each case.',
    '',
    'Example: maskwright repair photos --from backup',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: { from: { type: 'string' } },
    })
    const folder = onlyArgument(positionals, 'FOLDER')
    const from = repairSourceSchema.optional().safeParse(values.from)
    if (!from.success) throw new UsageError(`--from is one of ${sources.join(', ')}`)
    const source = from.data
    if (source !== undefined) {
      await withCore(terminal, async (client) => {
        const repaired = await client.call('project.repair', { folder: resolve(folder), from: source })
        for (const line of repairedText(repaired)) terminal.print(line)
      })
      return
    }
    try {
      await withProjectRead(folder, terminal, async (_client, { file, isNew }) => {
        terminal.print(isNew ? `${folder} has no project yet.` : `${file} is not damaged.`)
        await Promise.resolve()
      })
    } catch (thrown) {
      if (!(thrown instanceof CodedError) || thrown.damage === undefined) throw thrown
      terminal.print(thrown.message)
      terminal.print('What can be done:')
      for (const line of choicesOf(thrown.damage)) terminal.print(line)
    }
  },
}

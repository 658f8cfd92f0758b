/** `maskwright check`: looks for what is wrong in a project, and repairs it when it is asked to. */
import { checkKinds, checkTexts, usualChecks, type CheckKind } from '../../common/checks.ts'
import type { Finding } from '../../common/contract/checks.ts'
import { CodedError } from '../../common/errors.ts'
import { printable } from '../../common/printable.ts'
import { onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject, withProjectRead } from '../project.ts'
import { plural } from '../../common/words.ts'

const kindsOf = (option: string, text: string): CheckKind[] =>
  text.split(',').map((word) => {
    const kind = checkKinds.find((one) => one === word.trim())
    if (kind === undefined) throw new UsageError(`--${option} takes ${checkKinds.join(', ')}, not "${word}"`)
    return kind
  })

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      pictures: { type: 'boolean', default: false },
      filter: { type: 'string' },
      repair: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const usual = values.pictures ? checkKinds : usualChecks
  return {
    folder: onlyArgument(positionals, 'FOLDER'),
    kinds: values.only === undefined ? [...usual] : kindsOf('only', values.only),
    repairs: values.repair === undefined ? [] : kindsOf('repair', values.repair),
    filter: values.filter === undefined ? {} : { filter: { text: values.filter, show: 'all' as const } },
    isJson: values.json,
  }
}

/** Findings of a kind that are listed; the rest is counted. */
const LISTED = 20

const linesOf = (kind: CheckKind, findings: readonly Finding[], total: number): string[] => {
  const mine = findings.filter((finding) => finding.kind === kind).slice(0, LISTED)
  return [
    `${checkTexts[kind].title}: ${total}`,
    ...mine.map(({ image, message }) => `  ${image === null ? '' : `${image}: `}${message}`),
    ...(total > mine.length ? [`  and ${total - mine.length} more (--json lists up to 500)`] : []),
  ].map(printable)
}

export const check: Command = {
  usage: ['FOLDER [--only KINDS] [--pictures] [--filter FILTER] [--repair KINDS] [--json]'],
  details: [
    'FOLDER           the folder of images that was labelled',
    `--only KINDS     looks for these alone, with commas between them: ${checkKinds.join(', ')}`,
    '--pictures       compares the pictures too, which reads every file',
    '--filter FILTER  passes over images that it does not mean, as in maskwright list: status:done',
    '--repair KINDS   mends what is found of these first; in the app it is undone in one step:',
    ...checkKinds.map(
      (kind) => `                   ${kind.padEnd(16)} ${checkTexts[kind].repair.toLowerCase()}`,
    ),
    '--json           prints what is found as JSON',
    '',
    'Exit code 1 when something is wrong, 0 when nothing is.',
    'Example: maskwright check photos --filter status:done',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, kinds, repairs, filter, isJson } = optionsOf(args)
    const open = repairs.length > 0 ? withProject : withProjectRead
    await open(folder, terminal, async (client) => {
      for (const kind of repairs) {
        const { message } = await runInTerminal(client, terminal, 'repair', { kind, ...filter }, progressText)
        if (message !== null) terminal.say(`${checkTexts[kind].title}: ${message}`)
      }
      const { detail } = await runInTerminal(client, terminal, 'check', { kinds, ...filter }, progressText)
      if (detail === null) return
      const { findings, counts, total } = detail
      if (isJson) terminal.print(JSON.stringify(detail, null, 2))
      else if (total === 0) terminal.print('Nothing is wrong.')
      else
        for (const kind of kinds)
          if ((counts[kind] ?? 0) > 0)
            for (const line of linesOf(kind, findings, counts[kind] ?? 0)) terminal.print(line)
      if (total > 0) throw new CodedError('bad-input', `${plural(total, 'thing is', 'things are')} wrong.`)
    })
  },
}

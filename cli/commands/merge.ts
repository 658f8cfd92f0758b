/** `maskwright merge`: puts two people's work on the same photos together. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { MergeConflict, MergeReport, MergeRule } from '../../common/contract/merge.ts'
import { CodedError } from '../../common/errors.ts'
import { printable } from '../../common/printable.ts'
import { mergeIntoNew } from '../../core/merge/merge-into-new.ts'
import { openSettings } from '../../core/settings.ts'
import { numberOption, parseCommand, UsageError, type Command, type Terminal } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { placesOf, versionOf } from '../places.ts'
import { withProject } from '../project.ts'
import { plural } from '../../common/words.ts'

/** More than a merge ever has: everything is told. */
const ALL = 10_000_000

const rules = ['ask', 'first', 'second', 'both'] as const
type Rule = (typeof rules)[number]

interface Options {
  readonly first: string
  readonly second: string
  readonly into: string
  readonly rule: Rule
  readonly iou: number
  readonly isJson: boolean
}

const optionsOf = (args: readonly string[]): Options => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      into: { type: 'string' },
      rule: { type: 'string', default: 'ask' },
      iou: { type: 'string', default: '0.5' },
      json: { type: 'boolean', default: false },
    },
  })
  const [first, second, more] = positionals
  if (first === undefined || second === undefined) throw new UsageError('two folders are needed, A and B')
  if (more !== undefined) throw new UsageError(`"${more}" is too many`)
  const { into } = values
  if (into === undefined) throw new UsageError('--into is missing: a new folder, or A or B')
  const rule = rules.find((one) => one === values.rule)
  if (rule === undefined) throw new UsageError(`--rule takes ${rules.join(', ')}, not "${values.rule}"`)
  const iou = numberOption('iou', values.iou, 0.05, 1)
  return { first, second, into: resolve(into), rule, iou, isJson: values.json }
}

const realOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

const described = (here: string, there: string, { image, reasons, iou, ...pair }: MergeConflict): string => {
  const side = (name: string, { label, author }: MergeConflict['here']) =>
    `${label} (${name}${author === null ? '' : `, ${author}`})`
  const outlines = `outlines share ${(iou * 100).toFixed(0)} %`
  return `${image}: ${side(here, pair.here)} or ${side(there, pair.there)}: ${reasons.join(', ')} ${reasons.length === 1 ? 'differs' : 'differ'}, ${outlines}`
}

const said = { here: 'as in', there: 'as in', both: 'both' } as const

/** @param names of the folder that takes, and of the other one */
const linesOf = (report: MergeReport, [here, there]: readonly [string, string]): string[] => {
  const { images, objects, proposals, classes, conflicts, lines } = report
  const fresh = classes.filter((one) => one.here === null).map((one) => one.there)
  return [
    `Images: ${images.both} in both, ${images.onlyHere} only in ${here}, ${images.onlyThere} only in ${there}`,
    `Objects: ${objects.same} the same, ${objects.onlyHere} only in ${here}, ${objects.onlyThere} only in ${there}, ${objects.conflicts} differ`,
    ...(proposals.added + proposals.covered + proposals.overtaken === 0
      ? []
      : [
          `Proposals: ${proposals.added} come, ${proposals.covered} there already, ${proposals.overtaken} gave way to objects`,
        ]),
    ...(fresh.length === 0 ? [] : [`New classes: ${fresh.join(', ')}`]),
    ...(conflicts.length === 0 ? [] : ['', 'What differs:']),
    ...conflicts.map((conflict) => {
      const { choice, isHeld } = conflict
      const name = choice === 'here' ? ` ${here}` : choice === 'there' ? ` ${there}` : ''
      const end =
        choice === null ? 'not decided' : `${said[choice]}${name}${isHeld ? ', which is locked' : ''}`
      return `  ${described(here, there, conflict)}: ${end}`
    }),
    ...(lines.length === 0 ? [] : ['', 'Also:']),
    ...lines.map(({ image, message }) => `  ${image === null ? '' : `${image}: `}${message}`),
  ]
}

const tell = (terminal: Terminal, report: MergeReport, names: readonly [string, string], isJson: boolean) => {
  if (isJson) terminal.print(JSON.stringify({ here: names[0], there: names[1], ...report }, null, 2))
  else for (const line of linesOf(report, names)) terminal.print(printable(line))
}

const undecided = (count: number) =>
  new CodedError(
    'conflict',
    `${plural(count, 'difference is', 'differences are')} not decided, and nothing was changed. Decide them one by one in the ` +
      'app (open one folder, “Merge a colleague’s copy…”), or for all with --rule first, second or both.',
  )

/** @param isFirst the folder that takes is the first one */
const ruleOf = (rule: Rule, isFirst: boolean): MergeRule => {
  if (rule === 'ask' || rule === 'both') return rule
  return (rule === 'first') === isFirst ? 'here' : 'there'
}

export const merge: Command = {
  usage: ['A B --into C [--rule ask|first|second|both] [--iou SHARE] [--json]'],
  details: [
    'A, B         two folders of the same photos, each with the project of one person',
    '--into C     A or B, which takes the other one’s work; or a new folder, into which the photos of both are copied',
    '--rule RULE  where two objects of one thing differ in class, outline or attributes: as in A (first), as in B',
    '             (second), both of them, or ask (default): they are listed, and nothing is changed while there are any',
    '--iou SHARE  from when on two objects are the same thing, 0.05 to 1 (default 0.5)',
    '--json       every decision as JSON',
    '',
    'A folder that does not take is only read. What a folder took is undone in the app in one step. Photos that only the',
    'other one has come into a new folder alone. The rules are in docs/merge.md.',
    'Exit code 1 when something is not decided, 0 when all is merged.',
    'Example: maskwright merge photos-anna photos-ben --into photos-anna --rule ask',
  ].join('\n'),
  async run(args, terminal) {
    const { first, second, into, rule, iou, isJson } = optionsOf(args)
    const target = [first, second].findIndex((folder) => realOf(folder) === realOf(into))
    const names = [first, second] as const
    const asked = { iou, apart: [], most: ALL }
    if (target === -1) {
      const { dataFolder } = placesOf(process.env)
      const stop = new AbortController()
      const stopListening = terminal.onInterrupt(() => stop.abort())
      const author = openSettings(dataFolder, (message) => terminal.say(message)).get().author
      try {
        const report = await mergeIntoNew({
          ...{ first, second, into, dataFolder, version: versionOf(), author: () => author },
          ...{ ...asked, rule: ruleOf(rule, true), signal: stop.signal },
          say: (message) => terminal.show(message),
          onUndecided(looked) {
            terminal.show('')
            tell(terminal, looked, names, isJson)
            throw undecided(looked.objects.undecided)
          },
        })
        terminal.show('')
        tell(terminal, report, names, isJson)
      } finally {
        terminal.show('')
        stopListening()
      }
      return
    }
    const [here, there] = target === 0 ? names : ([second, first] as const)
    const request = { ...asked, other: resolve(there), rule: ruleOf(rule, target === 0), decisions: [] }
    await withProject(here, terminal, async (client) => {
      if (rule === 'ask') {
        const { detail: look } = await runInTerminal(client, terminal, 'merge-look', request, progressText)
        if (look !== null && look.objects.undecided > 0) {
          tell(terminal, look, [here, there], isJson)
          throw undecided(look.objects.undecided)
        }
      }
      const { detail, message } = await runInTerminal(client, terminal, 'merge', request, progressText)
      if (detail?.report) tell(terminal, detail.report, [here, there], isJson)
      if (message !== null) terminal.say(message)
    })
  },
}

/** `maskwright detect`: a detector of one's own labels a folder, as "Label with a detector" in the app does. */
import { resolve } from 'node:path'
import type { DetectRequest } from '../../common/contract/detect.ts'
import { namesText } from '../../common/formats.ts'
import {
  numberOption,
  parseCommand,
  qualityOption,
  shardOption,
  UsageError,
  type Command,
} from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'
import { SERVER_USAGE, serverDetails, serverOption, serverOptions } from '../server-option.ts'
import { plural } from '../../common/words.ts'

const ways = ['boxes', 'masks', 'outlines'] as const
const LEAST_SCORE = 0.25

/** "cup=mug" and "person=" -> what becomes of classes. */
const ruleOf = (text: string): DetectRequest['classes'][number] => {
  const at = text.indexOf('=')
  if (at < 1)
    throw new UsageError(`--class takes THEIRS=MINE, or THEIRS= to leave a class out, not "${text}"`)
  return { from: text.slice(0, at).trim(), to: text.slice(at + 1).trim() || null }
}

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      score: { type: 'string' },
      as: { type: 'string' },
      classes: { type: 'string' },
      words: { type: 'string' },
      class: { type: 'string', multiple: true },
      'read-as': { type: 'string' },
      filter: { type: 'string' },
      shard: { type: 'string' },
      ...serverOptions,
      quality: { type: 'string' },
      propose: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [model, folder, more] = positionals
  if (model === undefined || folder === undefined) throw new UsageError('MODEL.onnx and FOLDER are needed')
  if (more !== undefined) throw new UsageError(`One FOLDER only; "${more}" is too many`)
  if (values.shard !== undefined && values.filter !== undefined)
    throw new UsageError('--shard and --filter do not go together')
  const as = ways.find((way) => way === (values.as ?? 'boxes'))
  if (as === undefined) throw new UsageError(`--as takes ${ways.join(', ')}, not "${values.as}"`)
  const { classes: names, 'read-as': readAs, filter, words } = values
  const detector = {
    path: resolve(model),
    ...(names === undefined ? {} : { names: resolve(names) }),
    ...(readAs === undefined ? {} : { readAs }),
    ...(words === undefined ? {} : { words }),
  }
  const request: DetectRequest = {
    detector,
    scope:
      filter === undefined
        ? { kind: 'project', ...shardOption(values.shard) }
        : { kind: 'filter', filter: { text: filter, show: 'all' } },
    minScore: values.score === undefined ? LEAST_SCORE : numberOption('score', values.score, 0, 1),
    classes: (values.class ?? []).map(ruleOf),
    as,
    quality: qualityOption(values.quality),
    proposed: values.propose,
  }
  return { folder, request, json: values.json, server: serverOption(values) }
}

export const detect: Command = {
  usage: [
    'MODEL.onnx FOLDER [--score .25] [--as boxes|masks|outlines] [--classes FILE] [--class THEIRS=MINE]',
    '[--words "cup. spoon."] [--filter FILTER | --shard 3/16] [--quality fast|good|best] [--propose] [--read-as KIND] [--json]',
    SERVER_USAGE,
  ],
  details: [
    'MODEL.onnx      a detector: YOLO, RF-DETR, D-FINE, RT-DETR, DETR, Grounding DINO, OWLv2; what it is is',
    '                found out from the file',
    'FOLDER          the folder of images; the objects go into its project',
    '--score         leaves out what is less sure, 0 to 1; .25 when left out',
    '--as            boxes, the usual; masks: of the model for masks, by the boxes; outlines: those of the detector',
    `--classes FILE  names of its classes: ${namesText}; those in the model when left out`,
    '--words         what a detector by words (Grounding DINO, OWLv2) is to find, a full stop between them',
    '--class A=B     its class A becomes B; A= leaves it out; can be said several times',
    '--filter        only the images that it means, as in maskwright list: status:todo -class:cup',
    '--shard         only this part of the images, for jobs that share a folder: docs/scale.md',
    ...serverDetails(16),
    '--quality       of masks. fast: one look at each box; good: a second look; best: the mirrored photo too',
    '--propose       stores proposals, which count for nothing before somebody accepts them',
    '--read-as       which kind it is, where a file may be several',
    '--json          the numbers as JSON',
    '',
    'Objects that are there are kept: what lies over one of them is not made again. What was done stays when it',
    'is cut off; the same command goes on where it stood.',
    'Example: maskwright detect best.onnx photos --score .4 --as masks --class car=vehicle',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, request, json, server } = optionsOf(args)
    await withProject(
      folder,
      terminal,
      async (client) => {
        const { detector } = request
        const { name, kinds } = await client.call('detect.look', { detector })
        const kind = kinds.find(({ id }) => id === (detector.readAs ?? kinds[0]?.id))
        if (kind === undefined)
          throw new UsageError(`--read-as takes ${kinds.map(({ id }) => id).join(', ')} for this file`)
        const isGuess = kinds.length > 1 && detector.readAs === undefined
        terminal.say(
          `${name}: ${kind.title}, ${kind.width} x ${kind.height}, ${kind.classes.length} classes.`,
        )
        if (kind.byWords && kind.classes.length === 0)
          throw new UsageError(`${name} finds objects by words: say them with --words "cup. spoon."`)
        if (kind.namesFrom === null)
          terminal.say('It has no names of its classes: give them with --classes FILE.')
        if (isGuess)
          terminal.say(
            `It may be another: --read-as ${kinds.map(({ id }) => id).join(' or ')}. The first is taken.`,
          )
        const end = await runInTerminal(client, terminal, 'detect', request, (work) =>
          progressText(work, [plural(work.detail?.objects ?? 0, 'object')]),
        )
        const { done, skipped, leftOutCount, detail } = end
        const [objects, already] = [detail?.objects ?? 0, detail?.already ?? 0]
        if (json)
          terminal.print(
            JSON.stringify({ kind: kind.id, images: done, skipped, objects, already, leftOut: leftOutCount }),
          )
        else
          terminal.print(
            `Wrote ${plural(objects, 'object')} of ${done} images; ${skipped} had nothing to do.`,
          )
      },
      { withModel: true, ...server },
    )
  },
}

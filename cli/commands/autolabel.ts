/** `maskwright autolabel`: boxes of a detector become objects with masks, as "Boxes to masks" in the app does. */
import { resolve } from 'node:path'
import { namesText, readableText } from '../../common/formats.ts'
import {
  numberOption,
  onlyArgument,
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

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      boxes: { type: 'string' },
      'label-names': { type: 'string' },
      'min-score': { type: 'string' },
      quality: { type: 'string' },
      shard: { type: 'string' },
      ...serverOptions,
    },
  })
  const folder = onlyArgument(positionals, 'FOLDER')
  const { boxes, 'label-names': names, 'min-score': minScore } = values
  if (boxes === undefined || boxes === '') throw new UsageError('--boxes DIR_OR_FILE is missing')
  if (names === '') throw new UsageError('--label-names takes the name of a file')
  const source = {
    path: resolve(boxes),
    ...(names === undefined ? {} : { names: resolve(names) }),
    ...(minScore === undefined ? {} : { minScore: numberOption('min-score', minScore, 0, 1) }),
  }
  return {
    folder,
    source,
    quality: qualityOption(values.quality),
    shard: shardOption(values.shard),
    server: serverOption(values),
  }
}

export const autolabel: Command = {
  usage: [
    'FOLDER --boxes DIR_OR_FILE [--label-names FILE] [--min-score SCORE] [--quality fast|good|best]',
    `[--shard 3/16] ${SERVER_USAGE}`,
  ],
  details: [
    'FOLDER              the folder of images; the objects go into its project',
    `--boxes             ${readableText}`,
    `--label-names FILE  names of the classes: ${namesText};`,
    '                    without it they are looked for beside the boxes',
    '--min-score SCORE   leaves out boxes with a lower score, 0 to 1',
    '--quality           fast: one look at each box; good, the usual: a second look, small objects enlarged;',
    '                    best: the mirrored photo too, for twice the time',
    '--shard             only this part of the images, for jobs that share a folder: docs/scale.md',
    ...serverDetails(20),
    '',
    'Boxes that were taken already are skipped: run it again after it was cut off.',
    'Example: maskwright autolabel photos --boxes runs/detect/predict/labels --label-names data.yaml',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, source, quality, shard, server } = optionsOf(args)
    await withProject(
      folder,
      terminal,
      async (client) => {
        const request = { source, scope: { kind: 'project', ...shard }, quality } as const
        const end = await runInTerminal(client, terminal, 'boxes', request, (work) =>
          progressText(work, [plural(work.detail?.objects ?? 0, 'object')]),
        )
        const { done, skipped, detail } = end
        terminal.print(
          `Wrote ${plural(detail?.objects ?? 0, 'object')} of ${done} boxes; ${skipped} had nothing to do.`,
        )
        for (const note of detail?.notes ?? []) terminal.say(note)
      },
      { withModel: true, ...server },
    )
  },
}

/** `maskwright embed`: prepares a folder, as "Prepare folder" in the app does. */
import { onlyArgument, parseCommand, qualityOption, shardOption, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'
import { SERVER_USAGE, serverDetails, serverOption, serverOptions } from '../server-option.ts'

export const embed: Command = {
  usage: ['FOLDER [--quality fast|good|best] [--shard 3/16]', SERVER_USAGE],
  details: [
    'FOLDER          a folder of images',
    '--quality       of the masks that it is prepared for: best takes the mirrored photos too, and twice the time and room',
    '--shard         only this part of the images, for jobs that share a folder: docs/scale.md',
    ...serverDetails(16),
    '',
    'Images that are prepared already are skipped: run it again after it was cut off, or when images were added.',
    'What is prepared lies in the data folder of the app, within the budget of its settings.',
    'Example: maskwright embed photos',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: { quality: { type: 'string' }, shard: { type: 'string' }, ...serverOptions },
    })
    const folder = onlyArgument(positionals, 'FOLDER')
    const request = { quality: qualityOption(values.quality), ...shardOption(values.shard) }
    await withProject(
      folder,
      terminal,
      async (client) => {
        const { done, skipped, leftOutCount, detail, message } = await runInTerminal(
          client,
          terminal,
          'prepare',
          request,
          (work) => progressText(work),
        )
        const before = skipped - leftOutCount
        terminal.print(
          `Prepared ${done - skipped} images, ${before} were prepared already, ${leftOutCount} left out.`,
        )
        if (detail !== null && detail.withoutRoom > 0 && message !== null) terminal.say(message)
      },
      { withModel: true, ...serverOption(values) },
    )
  },
}

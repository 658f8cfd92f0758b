/** `maskwright embed`: prepares a folder, as "Prepare folder" in the app does. */
import { onlyArgument, parseCommand, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'

export const embed: Command = {
  usage: ['FOLDER'],
  details: [
    'FOLDER    a folder of images',
    '',
    'Images that are prepared already are skipped: run it again after it was cut off, or when images were added.',
    'What is prepared lies in the data folder of the app, within the budget of its settings.',
    'Example: maskwright embed photos',
  ].join('\n'),
  async run(args, terminal) {
    const { positionals } = parseCommand({ args: [...args], allowPositionals: true, options: {} })
    const folder = onlyArgument(positionals, 'FOLDER')
    await withProject(
      folder,
      terminal,
      async (client) => {
        const { done, skipped, leftOutCount, detail, message } = await runInTerminal(
          client,
          terminal,
          'prepare',
          {},
          (work) => progressText(work),
        )
        const before = skipped - leftOutCount
        terminal.print(
          `Prepared ${done - skipped} images, ${before} were prepared already, ${leftOutCount} left out.`,
        )
        if (detail !== null && detail.withoutRoom > 0 && message !== null) terminal.say(message)
      },
      { withModel: true },
    )
  },
}

/** `maskwright embed`: prepares a folder, as "Prepare folder" in the app does. */
import type { WorkProgress } from '../../common/contract/work.ts'
import { CodedError } from '../../common/errors.ts'
import { onlyArgument, parseCommand, type Command } from '../command.ts'
import { progressText, sayLeftOut } from '../long-work.ts'
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
        const ended = new Promise<WorkProgress>((resolve) => {
          client.on('prepare.changed', (progress) => {
            if (progress.state === 'running') terminal.show(progressText(progress))
            else resolve(progress)
          })
        })
        const stop = terminal.onInterrupt(() => void client.call('prepare.cancel', {}))
        try {
          await client.call('prepare.start', {})
          const end = await ended
          sayLeftOut(terminal, end.leftOut, end.leftOutCount)
          const { state, message, done, skipped, leftOutCount } = end
          if (state === 'failed') throw new CodedError('internal', message ?? 'It failed.')
          const made = done - skipped
          terminal.print(
            `Prepared ${made} images, ${skipped - leftOutCount} were prepared already, ${leftOutCount} left out.`,
          )
          if (message !== null) terminal.say(message)
          if (state === 'idle') throw new CodedError('cancelled', 'Cancelled. Run it again to go on.')
        } finally {
          stop()
        }
      },
      true,
    )
  },
}

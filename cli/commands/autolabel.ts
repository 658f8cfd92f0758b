/** `maskwright autolabel`: boxes of a detector become objects with masks, as "Boxes to masks" in the app does. */
import { resolve } from 'node:path'
import type { BoxesProgress } from '../../common/contract/boxes.ts'
import { CodedError } from '../../common/errors.ts'
import { numberOption, onlyArgument, parseCommand, UsageError, type Command } from '../command.ts'
import { progressText, sayLeftOut } from '../long-work.ts'
import { withProject } from '../project.ts'

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      boxes: { type: 'string' },
      'label-names': { type: 'string' },
      'min-score': { type: 'string' },
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
  return { folder, source }
}

const objectsText = (count: number) => `${count} ${count === 1 ? 'object' : 'objects'}`

export const autolabel: Command = {
  usage: ['FOLDER --boxes DIR_OR_FILE [--label-names FILE] [--min-score SCORE]'],
  details: [
    'FOLDER              the folder of images; the objects go into its project',
    '--boxes             a folder of YOLO label files, one such file, or a COCO results or instances JSON',
    '--label-names FILE  names of the classes: classes.txt, data.yaml, or for COCO results an instances JSON;',
    '                    without it they are looked for beside the boxes',
    '--min-score SCORE   leaves out boxes with a lower score, 0 to 1',
    '',
    'Boxes that were taken already are skipped: run it again after it was cut off.',
    'Example: maskwright autolabel photos --boxes runs/detect/predict/labels --label-names data.yaml',
  ].join('\n'),
  async run(args, terminal) {
    const { folder, source } = optionsOf(args)
    await withProject(
      folder,
      terminal,
      async (client) => {
        const ended = new Promise<BoxesProgress>((resolveEnd) => {
          client.on('boxes.changed', (progress) => {
            if (progress.state === 'running')
              terminal.show(progressText(progress, [objectsText(progress.objects)]))
            else resolveEnd(progress)
          })
        })
        const stop = terminal.onInterrupt(() => void client.call('boxes.cancel', {}))
        try {
          await client.call('boxes.start', { source, scope: { kind: 'project' } })
          const end = await ended
          sayLeftOut(terminal, end.leftOut, end.leftOutCount)
          const { state, message, done, skipped, objects } = end
          if (state === 'failed') throw new CodedError('internal', message ?? 'It failed.')
          terminal.print(`Wrote ${objectsText(objects)}; ${done} images with boxes, ${skipped} skipped.`)
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

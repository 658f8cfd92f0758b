/** `maskwright stats`: what a project holds, how it grew and when it will be done; the same numbers as in the window. */
import type { CallOutput } from '../../common/contract.ts'
import { sideNames } from '../../common/contract/statistics.ts'
import { printable } from '../../common/printable.ts'
import { plural } from '../../common/words.ts'
import { onlyArgument, parseCommand, type Command } from '../command.ts'
import { withProjectRead } from '../project.ts'
import { tableLines } from '../table.ts'

type Statistics = CallOutput<'statistics.read'>

/** Lines under a title, the title left out when there is nothing under it. */
const under = (title: string, rows: readonly (readonly (string | number)[])[]): string[] =>
  rows.length === 0 ? [] : ['', title, ...tableLines(rows).map((line) => `  ${line}`)]

const classRows = ({ classes, images }: Statistics) => {
  const sides = sideNames.filter((side) => images.sides[side] > 0)
  // One side is all of it.
  const shown = sides.length > 1 ? sides : []
  return classes.length === 0
    ? []
    : [
        ['class', 'objects', ...shown],
        ...classes.map(({ name, objects, sides }) => [name, objects, ...shown.map((side) => sides[side])]),
      ]
}

const sizeRows = ({ sizes: { groups } }: Statistics) =>
  groups.map(({ from, objects }, index) => {
    const to = groups[index + 1]?.from
    return [to === undefined ? `${from} px and more` : `${from} to ${to} px`, objects]
  })

const paceLines = ({ pace, forecast }: Statistics): string[] => [
  ...(pace === null
    ? []
    : [
        '',
        `Pace: ${pace.secondsPerObject.toFixed(1)} s and ${pace.inputsPerObject.toFixed(1)} inputs an object, of the last ` +
          `${pace.objects} objects made by hand; pauses of more than ${pace.idleSeconds} s are left out`,
      ]),
  ...(forecast === null
    ? []
    : [
        '',
        `Left: ${forecast.left} images ${forecast.by === 'done' ? 'not done' : 'without objects'}` +
          (forecast.doneAt === null
            ? ''
            : `; at ${(forecast.finished / forecast.days).toFixed(1)} a day done on ${new Date(forecast.doneAt).toLocaleDateString('sv')}`),
      ]),
]

const linesOf = (statistics: Statistics): string[] => {
  const { images, objects, objectsOfImage, sizes, days } = statistics
  return [
    `${plural(images.all, 'image')}: ${images.states.map(({ state, images: some }) => `${some} ${state}`).join(', ')}`,
    `${images.labelled} with objects, ${images.unlabelled} without, ${images.problem} with a problem`,
    plural(objects, 'object'),
    ...under('Objects by class', classRows(statistics)),
    ...under('Images by number of objects', [
      ['objects', 'images'],
      ...objectsOfImage.map(({ objects: number, images: some }) => [number, some]),
    ]),
    ...(sizes.sampled === 0
      ? []
      : under(
          `Sizes, as the side of a square${sizes.sampled < objects ? `, of ${sizes.sampled} objects, evenly picked` : ''}`,
          sizeRows(statistics),
        )),
    ...under(
      'Objects made by day',
      days.length === 0
        ? []
        : [
            ['day', 'by hand', 'by model', 'imported'],
            ...days
              .filter(({ hand, model, import: read }) => hand + model + read > 0)
              .map(({ day, hand, model, import: read }) => [day, hand, model, read]),
          ],
    ),
    ...paceLines(statistics),
  ]
}

export const stats: Command = {
  usage: ['FOLDER [--json]'],
  details: [
    'FOLDER    a folder of images with its project',
    '--json    the same as JSON, all of it',
    '',
    'Seconds an object come from the times of the steps in the project, measured on this machine and sent nowhere;',
    'Settings in the app switch them off.',
    '',
    'Example: maskwright stats photos --json',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    await withProjectRead(onlyArgument(positionals, 'FOLDER'), terminal, async (client, project) => {
      const statistics = await client.call('statistics.read', {})
      if (values.json) return terminal.print(JSON.stringify(statistics, null, 2))
      terminal.print(printable(project.folder))
      for (const line of linesOf(statistics)) terminal.print(line)
    })
  },
}

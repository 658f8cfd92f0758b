/** The `maskwright` command: finds the command, and turns what happens into exit codes: 0 done, 1 failed, 2 usage. */
import { hasCode, toErrorReply } from '../common/errors.ts'
import { formatKinds } from '../common/formats.ts'
import { UsageError, type Command } from './command.ts'
import { versionOf } from './places.ts'
import { createTerminal } from './terminal.ts'

interface Listed {
  readonly name: string
  readonly summary: string
  /** Read only when it is called: help and usage must not wait for the database and the model's runtime. */
  load(): Promise<Command>
}

const commands: readonly Listed[] = [
  {
    name: 'segment',
    summary: 'Find one object in an image: polygon, box, area, mask.',
    load: async () => (await import('./commands/segment.ts')).segment,
  },
  {
    name: 'model',
    summary: 'List, check and copy the models.',
    load: async () => (await import('./commands/model.ts')).model,
  },
  {
    name: 'embed',
    summary: 'Prepare a folder, so that the first click on each image is instant.',
    load: async () => (await import('./commands/embed.ts')).embed,
  },
  {
    name: 'autolabel',
    summary: 'Turn the boxes of a detector into objects with masks.',
    load: async () => (await import('./commands/autolabel.ts')).autolabel,
  },
  {
    name: 'detect',
    summary: 'Label a folder with a detector of your own, an .onnx file.',
    load: async () => (await import('./commands/detect.ts')).detect,
  },
  {
    name: 'follow',
    summary: 'Carry the objects of one image through the next ones, as proposals.',
    load: async () => (await import('./commands/follow.ts')).follow,
  },
  {
    name: 'frames',
    summary: 'Write the frames of a film to a folder of images, with ffmpeg.',
    load: async () => (await import('./commands/frames.ts')).frames,
  },
  {
    name: 'export',
    summary: `Write the labels of a folder as ${formatKinds}, ready to train.`,
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'import',
    summary: `Take labels of other programs in: ${formatKinds}.`,
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'split',
    summary: 'Divide the images into training, validation and test, and store it.',
    load: async () => (await import('./commands/split.ts')).split,
  },
  {
    name: 'assign',
    summary: 'Divide the images among people, a task file each.',
    load: async () => (await import('./commands/assign.ts')).assign,
  },
  {
    name: 'list',
    summary: 'List the images that a filter means, in any order.',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'stats',
    summary: 'Count what a project holds, how it grew, and when it will be done.',
    load: async () => (await import('./commands/stats.ts')).stats,
  },
  {
    name: 'agreement',
    summary: 'Compare the labels of two people on the same images.',
    load: async () => (await import('./commands/agreement.ts')).agreement,
  },
  {
    name: 'merge',
    summary: 'Put the work of two people on the same images together.',
    load: async () => (await import('./commands/merge.ts')).merge,
  },
  {
    name: 'check',
    summary: 'Look for what is wrong with objects, images and classes, and repair it.',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'convert',
    summary: 'Turn labels of one format into another, without a project.',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  {
    name: 'validate',
    summary: 'Check labels: missing images, broken records, pictures on two sides.',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'info',
    summary: 'Say what a folder holds: images, objects by class, problems.',
    load: async () => (await import('./commands/info.ts')).info,
  },
  {
    name: 'repair',
    summary: 'Get a damaged project back: from a backup, or what can be read of it.',
    load: async () => (await import('./commands/repair.ts')).repair,
  },
]

const usageOf = (name: string, { usage }: Command) =>
  usage
    .map((line, index) => (index === 0 ? `Usage: maskwright ${name} ${line}` : `         ${line}`))
    .join('\n')

const overview = () =>
  [
    `Maskwright: click or box an object, get a clean polygon, export ${formatKinds}.`,
    '',
    'Usage: maskwright COMMAND [ARGUMENTS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    '',
    '  maskwright COMMAND --help   what a command takes',
    '  maskwright --version',
    '',
    'The app itself: npm start [-- FOLDER]',
    'Exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage.',
  ].join('\n')

const terminal = createTerminal()

/** @throws what the command throws, but for wrong usage */
const runCommand = async (command: Command, args: readonly string[], usage: string): Promise<number> => {
  try {
    await command.run(args, terminal)
    return 0
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown
    terminal.say(`maskwright: ${thrown.message}\n${usage}`)
    return 2
  }
}

const run = async (args: readonly string[]): Promise<number> => {
  const [name, ...rest] = args
  if (name === '--version' || name === '-v') {
    terminal.print(versionOf())
    return 0
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.print(overview())
    return 0
  }
  const listed = commands.find((one) => one.name === name)
  if (!listed) {
    terminal.say(
      name === undefined ? overview() : `maskwright: there is no command "${name}"\n\n${overview()}`,
    )
    return 2
  }
  try {
    const command = await listed.load()
    const usage = usageOf(listed.name, command)
    if (rest.some((argument) => argument === '--help' || argument === '-h')) {
      terminal.print(`${listed.summary}\n\n${usage}\n\n${command.details}`)
      return 0
    }
    return await runCommand(command, rest, usage)
  } catch (thrown) {
    terminal.say(`maskwright: ${toErrorReply(thrown).message}`)
    for (const { encoding, samples } of toErrorReply(thrown).previews ?? [])
      terminal.say(`  --encoding ${encoding.padEnd(14)}${samples.join(', ')}`)
    if (hasCode(thrown, 'damaged-project'))
      terminal.say('What can be done about it: maskwright repair FOLDER')
    return 1
  }
}

process.exitCode = await run(process.argv.slice(2))

/** `maskwright info`: what a folder holds. */
import { changeText, isChanged } from '../../common/changed-picture.ts'
import { maxOf } from '../../common/extremes.ts'
import type { ImageItem } from '../../common/model.ts'
import { printable } from '../../common/printable.ts'
import type { Client } from '../../common/rpc.ts'
import { onlyArgument, parseCommand, type Command, type Terminal } from '../command.ts'
import { withProjectRead } from '../project.ts'

const PAGE = 1000

/** How many files are read at once. */
const AT_ONCE = 8

/** The images with what their files tell: one that was never looked at is known by its name alone. */
const readFiles = async (client: Client, items: readonly ImageItem[]): Promise<ImageItem[]> => {
  const read = async (item: ImageItem) => {
    // One with objects is compared with what they were made on.
    const isKnown = item.problem !== null || (item.width !== null && item.annotationCount === 0)
    if (isKnown) return item
    return (await client.call('images.open', { imageId: item.id })).image
  }
  const all: ImageItem[] = []
  for (let start = 0; start < items.length; start += AT_ONCE)
    all.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(read))))
  return all
}

const countImages = async (client: Client, terminal: Terminal) => {
  const counts = { images: 0, labelled: 0, done: 0, annotations: 0 }
  const problems: { image: string; problem: string }[] = []
  const changed: { image: string; change: string }[] = []
  for (let offset = 0, total = Infinity; offset < total; offset += PAGE) {
    const page = await client.call('images.list', { offset, limit: PAGE, filter: { text: '', show: 'all' } })
    total = page.total
    counts.images = page.total
    terminal.show(`Reading ${Math.min(offset + PAGE, total)} of ${total} images ...`)
    for (const item of await readFiles(client, page.items)) {
      const { path, status, annotationCount, problem } = item
      counts.annotations += annotationCount
      if (annotationCount > 0) counts.labelled++
      if (status === 'done') counts.done++
      if (problem !== null) problems.push({ image: path, problem })
      else if (isChanged(item)) changed.push({ image: path, change: changeText(item) })
    }
  }
  return { ...counts, problems, changed }
}

const countClasses = async (client: Client) => {
  const { labels } = await client.call('labels.list', {})
  return Promise.all(
    labels.map(async ({ id, name }) => ({ name, ...(await client.call('labels.usage', { labelId: id })) })),
  )
}

export const info: Command = {
  usage: ['FOLDER [--json]'],
  details: [
    'FOLDER    a folder of images',
    '--json    the same as JSON',
    '',
    'Example: maskwright info photos',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    await withProjectRead(onlyArgument(positionals, 'FOLDER'), terminal, async (client, project) => {
      const { problems, changed, ...counts } = await countImages(client, terminal)
      const classes = await countClasses(client)
      if (values.json) {
        const all = {
          folder: project.folder,
          project: project.isNew ? null : project.file,
          ...counts,
          classes,
          problems,
          changed,
        }
        return terminal.print(JSON.stringify(all, null, 2))
      }
      const width = Math.max(0, maxOf(classes.map(({ name }) => name.length)))
      for (const line of [
        `${printable(project.folder)} (${project.isNew ? 'no project yet' : `project: ${printable(project.file)}`})`,
        `${counts.images} images, ${counts.labelled} with objects, ${counts.done} done`,
        `${counts.annotations} objects${classes.length > 0 ? ':' : ', no classes'}`,
        ...classes.map(
          ({ name, annotations, images }) =>
            `  ${printable(name).padEnd(width)}  ${annotations} on ${images} images`,
        ),
        ...(problems.length > 0 ? [`${problems.length} images that can't be read:`] : []),
        ...problems.map(({ image, problem }) => `  ${printable(image)}: ${problem}`),
        ...(changed.length > 0
          ? [
              `${changed.length} photos changed under their objects; open them in the app to choose what becomes of these:`,
            ]
          : []),
        ...changed.map(({ image, change }) => `  ${printable(image)}: ${change}`),
      ])
        terminal.print(line)
    })
  },
}

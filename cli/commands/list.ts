/** `maskwright list`: the images of a folder that a filter means, one a line, as the list in the window shows them. */
import { imageSortSchema, type ImageFilter } from '../../common/contract/images.ts'
import { meaningOf, queryKeys } from '../../common/image-query.ts'
import type { ImageItem } from '../../common/model.ts'
import { printable } from '../../common/printable.ts'
import { parseCommand, UsageError, type Command } from '../command.ts'
import { withProjectRead } from '../project.ts'

const PAGE = 1000
const orders = imageSortSchema.shape.by.options

const optionsOf = (args: readonly string[]) => {
  const { values, positionals } = parseCommand({
    args: [...args],
    allowPositionals: true,
    options: {
      sort: { type: 'string' },
      descending: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [folder, ...words] = positionals
  if (folder === undefined) throw new UsageError('FOLDER is missing')
  const by = orders.find((order) => order === (values.sort ?? 'name'))
  if (by === undefined) throw new UsageError(`--sort takes ${orders.join(', ')}, not "${values.sort}"`)
  const filter: ImageFilter = {
    text: words.join(' '),
    show: 'all',
    sort: { by, descending: values.descending },
  }
  return { folder, filter, json: values.json }
}

export const list: Command = {
  usage: [`FOLDER [FILTER] [--sort ${orders.join('|')}] [--descending] [--json]`],
  details: [
    'FOLDER        a folder of images',
    'FILTER        which of them, all when left out: words of the path, and',
    ...Object.entries(queryKeys).map(
      ([key, { example }]) => `                ${`${key}:${example}`.padEnd(19)} ${meaningOf(key)}`,
    ),
    '              A minus before a word turns it round; after -- words may begin with one. Quotes hold blanks together.',
    '--sort        the order; by name when left out',
    '--descending  the other way round',
    '--json        path, size, state, flag, review, tags and number of objects and proposals of each, as JSON',
    '',
    `Example: maskwright list photos 'class:cat -class:dog score:<0.8' --sort score`,
  ].join('\n'),
  async run(args, terminal) {
    const { folder, filter, json } = optionsOf(args)
    await withProjectRead(folder, terminal, async (client) => {
      const all: {
        image: string
        width: number | null
        height: number | null
        status: string
        objects: number
        proposals: number
        flag: string | null
        reviewed: ImageItem['reviewed']
        tags: readonly string[]
      }[] = []
      for (let offset = 0, total = Infinity; offset < total; offset += PAGE) {
        const page = await client.call('images.list', { offset, limit: PAGE, filter })
        total = page.total
        for (const item of page.items) {
          const { path, width, height, status, annotationCount, proposedCount, flag, reviewed, tags } = item
          const counts = { objects: annotationCount, proposals: proposedCount }
          if (json) all.push({ image: path, width, height, status, ...counts, flag, reviewed, tags })
          else terminal.print(printable(path))
        }
      }
      if (json) terminal.print(JSON.stringify(all, null, 2))
    })
  },
}

/** `maskwright follow`: objects of one image are carried through the next ones, as "Through the next images" does. */
import type { ImageFilter } from '../../common/contract/images.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageItem } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { plural } from '../../common/words.ts'
import { onlyArgument, parseCommand, type Command } from '../command.ts'
import { progressText, runInTerminal } from '../long-work.ts'
import { withProject } from '../project.ts'

const PAGE = 1000

/** The image of that path; without one, the first that has objects. */
const startOf = async (client: Client, filter: ImageFilter, from: string | undefined): Promise<ImageItem> => {
  const wanted = from?.replaceAll('\\', '/')
  for (let offset = 0, total = Infinity; offset < total; offset += PAGE) {
    const page = await client.call('images.list', { offset, limit: PAGE, filter })
    total = page.total
    const found = page.items.find(({ path, annotationCount }) =>
      wanted === undefined ? annotationCount > 0 : path === wanted,
    )
    if (found !== undefined) return found
  }
  throw new CodedError(
    'not-found',
    wanted === undefined
      ? 'No image of the list has objects to follow. Label one first.'
      : `${wanted} is not among the images. Give its path within the folder, as maskwright list shows it.`,
  )
}

export const follow: Command = {
  usage: ['FOLDER [--from IMAGE] [--filter FILTER] [--json]'],
  details: [
    'FOLDER    a folder of images with a project, in the order of their names',
    '--from    the image whose objects are followed, as a path within the folder; the first that has objects when left out',
    '--filter  only the images that it means, as in maskwright list',
    '--json    the numbers as JSON',
    '',
    'What is found becomes proposals with a confidence; an object that is not sure enough is left for a look and is',
    'not followed past that image (the limits are in the settings of the app). Run it again after it was cut off, or',
    'after somebody has mended an image: what is there already is passed over, what is between is asked from both sides.',
    'Example: maskwright follow frames --from frame_000001.jpg',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        filter: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const folder = onlyArgument(positionals, 'FOLDER')
    const filter: ImageFilter = { text: values.filter ?? '', show: 'all' }
    await withProject(
      folder,
      terminal,
      async (client) => {
        const { id, path } = await startOf(client, filter, values.from)
        terminal.say(`From ${path}:`)
        const request = { imageId: id, objects: null, filter }
        const end = await runInTerminal(client, terminal, 'follow', request, (work) =>
          progressText(work, [plural(work.detail?.objects ?? 0, 'proposal')]),
        )
        const { objects, doubtful } = end.detail ?? { objects: 0, doubtful: 0 }
        if (values.json) terminal.print(JSON.stringify({ from: path, images: end.done, objects, doubtful }))
        else terminal.print(end.message ?? `${plural(objects, 'proposal')} in ${end.done} images.`)
      },
      { withModel: true },
    )
  },
}

/** A folder that is exported into, with the marker of an earlier export that anyone may have written. */
import { join } from 'node:path'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { mutateJson } from '../mutate/json.ts'
import { oddPath } from '../mutate/odd.ts'
import { openCore } from '../../support/open-core.ts'
import type { Entry, Place } from '../place.ts'
import { pictures, projectFiles } from '../project-seed.ts'
import type { Random } from '../random.ts'
import type { Answers, Case, Target } from '../target.ts'

interface ExportCase extends Case {
  readonly format: string
}

const FOLDER = 'home/shared/export'
/** No marker lists it. */
const kept = `${FOLDER}/notes of a person.md`

const makeFiles = (marker: Entry, others: Record<string, Entry>): ReadonlyMap<string, Entry> =>
  new Map<string, Entry>([
    ...pictures,
    ['home/shared/.maskwright/project.sqlite', projectFiles(true)['']!],
    [kept, Buffer.from('mine')],
    [`${FOLDER}/.maskwright-export`, marker],
    ...Object.entries(others),
  ])

const make = (random: Random): ExportCase => {
  const format = random.pick(['coco', 'yolo-det', 'yolo-seg'] as const)
  const paths = Array.from({ length: 1 + random.below(6) }, () => oddPath(random))
  const [first = 'x'] = paths
  const marker = {
    note: '',
    family: random.pick(['yolo', 'coco']),
    files: [...paths, '../a.png', '../../private/secret.png', 'labels/train/a.txt', '.maskwright-export'],
    sources: { 'images/train/a.png': first, [first]: 'a.png' },
  }
  const { bytes, about } = mutateJson(marker, random)
  const others: Record<string, Entry> = {}
  // Links where the export will write.
  for (const place of ['annotations', 'images', 'labels', 'data.yaml', 'labels/train', 'annotations.json'])
    if (random.chance(0.15))
      others[`${FOLDER}/${place}`] = { link: random.pick(['../../private', '..', '/dev/null']) }
  const isPlain = random.chance(0.5)
  const whole = isPlain ? Buffer.from(JSON.stringify(marker)) : bytes
  return {
    about: isPlain ? 'hostile paths' : about,
    format,
    files: makeFiles(
      random.chance(0.05) ? { link: '../../private/secret.txt' } : whole,
      withoutNested(others),
    ),
  }
}

/** A link has nothing inside. */
const withoutNested = (others: Record<string, Entry>): Record<string, Entry> =>
  Object.fromEntries(
    Object.entries(others).filter(
      ([path]) => !Object.keys(others).some((other) => path.startsWith(`${other}/`)),
    ),
  )

const run = async (place: Place, { format }: ExportCase, answers: Answers) => {
  const { core, client } = openCore(place.data)
  try {
    await answers.ask('open', () => client.call('project.open', { folder: place.shared }))
    const request = { format, out: join(place.shared, 'export'), copyImages: true, validation: 0.5, seed: 1 }
    const exportOnce = async () => ensureDone(await runWork(client, 'export', request))
    await answers.ask('export', exportOnce)
    await answers.ask('export again', exportOnce)
  } finally {
    await core.close()
  }
}

export const exports: Target<ExportCase> = {
  name: 'exports',
  kept: {
    'a marker that lists the originals': () => ({
      about: 'originals',
      format: 'yolo-det',
      files: makeFiles(
        Buffer.from(
          JSON.stringify({ note: '', family: 'yolo', files: ['../a.png', '../sub/b.png', 'x/../../c.png'] }),
        ),
        {},
      ),
    }),
  },
  make,
  mayChange: (path) =>
    path !== kept &&
    (path === 'data' || ['data/', 'home/shared/.maskwright', FOLDER].some((start) => path.startsWith(start))),
  start: (place) => ({ run: (given, answers) => run(place, given, answers), close: () => Promise.resolve() }),
}

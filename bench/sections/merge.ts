/** A colleague's copy merged: two projects of 10,000 images and 100,000 objects, half of which both have. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffOf } from '../../common/diff.ts'
import { newLabel } from '../../common/new-label.ts'
import type { Annotation } from '../../common/model.ts'
import { ensureDone, runWork } from '../../common/work-client.ts'
import { openProject } from '../../core/project/project.ts'
import { openCore } from '../../test/support/open-core.ts'
import { objectByHand } from '../../test/support/objects.ts'
import { pngOf } from '../../test/unit/export/folder.ts'
import type { Section } from '../section.ts'
import { figure } from '../stats.ts'

const IMAGES = 10_000
const OBJECTS = 100_000
/** Of each image: those that both projects have, and those of one person alone. */
const SHARED = OBJECTS / IMAGES / 2
const LIMIT_SECONDS = 60
/** Objects of one edit. */
const AT_ONCE = 4000
const classNames = ['car', 'person', 'tree', 'sign']

const classes = classNames.map((name, position) =>
  newLabel({ id: `class-${position}`, name, color: '#336699', position }),
)

/** An outline of 24 vertices at a place of its own. */
const objectAt = (id: string, imageId: number, place: number): Annotation => {
  const [x, y] = [30 + (place % 10) * 60, 30 + Math.floor(place / 10) * 60]
  const outer = Array.from({ length: 24 }, (_, at): [number, number] => {
    const angle = (at / 24) * 2 * Math.PI
    return [x + 25 * Math.cos(angle), y + 25 * Math.sin(angle)]
  })
  return {
    ...objectByHand(id, { type: 'polygon', parts: [{ outer, holes: [] }] }),
    imageId,
    labelId: classes[place % classes.length]!.id,
  }
}

const makePhotos = (folder: string, images: number): void => {
  for (let at = 0; at < images; at++) {
    mkdirSync(join(folder, `day-${Math.floor(at / 500)}`), { recursive: true })
    // Each another picture, all of about as many bytes.
    writeFileSync(join(folder, `day-${Math.floor(at / 500)}`, `photo-${at}.png`), pngOf(64, 48, at))
  }
}

/** Adds objects to each image at the places of one person. */
const label = async (
  folder: string,
  dataFolder: string,
  author: string,
  places: readonly number[],
  isFirst: boolean,
): Promise<void> => {
  const project = await openProject({
    folder,
    dataFolder,
    version: '0',
    emit: () => undefined,
    author: () => author,
  })
  await project.scanned()
  if (isFirst) project.editing.commit(diffOf({ labels: { added: classes } }))
  let added: Annotation[] = []
  const flush = () => {
    project.editing.commit(diffOf({ annotations: { added } }))
    added = []
  }
  for (const imageId of project.store.images.ids()) {
    for (const place of places) added.push(objectAt(`${author} ${imageId} ${place}`, imageId, place))
    if (added.length >= AT_ONCE) flush()
  }
  flush()
  await project.close()
}

export const mergeSection: Section = async ({ scratch, images, say }) => {
  const count = images ?? IMAGES
  const [here, there, data] = ['here', 'there', 'data'].map((name) => join(scratch, 'merge', name)) as [
    string,
    string,
    string,
  ]
  say(`merge: making two projects of ${figure(count)} images`)
  makePhotos(here, count)
  const shared = Array.from({ length: SHARED }, (_, at) => at)
  await label(here, data, 'anna', shared, true)
  cpSync(here, there, { recursive: true, preserveTimestamps: true })
  await label(
    here,
    data,
    'anna',
    shared.map((at) => at + 10),
    false,
  )
  await label(
    there,
    data,
    'ben',
    shared.map((at) => at + 20),
    false,
  )

  say('merge: merging them')
  const { core, client } = openCore(data)
  try {
    await client.call('project.open', { folder: here })
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const end = ensureDone(
      await runWork(client, 'merge', {
        other: there,
        iou: 0.5,
        rule: 'both',
        decisions: [],
        apart: [],
        most: 100,
      }),
    )
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const report = end.detail?.report
    return [
      {
        title: 'Two projects merged',
        head: [
          'images',
          'objects of each',
          'the same',
          'added',
          'of the limit of 60 s',
          's',
          's of CPU',
          'within',
        ],
        rows: [
          [
            figure(count),
            figure(count * 2 * SHARED),
            figure(report?.objects.same ?? 0),
            figure(report?.objects.onlyThere ?? 0),
            (seconds / LIMIT_SECONDS).toFixed(2),
            seconds.toFixed(1),
            ((user + system) / 1e6).toFixed(1),
            seconds <= LIMIT_SECONDS ? 'yes' : 'no',
          ],
        ],
        notes: [
          'Copies of one folder, gone on with by two people; compared and stored, with the undo log. Each object has 24 vertices.',
        ],
      },
    ]
  } finally {
    await core.close()
  }
}

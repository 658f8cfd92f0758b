/**
 * Objects between images, projects and programs: copied and pasted as text (common/object-text.ts), doubled, and taken
 * over from the image before.
 */
import { objectsOfText, textOfObjects } from '../../common/object-text.ts'
import { clipToImage } from '../../common/geometry/clip.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, LabelId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import type { Placed } from '../workbench/placing.ts'
import type { Workbench } from '../workbench/store.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { t } from '../texts/t.ts'
import type { ImagePages } from './image-pages.ts'
import { labelsToAdd, type Labels } from './labels.ts'
import type { Navigation } from './navigation.ts'
import { showNotice } from './report.ts'

export interface ObjectClipboard {
  /** The selected objects as text; null when nothing is selected. */
  copy(): string | null
  /** As `copy`, and takes them away; what is locked stays, and is not on the clipboard. */
  cut(): string | null
  paste(text: string): Promise<void>
  /** What was copied last in this window; null when nothing was. */
  last(): string | null
  duplicate(): Promise<void>
  /** @param labelId of one class alone; null for all */
  takePrevious(labelId: LabelId | null): Promise<void>
}

interface ClipboardPorts {
  readonly client: Client
  readonly workbench: Workbench
  readonly labels: Labels
  readonly images: ImagePages
  readonly navigation: Navigation
}

const tell = (message: string) => showNotice({ level: 'info', message })
const shortOf = (path: string) => path.split('/').at(-1) ?? path
const placedOf = ({ labelId, shape, attributes, groupId }: Annotation): Placed => ({
  labelId,
  shape,
  attributes,
  groupId,
})
const keyOf = (placed: Placed) => placed.labelId + JSON.stringify(placed.shape)

export const createObjectClipboard = (ports: ClipboardPorts): ObjectClipboard => {
  const { client, workbench, labels, images, navigation } = ports
  let last: string | null = null

  const selected = (): Annotation[] => {
    const { annotations, selection } = workbench.getState()
    return annotations.filter(({ id }) => selection.has(id))
  }
  const copied = (objects: readonly Annotation[]) => {
    const { image } = workbench.getState()
    if (!image || objects.length === 0) return null
    const named = objects.map((object) => ({
      ...placedOf(object),
      name: labels.get(object.labelId)?.name ?? '',
    }))
    last = textOfObjects(named, image)
    return last
  }

  return {
    copy: () => copied(selected()),
    cut() {
      const desk = workbench.getState()
      const all = selected()
      const text = copied(all.filter((object) => !isLocked(object, (id) => desk.lockedLabels.has(id))))
      // The objects, also where a vertex is chosen; of those that are locked the user is told.
      if (all.length > 0) desk.deleteAnnotations(all.map(({ id }) => id))
      return text
    },
    last: () => last,
    async paste(text) {
      const read = objectsOfText(text)
      if (!read || read.objects.length + read.skipped === 0)
        return tell(
          t('There are no objects on the clipboard. Copy some first, here or in another annotator.'),
        )
      const known = labels.store.getState().labels
      const added = labelsToAdd(
        read.objects.map(({ name }) => name),
        known,
      )
      const byName = new Map([...known, ...added].map(({ id, name }) => [name.toLocaleLowerCase(), id]))
      const objects = read.objects.flatMap(({ name, ...object }): Placed[] => {
        const labelId = byName.get(name.toLocaleLowerCase())
        return labelId === undefined ? [] : [{ ...object, labelId }]
      })
      const said = (count: number) =>
        t('Pasted {count, plural, one {one object} other {# objects}}.', { count })
      await workbench.getState().place({ objects, labels: added, said, skipped: read.skipped })
    },
    async duplicate() {
      const objects = selected().map(placedOf)
      const said = (count: number) =>
        t('Doubled {count, plural, one {one object} other {# objects}}.', { count })
      if (objects.length > 0) await workbench.getState().place({ objects, labels: [], said })
    },
    async takePrevious(labelId) {
      const { index, before } = navigation.store.getState()
      const here = workbench.getState().image
      const size = sizeOf(here)
      const previous = await images.load((index ?? before) - 1)
      if (!here || !size || !previous) return
      const { annotations } = await client.call('images.open', { imageId: previous.id })
      const state = workbench.getState()
      // The user went on to another image meanwhile.
      if (state.image?.id !== here.id) return
      // What is only proposed there would be an object here.
      const there = annotations.filter(
        (annotation) => !annotation.proposed && (labelId === null || annotation.labelId === labelId),
      )
      const name = shortOf(previous.path)
      const label = labelId === null ? '' : (labels.get(labelId)?.name ?? '')
      if (there.length === 0)
        return tell(
          labelId === null
            ? t('{name} has no objects.', { name })
            : t('{name} has no objects of class {label}.', { name, label }),
        )
      const known = new Set(state.annotations.map(placedOf).map(keyOf))
      const inside = there.map(placedOf).flatMap((object): Placed[] => {
        const shape = clipToImage(object.shape, size)
        return shape ? [{ ...object, shape }] : []
      })
      const objects = inside.filter((object) => !known.has(keyOf(object)))
      if (inside.length > 0 && objects.length === 0)
        return tell(
          labelId === null
            ? t('The objects of {name} are all here already.', { name })
            : t('The objects of class {label} of {name} are all here already.', { name, label }),
        )
      const said = (count: number) =>
        t('From {name}: {count, plural, one {one object} other {# objects}}.', { name, count })
      const skipped = there.length - inside.length
      await state.place({ objects, labels: [], said, skipped })
    },
  }
}

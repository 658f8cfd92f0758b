/** Projects of several people on the same images, made of few words, and their merge as the core does it. */
import { join } from 'node:path'
import type { MergeRequest } from '../../../common/contract/merge.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation, ImageRecord, Label } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { imageRecordOf, newImage } from '../../../common/new-records.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { applyMerge } from '../../../core/merge/apply.ts'
import type { OtherProject } from '../../../core/merge/other-project.ts'
import { checkDecided, planMerge } from '../../../core/merge/plan.ts'
import { canonicalJson } from '../../../core/store/json.ts'
import { openStore, type Store } from '../../../core/store/store.ts'
import { objectByHand } from '../../support/objects.ts'
import { temporaryFolder } from '../store/records.ts'

export interface Person {
  readonly name: string
  readonly folder: string
  readonly store: Store
}

export interface Words {
  readonly classes: readonly (Partial<Label> & { readonly name: string })[]
  /** By the number of the image, 1 at first. */
  readonly objects: readonly (Partial<Annotation> & {
    readonly id: string
    readonly image: number
    /** The name of its class. */
    readonly label: string
    /** A square of 20 pixels: its left and top. */
    readonly at: readonly [x: number, y: number]
  })[]
  readonly images?: Readonly<Record<number, Partial<ImageRecord>>>
}

const colors = ['#e69f00', '#56b4e9', '#009e73', '#f0e442']
export const IMAGES = 3

/** @param author of all its edits */
export const personOf = (name: string, words: Words, author = name): Person => {
  const folder = temporaryFolder()
  const store = openStore(join(folder, 'project.sqlite'))
  store.transact(() => {
    for (let index = 0; index < IMAGES; index += 1)
      store.scan.add({ path: `image-${index + 1}.jpg`, bytes: 10, modifiedAt: 20 }, index, null)
  })
  const editing = createEditing(
    store,
    () => undefined,
    () => author,
  )
  const labels = words.classes.map((given, position) =>
    newLabel({ id: `${name}-${given.name}`, color: colors[position % 4]!, position, ...given }),
  )
  const labelOf = new Map(labels.map((label) => [label.name, label.id]))
  const added = words.objects.map(({ image, label, at: [x, y], id, ...rest }) =>
    objectByHand(
      id,
      { type: 'rectangle', x, y, width: 20, height: 20 },
      { imageId: image, labelId: labelOf.get(label)!, ...rest },
    ),
  )
  editing.commit(diffOf({ labels: { added: labels }, annotations: { added } }))
  const updated = Object.entries(words.images ?? {}).map(([id, change]): [ImageRecord, ImageRecord] => {
    const from = { ...newImage(), id: Number(id) }
    return [from, { ...from, ...change }]
  })
  editing.commit(diffOf({ images: { updated } }))
  return { name, folder, store }
}

const otherOf = ({ folder, store }: Person): OtherProject => ({
  ...{ file: store.file, folder, store },
  writeTo: () => Promise.resolve(),
  close: () => undefined,
})

const control = { ready: () => Promise.resolve(), begin: () => undefined, step: () => undefined }

type Asked = Partial<Omit<MergeRequest, 'other'>>

const wholeOf = (asked: Asked) => ({
  ...{ iou: 0.5, rule: 'both' as const, decisions: [], apart: [], most: 1000 },
  ...asked,
})

/** What a merge would do. */
export const lookAt = async (here: Person, there: Person, asked: Asked = {}) =>
  (await planMerge(here, otherOf(there), wholeOf(asked), control)).report.result()

/** Merges `there` into `here`. @returns the report, and what takes it back */
export const merge = async (here: Person, there: Person, asked: Asked = {}) => {
  const editing = createEditing(
    here.store,
    () => undefined,
    () => 'whoever merges',
  )
  const plan = await planMerge(here, otherOf(there), wholeOf(asked), control)
  checkDecided(plan)
  const run = 'merge.1'
  await applyMerge({
    ...{ target: { ...here, editing }, other: otherOf(there), plan, run, control },
    onStored: () => undefined,
  })
  return { report: plan.report.result(), undo: () => moveWholeRun(() => editing, run, 'undo') }
}

/** All that a project says, with its own ids and times. */
export const stateOf = ({ store }: Person) => ({
  labels: store.labels.list(),
  images: store.images.getMany(store.images.ids()).map(imageRecordOf),
  objects: store.images
    .ids()
    .map((id) => store.annotations.ofImage(id).toSorted((a, b) => (a.id < b.id ? -1 : 1))),
})

/** The same without what is each project's own: ids, times, colours and places of classes. */
export const meaningOf = ({ store }: Person) => {
  const nameOf = new Map(store.labels.list().map(({ id, name }) => [id, name]))
  return {
    labels: [...nameOf.values()].sort(),
    images: store.images.getMany(store.images.ids()).map(imageRecordOf),
    objects: store.images.ids().map((imageId) =>
      store.annotations
        .ofImage(imageId)
        .map(({ labelId, ...rest }) =>
          canonicalJson({ ...rest, label: nameOf.get(labelId), id: '', createdAt: 0, updatedAt: 0 }),
        )
        .sort(),
    ),
  }
}

/** Stores what a detector found as it is, images of a few seconds in one edit. */
import { randomUUID } from 'node:crypto'
import { diffOf } from '../../../common/diff.ts'
import type { PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import type { KeptMask } from '../../../common/kept-mask.ts'
import type { Annotation, ImageItem } from '../../../common/model.ts'
import { newObject } from '../../../common/new-records.ts'
import type { Project } from '../../project/project.ts'
import { makeClasses } from '../classes.ts'
import { keepingOf, nothingKept } from '../keep-mask.ts'
import { shapeOf, type WantedObject } from './wanted.ts'

/** What was found is stored after this, ms, or this many objects. */
const PORTION = { ms: 2000, objects: 2000 } as const

interface FindsOptions {
  readonly project: Project
  readonly run: string
  readonly idStart: string
  readonly as: 'boxes' | 'outlines'
  readonly proposed: boolean
  /** What the objects say that they were made by. */
  readonly modelId: string
  /** Outlines are made with these. */
  readonly options: PolygonOptions
  readonly onStored: (objects: number) => void
}

interface Waiting {
  readonly label: string
  readonly made: Omit<Annotation, 'labelId'>
  readonly kept: readonly KeptMask[]
}

/** An image's objects are stored together or not at all: so an image that has some of a run has all. */
export const createFinds = (given: FindsOptions) => {
  const { project, run, idStart, as, proposed, modelId, onStored } = given
  let waiting: Waiting[] = []
  let since = performance.now()

  const flush = () => {
    const made = waiting
    waiting = []
    since = performance.now()
    if (made.length === 0) return
    makeClasses(
      project,
      made.map(({ label }) => label),
      run,
      true,
    )
    const idOf = new Map(project.store.labels.list().map(({ id, name }) => [name, id]))
    const added = made.map(({ label, made: one }): Annotation => ({ ...one, labelId: idOf.get(label)! }))
    const masks = made.flatMap(({ kept }) => kept)
    project.editing.commit(diffOf({ annotations: { added } }), run, masks)
    onStored(added.length)
  }

  return {
    /** @returns how many had no outline */
    add(
      image: ImageItem & { readonly width: number; readonly height: number },
      wanted: readonly WantedObject[],
    ): number {
      const now = Date.now()
      let without = 0
      for (const { label, detection } of wanted) {
        const shape = shapeOf(detection, as, image)
        if (shape === null) {
          without++
          continue
        }
        const { score, mask } = detection
        const { said, kept } = mask === null ? nothingKept : keepingOf(mask, given.options, shape)
        const id = idStart + randomUUID()
        const by = { source: 'model' as const, modelId, score, prompts: [], candidate: null }
        const times = { createdAt: now, updatedAt: now }
        waiting.push({
          label,
          kept,
          made: { ...newObject, ...by, ...times, ...said, id, imageId: image.id, shape, proposed },
        })
      }
      if (waiting.length >= PORTION.objects || performance.now() - since > PORTION.ms) flush()
      return without
    },
    store: flush,
  }
}

/** The boxes of an import become masks by the model, in edits of its run: one undo takes them back with the rest. */
import type { Quality } from '../../../common/segmentation.ts'
import type { WorkDetail } from '../../../common/work-kinds.ts'
import type { Project } from '../../project/project.ts'
import { createLabelImage } from '../boxes/label-image.ts'
import { labelImages, type ImageWithBoxes } from '../boxes/label-images.ts'
import type { WorkControl, WorkParts } from '../work-kind.ts'

interface MakeMasksOptions {
  readonly project: Project
  readonly parts: Pick<WorkParts, 'inference' | 'polygonOptions' | 'keepMasks'>
  readonly quality: Quality
  readonly control: WorkControl<WorkDetail<'import'>>
  /** Images whose boxes are over when this begins count as done. */
  readonly done: number
  readonly onStored: (objects: number) => void
}

/** @throws CodedError what ends a run (ends-run.ts); what was stored until then stays */
export const makeMasks = async (
  images: readonly ImageWithBoxes[],
  { project, parts, quality, control, done, onStored }: MakeMasksOptions,
): Promise<void> => {
  const { inference, polygonOptions, keepMasks } = parts
  const total = done + images.length
  let over = 0
  control.reach(done, total)
  const own = {
    project,
    polygonOptions,
    keepMasks,
    signal: control.signal,
    run: control.id,
    quality,
    onStored,
  }
  const crew = await inference.hire(images.length)
  try {
    await labelImages(images, {
      store: project.store,
      lanes: crew.hands.map((hand) => createLabelImage({ ...own, inference: hand })),
      control,
      onImage: () => control.reach(done + ++over, total),
    })
  } finally {
    crew.dismiss()
  }
}

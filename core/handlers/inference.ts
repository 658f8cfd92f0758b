/** Calls to the model. */
import { hasCode } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { inferenceImageOf, type InferenceImage } from '../inference/image.ts'
import { createOffers } from '../inference/client/offers.ts'
import { imageOf, type Project } from '../project/project.ts'
import type { Of, Parts } from './parts.ts'

const knownImageOf = (project: Project, imageId: ImageId): InferenceImage =>
  inferenceImageOf(project.folder, imageOf(project, imageId))

/** Null when the image's path leads out of the folder: the image says so itself when it is shown. */
const focusOf = (project: Project, imageId: ImageId): InferenceImage | null => {
  try {
    return knownImageOf(project, imageId)
  } catch (thrown) {
    if (hasCode(thrown, 'image-unreadable')) return null
    throw thrown
  }
}

export const inferenceHandlers = ({ workspace, inference }: Parts): Of<'inference'> => {
  const offers = createOffers(inference)
  return {
    'inference.focus': ({ imageId, ahead }) => {
      if (imageId === null && ahead.length === 0) {
        inference.focus(null, [])
        return {}
      }
      const project = workspace.project()
      const known = ahead.filter((id) => project.store.images.get(id) !== null)
      inference.focus(
        imageId === null ? null : focusOf(project, imageId),
        known.map((id) => focusOf(project, id)).filter((image) => image !== null),
      )
      return {}
    },
    'inference.status': () => inference.status(),
    'inference.segment': (request) =>
      offers.segment(knownImageOf(workspace.project(), request.imageId), request),
    'inference.alternatives': (asked) =>
      offers.alternatives(knownImageOf(workspace.project(), asked.imageId), asked),
  }
}

/** Calls to the model. */
import type { ImageId } from '../../common/model.ts'
import { inferenceImageOf, type InferenceImage } from '../inference/image.ts'
import { createOffers } from '../inference/client/offers.ts'
import { imageOf, type Project } from '../project.ts'
import type { Of, Parts } from './parts.ts'

const knownImageOf = (project: Project, imageId: ImageId): InferenceImage =>
  inferenceImageOf(project.folder, imageOf(project, imageId))

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
        imageId === null ? null : knownImageOf(project, imageId),
        known.map((id) => knownImageOf(project, id)),
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

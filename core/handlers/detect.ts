/** Calls about a detector of the user's own. */
import { chosenRecipe, inspectDetector } from '../detectors/inspect.ts'
import { inferenceImageOf } from '../inference/image.ts'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { classOf } from '../work/detect/wanted.ts'
import type { Of, Parts } from './parts.ts'

/** How masks are outlined that are only shown. */
const shownOutlines = { tolerance: 1, minArea: 4, minShare: 0.01 } as const

export const detectHandlers = ({ inference, workspace }: Parts): Of<'detect'> => ({
  'detect.look': async ({ detector: asked }) => {
    // What it could be run on.
    workspace.project()
    const { name, bytes, recipes } = await inspectDetector(inference, asked)
    const kinds = recipes.map(({ id, title, task, image, classes, namesFrom, texts }) => ({
      ...{ id, title, task, namesFrom },
      ...{ width: image.width, height: image.height, classes: [...classes] },
      byWords: texts !== undefined,
    }))
    return { name, bytes, kinds }
  },
  'detect.try': async ({ detector: asked, imageId, minScore }) => {
    const { store, folder, facts } = workspace.project()
    if (store.images.get(imageId) === null)
      throw new CodedError('not-found', said('This image is not in the project.'))
    const detector = await inspectDetector(inference, asked)
    const recipe = chosenRecipe(detector, asked.readAs)
    const { model, version } = detector
    const outlines = recipe.task === 'masks' ? shownOutlines : null
    const image = inferenceImageOf(folder, await facts.refresh(imageId))
    const question = {
      kind: 'detect',
      model,
      version,
      recipe,
      minScore,
      outlines,
      keepsMasks: false,
    } as const
    const { detections, ...seen } = await inference.aside(image, question, 'everything')
    const found = detections.map((detection) => ({
      class: classOf(recipe, detection),
      score: detection.score,
      box: [...detection.box] as [number, number, number, number],
      corners: detection.corners === null ? null : [...detection.corners],
      outline: detection.outline,
      points: detection.points.flatMap(({ x, y, seen: isSeen }) => (isSeen ? [{ x, y }] : [])),
    }))
    return { ...seen, found }
  },
})

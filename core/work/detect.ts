/**
 * A detector goes through images: what it finds becomes objects or proposals, many edits that are undone together. An
 * image whose finds were stored is known by the ids of its objects, so a run that was cut off goes on where it stood.
 */
import { detectRequestSchema, type DetectRequest } from '../../common/contract/detect.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { chosenRecipe, inspectDetector, type Detector } from '../detectors/inspect.ts'
import type { Detected, DetectorRecipe } from '../inference/detector.ts'
import { inferenceImageOf } from '../inference/image.ts'
import type { Project } from '../project/project.ts'
import { createLabelImage } from './boxes/label-image.ts'
import { createFinds } from './detect/store.ts'
import { createWanted, idStartOf, isOfRun, lowestScore, type WantedObject } from './detect/wanted.ts'
import { endsRun } from './ends-run.ts'
import { idsOfScope } from './scope.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

type Detail = WorkDetail<'detect'>

type Measured = ImageItem & { readonly width: number; readonly height: number }

interface Run {
  readonly project: Project
  readonly detector: Detector
  readonly recipe: DetectorRecipe
  readonly request: DetectRequest
  readonly ids: readonly ImageId[]
}

export const detectWork = (parts: WorkParts) => {
  const { inference, polygonOptions, keepMasks } = parts

  const detectAll = async (
    { project, detector, recipe, request, ids }: Run,
    control: WorkControl<Detail>,
  ): Promise<string> => {
    const { store, facts, folder } = project
    const { as, proposed } = request
    const { signal } = control
    const idStart = idStartOf(detector.version, request)
    const wantedOf = createWanted(recipe, request)
    let [objects, already, skipped] = [0, 0, 0]
    const onStored = (count: number) => {
      objects += count
      control.detail({ objects, already })
    }
    const options = polygonOptions()
    const question = {
      kind: 'detect',
      model: detector.model,
      version: detector.version,
      recipe,
      minScore: lowestScore(request),
      outlines: as === 'outlines' ? options : null,
      keepsMasks: as === 'outlines' && keepMasks(),
    } as const
    const modelId = detector.name.slice(0, 100)
    const own = { project, run: control.id, onStored }
    const finds = createFinds({
      ...own,
      idStart,
      as: as === 'outlines' ? 'outlines' : 'boxes',
      proposed,
      modelId,
      options,
    })
    const beginMasks = createLabelImage({
      ...own,
      inference,
      polygonOptions,
      keepMasks,
      signal,
      quality: request.quality ?? 'good',
      made: { idStart, proposed },
    })

    const look = async (imageId: ImageId): Promise<{ image: Measured; found: Detected } | null> => {
      if (isOfRun(store.annotations.ofImage(imageId), idStart)) return null
      const image = await facts.refresh(imageId)
      const { width, height, problem } = image
      if (problem !== null || width === null || height === null)
        throw new CodedError('image-unreadable', problem ?? said('The image has no size.'))
      const found = await inference.aside(inferenceImageOf(folder, image), question, 'boxes')
      return { image: { ...image, width, height }, found }
    }
    const masks = async (image: Measured, wanted: readonly WantedObject[]) => {
      const boxes = wanted.map(({ label, detection: { box, score } }, index) => ({
        label,
        box,
        unit: 'pixel' as const,
        score,
        size: null,
        where: said('Find {number}', { number: index + 1 }),
      }))
      const { problems } = await (await beginMasks(image.id, boxes)).finish(() => undefined)
      for (const problem of problems) control.leaveOut(problem)
    }
    const nameOf = new Map<string, string>()
    const label = async (imageId: ImageId, looked: ReturnType<typeof look>) => {
      const start = performance.now()
      const seen = await looked
      if (seen === null) {
        skipped++
        return control.step(null)
      }
      const { image, found } = seen
      for (const { id, name } of store.labels.list()) nameOf.set(id, name)
      const existing = store.annotations
        .ofImage(imageId)
        .map(({ labelId, shape }) => ({ label: nameOf.get(labelId) ?? '', shape }))
      const chosen = wantedOf(found.detections, existing)
      already += chosen.already
      if (as === 'masks') await masks(image, chosen.wanted)
      else {
        const without = finds.add(image, chosen.wanted)
        if (without > 0)
          control.leaveOut({
            image: image.path,
            annotationId: null,
            message: said(
              '{without, plural, one {# find} other {# finds}} had no outline within the image.',
              { without },
            ),
          })
      }
      control.step(performance.now() - start)
      control.detail({ objects, already })
    }

    control.begin(ids.length)
    control.detail({ objects, already })
    const begin = (at: number) => {
      const id = ids[at]
      const begun = id === undefined || signal.aborted ? null : look(id)
      // What it fails with is said in its turn.
      begun?.catch(() => undefined)
      return begun
    }
    const storeAtPause = () => {
      try {
        finds.store()
      } catch (thrown) {
        if (endsRun(thrown)) throw thrown
        control.leaveOut({ image: null, annotationId: null, message: toErrorReply(thrown).message })
      }
    }
    try {
      let coming = begin(0)
      for (const [at, imageId] of ids.entries()) {
        await control.ready(storeAtPause)
        const looked = coming ?? look(imageId)
        // The next image is looked at while this one's finds are stored; masks need the model themselves.
        coming =
          as === 'masks'
            ? null
            : looked
                .then(
                  () => begin(at + 1),
                  () => begin(at + 1),
                )
                .then((one) => one)
        coming?.catch(() => undefined)
        try {
          await label(imageId, looked)
        } catch (thrown) {
          if (signal.aborted || endsRun(thrown)) throw thrown
          const image = store.images.get(imageId)?.path ?? null
          control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
          control.step(null)
        }
      }
    } finally {
      if (!project.closed) finds.store()
    }
    return [
      proposed
        ? said('{objects, plural, one {# proposal} other {# proposals}} made.', { objects })
        : said('{objects, plural, one {# object} other {# objects}} made.', { objects }),
      ...(already === 0
        ? []
        : [
            said('{already, plural, one {# find} other {# finds}} of objects that were there already.', {
              already,
            }),
          ]),
      ...(skipped === 0
        ? []
        : [said('{skipped, plural, one {# image} other {# images}} had theirs already.', { skipped })]),
    ].join(' ')
  }

  return defineWork<DetectRequest, Detail>({
    name: 'detect',
    title: msg('Detector'),
    unit: 'image',
    request: detectRequestSchema,
    canPause: true,
    isListed: true,
    again: { refuse: said('A detector is at work already. Wait, or cancel that first.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    async plan(request, signal) {
      const project = parts.project()
      const { detector: asked } = request
      const detector = await inspectDetector(inference, asked)
      const recipe = chosenRecipe(detector, asked.readAs)
      if (recipe.texts !== undefined && recipe.classes.length === 0)
        throw new CodedError(
          'bad-input',
          said('{name} finds objects by words: say which.', { name: detector.name }),
        )
      if (request.as === 'outlines' && recipe.task !== 'masks')
        throw new CodedError(
          'bad-input',
          said('{name} gives boxes and no outlines.', { name: detector.name }),
        )
      // A scan that is still running knows more images.
      await project.scanned().catch(() => undefined)
      if (signal.aborted || project.closed) throw new CodedError('cancelled', said('It was cancelled.'))
      const ids = idsOfScope(project, request.scope)
      return (control) => detectAll({ project, detector, recipe, request, ids }, control)
    },
  })
}

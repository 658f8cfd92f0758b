/**
 * Everything mode: proposes the objects of one image from a grid of points; the masks are judged in
 * everything/proposals.ts. Nothing is stored: whoever reviews the proposals commits those that are wanted.
 */
import {
  everythingRequestSchema,
  type EverythingRequest,
  type Proposal,
} from '../../common/contract/everything.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { msg, said } from '../../common/said.ts'
import { inferenceImageOf } from '../inference/image.ts'
import type { Project } from '../project/project.ts'
import { gridPoints } from './everything/grid.ts'
import { createProposals } from './everything/proposals.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

interface Detail {
  readonly imageId: ImageId
  readonly added: Proposal[]
}

export const everythingWork = ({ project, inference, polygonOptions, keepMasks }: WorkParts) => {
  const propose = async (
    current: Project,
    { imageId, pointsPerSide, budgetMs }: EverythingRequest,
    control: WorkControl<Detail>,
  ): Promise<string | null> => {
    /** Each proposal goes out once. */
    const tell = (added: Proposal[]) => {
      if (added.length === 0) return
      control.detail({ imageId, added }, 'now')
      control.detail({ imageId, added: [] })
    }
    const item = await current.facts.refresh(imageId)
    const { problem, width, height } = item
    if (problem !== null || width === null || height === null)
      throw new CodedError('image-unreadable', problem ?? said('The image has no size.'))
    const image = inferenceImageOf(current.folder, item)
    const shapes = current.store.annotations.ofImage(imageId).map(({ shape }) => shape)
    const proposals = createProposals({ width, height }, shapes, polygonOptions(), keepMasks())
    const points = gridPoints(pointsPerSide, { width, height })
    // The first answer may wait for the encoder: the budget is for what comes after it.
    let end = Infinity
    for (const [revision, point] of points.entries()) {
      await control.ready()
      if (performance.now() > end)
        return said('Stopped after {seconds} s: {tried, number} of {points, number} points were tried.', {
          seconds: budgetMs / 1000,
          tried: revision,
          points: points.length,
        })
      if (!proposals.isKnown(point)) {
        const asked = { imageId, revision, prompts: [point], maskInput: null, zoom: false }
        const answer = await inference.segmentLater(
          image,
          { ...asked, crop: null, purpose: 'prompt', quality: 'fast' },
          'everything',
        )
        tell(proposals.take(point, answer))
      }
      if (end === Infinity) end = performance.now() + budgetMs
      control.step(null)
    }
    return null
  }

  return defineWork<EverythingRequest, Detail>({
    name: 'everything',
    title: msg('Find everything'),
    unit: 'point',
    request: everythingRequestSchema,
    canPause: false,
    isListed: false,
    again: 'replace',
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan(request) {
      const current = project()
      if (current.store.images.get(request.imageId) === null)
        throw new CodedError('not-found', said('This image is not in the project.'))
      return (control) => {
        control.begin(request.pointsPerSide ** 2)
        return propose(current, request, control)
      }
    },
  })
}

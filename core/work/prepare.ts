/**
 * Prepare folder: puts the embeddings of all images on disk, after everything that the user waits for. What is on disk
 * already is not made again, so a run that was cut off goes on.
 */
import { bytesText } from '../../common/bytes.ts'
import { prepareRequestSchema } from '../../common/contract/work.ts'
import type { WorkDetail, WorkRequest } from '../../common/work-kinds.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { inferenceImageOf } from '../inference/image.ts'
import type { Project } from '../project/project.ts'
import { endsRun } from './ends-run.ts'
import { idsOfShard } from './scope.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

/** Of an embedding's file: its head and checksum. */
const HEAD_BYTES = 512
/** Of a model that could not be loaded: preparing the first image says why. */
const USUAL_BYTES = 4096 * 256 * 2

type Detail = WorkDetail<'prepare'>

const ready = (images: number) =>
  said(
    '{images, plural, one {# image} other {# images}} ready: the first click on each is answered at once.',
    { images },
  )

export const prepareWork = ({ project, inference, embeddingBytes }: WorkParts) => {
  /** @returns false when the image was left out */
  const prepareImage = async (
    { folder, facts }: Project,
    imageId: ImageId,
    mirrored: boolean,
    control: WorkControl<Detail>,
  ): Promise<boolean> => {
    const image = await facts.refresh(imageId)
    const { path, problem, contentHash } = image
    const leaveOut = (message: string) => {
      control.leaveOut({ image: path, annotationId: null, message })
      control.step(null)
      return false
    }
    if (problem !== null) return leaveOut(problem)
    // The next run knows the file by its hash, without reading it.
    if (contentHash === null) facts.hashLater(imageId)
    const start = performance.now()
    try {
      const made = await inference.prepare(inferenceImageOf(folder, image), mirrored)
      control.step(made ? performance.now() - start : null)
      return true
    } catch (thrown) {
      if (endsRun(thrown)) throw thrown
      return leaveOut(toErrorReply(thrown).message)
    }
  }

  return defineWork<WorkRequest<'prepare'>, Detail>({
    name: 'prepare',
    title: msg('Prepare folder'),
    unit: 'image',
    request: prepareRequestSchema,
    canPause: true,
    isListed: true,
    again: 'join',
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan({ quality, shard }) {
      const current = project()
      const mirrored = quality === 'best'
      return async (control) => {
        await current.scanned().catch(() => undefined)
        const ids = idsOfShard(current, shard)
        const budget = embeddingBytes()
        const each = ((await inference.embeddingBytes()) ?? USUAL_BYTES) + HEAD_BYTES
        const fitting = ids.slice(0, Math.floor(budget / (mirrored ? 2 * each : each)))
        const rest = ids.length - fitting.length
        control.begin(fitting.length)
        control.detail({ withoutRoom: rest })
        if (fitting.length === 0 && ids.length > 0)
          throw new CodedError(
            'not-writable',
            said(
              'Prepared images are kept within a budget on disk, which is 0 now. Raise it in the settings.',
            ),
          )
        let prepared = 0
        for (const imageId of fitting) {
          await control.ready()
          if (await prepareImage(current, imageId, mirrored, control)) prepared++
        }
        return rest > 0
          ? said(
              '{prepared} The budget of {budget} on disk is full: {rest, number} images are not prepared.',
              {
                prepared: ready(prepared),
                budget: bytesText(budget),
                rest,
              },
            )
          : ready(prepared)
      }
    },
  })
}

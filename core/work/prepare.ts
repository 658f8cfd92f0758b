/**
 * Prepare folder: puts the embeddings of all images on disk, after everything that the user waits for. What is on disk
 * already is not made again, so a run that was cut off goes on. From the first that has to be made several hands do it,
 * where there are.
 */
import { bytesText } from '../../common/bytes.ts'
import { prepareRequestSchema } from '../../common/contract/work.ts'
import type { WorkDetail, WorkRequest } from '../../common/work-kinds.ts'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import type { Hand } from '../inference/client/inference.ts'
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

interface Asking {
  readonly mirrored: boolean
  readonly control: WorkControl<Detail>
  readonly hand: Hand
  /** So many do it side by side. */
  readonly hands: number
}

const ready = (images: number) =>
  said(
    '{images, plural, one {# image} other {# images}} ready: the first click on each is answered at once.',
    { images },
  )

export const prepareWork = ({ project, inference, embeddingBytes }: WorkParts) => {
  /** @returns how it went: it had to be made, was there, or was left out */
  const prepareImage = async (
    { folder, facts }: Project,
    imageId: ImageId,
    { mirrored, control, hand, hands }: Asking,
  ): Promise<'made' | 'there' | 'left out'> => {
    const image = await facts.refresh(imageId)
    const { path, problem, contentHash } = image
    const leaveOut = (message: string) => {
      control.leaveOut({ image: path, annotationId: null, message })
      control.step(null)
      return 'left out' as const
    }
    if (problem !== null) return leaveOut(problem)
    // The next run knows the file by its hash, without reading it.
    if (contentHash === null) facts.hashLater(imageId)
    const start = performance.now()
    try {
      const made = await hand.prepare(inferenceImageOf(folder, image), mirrored)
      control.step(made ? (performance.now() - start) / hands : null)
      return made ? 'made' : 'there'
    } catch (thrown) {
      if (endsRun(thrown)) throw thrown
      return leaveOut(toErrorReply(thrown).message)
    }
  }

  /** @returns how many images are ready @throws CodedError what ends a run, when no hand works any more */
  const prepareAll = async (
    current: Project,
    ids: readonly ImageId[],
    mirrored: boolean,
    control: WorkControl<Detail>,
  ): Promise<number> => {
    let [prepared, next] = [0, 0]
    let isEnding = false
    const take = async (hand: Hand, hands: number, onlyFirst = false) => {
      while (next < ids.length && !isEnding) {
        await control.ready()
        const imageId = ids[next++]
        if (imageId === undefined) return
        const outcome = await prepareImage(current, imageId, { mirrored, control, hand, hands })
        if (outcome !== 'left out') prepared++
        if (onlyFirst && outcome === 'made') return
      }
    }
    // Where all is there no process is started.
    await take(inference, 1, true)
    const crew = await inference.hire(ids.length - next)
    try {
      const lanes = crew.hands.map((hand) => take(hand, crew.hands.length).finally(() => (isEnding = true)))
      const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    } finally {
      crew.dismiss()
    }
    return prepared
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
        const prepared = await prepareAll(current, fitting, mirrored, control)
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

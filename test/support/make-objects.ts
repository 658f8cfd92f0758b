/** Objects of made-up outlines on photos of a folder, always the same, stored through the core as a user's would be. */
import { createCore } from '../../core/core.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { diffOf } from '../../common/diff.ts'
import { newLabel } from '../../common/new-label.ts'
import type { CallInput, CallName, CallOutput } from '../../common/contract.ts'
import type { Annotation, ImageId, ImageItem, Ring } from '../../common/model.ts'
import type { InferenceProcess } from '../../core/inference/process.ts'
import { objectByHand } from './objects.ts'
import { createRandom } from './random.ts'

/** Nothing is asked of the model here. */
const silent: InferenceProcess = {
  post: () => undefined,
  onMessage: () => undefined,
  onExit: () => undefined,
  kill: () => undefined,
}

const COLORS = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#d55e00', '#cc79a7'] as const
const AT_ONCE = 500

/** An uneven round outline, as a leaf or a cell has; image pixels. */
export const roundOutline = (
  x: number,
  y: number,
  radius: number,
  vertices: number,
  random: () => number,
): Ring => {
  const lobes = 3 + Math.floor(random() * 5)
  const turn = random() * 2 * Math.PI
  return Array.from({ length: vertices }, (_, at): [number, number] => {
    const angle = (at / vertices) * 2 * Math.PI
    const r = radius * (1 + 0.15 * Math.sin(lobes * angle + turn) + 0.02 * (random() - 0.5))
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)].map(
      (value) => Math.round(value * 100) / 100,
    ) as [number, number]
  })
}

export interface Wanted {
  /** Name of the photo in the folder. */
  readonly photo: string
  readonly count: number
  readonly vertices: number
}

/** One beside the other over the whole image. */
export const objectsOn = (
  imageId: ImageId,
  { width, height }: { width: number; height: number },
  { count, vertices }: Wanted,
) => {
  const random = createRandom(count)
  const columns = Math.ceil(Math.sqrt((count * width) / height))
  const rows = Math.ceil(count / columns)
  const [across, down] = [width / columns, height / rows]
  const radius = Math.min(across, down) * 0.46
  return Array.from({ length: count }, (_, at): Annotation => {
    const [x, y] = [((at % columns) + 0.5) * across, (Math.floor(at / columns) + 0.5) * down]
    const outer = roundOutline(x, y, radius, vertices, random)
    return objectByHand(
      `object-${imageId}-${at}`,
      { type: 'polygon', parts: [{ outer, holes: [] }] },
      { imageId, labelId: `label-${at % COLORS.length}`, createdAt: at, updatedAt: at },
    )
  })
}

/** Stores them in the folder's project file. */
export const makeObjects = async (
  folder: string,
  dataFolder: string,
  size: { width: number; height: number },
  wanted: readonly Wanted[],
): Promise<void> => {
  const core = createCore({
    version: 'bench',
    shell: 'test',
    dataFolder,
    modelFolders: [],
    startInferenceProcess: () => silent,
    startDecoderProcess: forkDecoderProcess,
  })
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const answer = await core.dispatch(name, input)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.output as CallOutput<N>
  }
  try {
    await call('project.open', { folder })
    const { items } = await call('images.list', { offset: 0, limit: 200, filter: { text: '', show: 'all' } })
    const labels = COLORS.map((color, at) =>
      newLabel({ id: `label-${at}`, name: `class ${at + 1}`, color, position: at }),
    )
    await call('edit.commit', { diff: diffOf({ labels: { added: labels } }) })
    for (const one of wanted) {
      const image = items.find(({ path }: ImageItem) => path === one.photo)
      if (!image) throw new Error(`There is no ${one.photo} in ${folder}.`)
      const objects = objectsOn(image.id, size, one)
      for (let at = 0; at < objects.length; at += AT_ONCE)
        await call('edit.commit', {
          diff: diffOf({ annotations: { added: objects.slice(at, at + AT_ONCE) } }),
        })
    }
  } finally {
    await core.close()
  }
}

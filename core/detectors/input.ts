/** What a detector takes: which input is the picture, how large it is, what else it wants. Or why it is none. */
import type { ImageInput } from '../inference/detector.ts'
import type { OnnxModel, OnnxSlot } from '../onnx/read-model.ts'
import type { DetectorMetadata } from './metadata.ts'
import { said } from '../../common/said.ts'

export interface DetectorInput {
  readonly image: ImageInput
  readonly sizes: string | null
  readonly pixelMask: string | null
}

export interface Refusal {
  /** In words for the person. */
  readonly refusal: string
}

/** Of a graph that takes any size and does not tell one: what YOLO, D-FINE and RT-DETR are trained at. */
const USUAL_SIDE = 640
const sides = { least: 32, most: 4096 } as const

/** Mean and deviation of ImageNet's channels, which RF-DETR and DETR are trained with. */
export const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const
const plain = { mean: [0, 0, 0], std: [1, 1, 1] } as const

const kinds: readonly string[] = ['float32', 'float16', 'uint8']
const isPicture = ({ shape, type }: OnnxSlot) => shape.length === 4 && kinds.includes(type)

/** Why a model that takes other things is no detector. */
const strange = (model: OnnxModel): string | null => {
  const names = new Set([...model.inputs, ...model.outputs].map(({ name }) => name.toLowerCase()))
  if (['input_ids', 'txt_feats', 'tokens'].some((name) => names.has(name)))
    return said(
      'It finds objects by words in a way that is not known here. Grounding DINO and OWLv2 as transformers.js has them are.',
    )
  const parts = ['image_embeddings', 'image_embed', 'image_embeddings.0', 'point_coords', 'input_points']
  if (parts.some((name) => names.has(name)))
    return said('It is one half of a model like SAM, not a detector. Such pairs are installed under Models.')
  return null
}

const sideOf = (dim: number | string | undefined, told: number | undefined) =>
  typeof dim === 'number' && dim > 0 ? dim : (told ?? USUAL_SIDE)

export const inputOf = (model: OnnxModel, metadata: DetectorMetadata): DetectorInput | Refusal => {
  const other = strange(model)
  if (other !== null) return { refusal: other }
  if (metadata.task === 'classify')
    return { refusal: said('It tells what a whole picture shows and finds no objects in it.') }
  const pictures = model.inputs.filter(isPicture)
  const [picture] = pictures
  if (picture === undefined || pictures.length > 1)
    return {
      refusal: said('A detector takes one picture [1, 3, height, width]; this takes {inputs}.', {
        inputs: shownSlots(model.inputs),
      }),
    }
  const [batch, channels, high, wide] = picture.shape
  if (wide === 3 && channels !== 3)
    return {
      refusal: said('It takes pictures with the channels last. Export it with channels first (NCHW).'),
    }
  if (typeof channels === 'number' && channels !== 3)
    return {
      refusal: said('It takes pictures of {channels, number} channels, and photos have 3.', { channels }),
    }
  if (typeof batch === 'number' && batch !== 1)
    return {
      refusal: said('It takes {batch, number} pictures at a time. Export it with a batch of 1.', { batch }),
    }
  const height = sideOf(high, metadata.size?.[0])
  const width = sideOf(wide, metadata.size?.[1])
  if ([height, width].some((side) => side < sides.least || side > sides.most))
    return {
      refusal: said('It takes pictures of {width} x {height} pixels, which no detector does.', {
        width,
        height,
      }),
    }
  const others = model.inputs.filter((slot) => slot !== picture)
  const sizes = others.find(({ type, shape }) => type === 'int64' && shape.length === 2)
  const pixelMask = others.find(({ name, type }) => name === 'pixel_mask' && type === 'int64')
  const unknown = others.filter((slot) => slot !== sizes && slot !== pixelMask)
  if (unknown.length > 0)
    return {
      refusal: said('It also takes {unknown}, and it is not known what for.', {
        unknown: shownSlots(unknown),
      }),
    }
  return {
    image: {
      name: picture.name,
      type: picture.type === 'float16' ? 'float16' : picture.type === 'uint8' ? 'uint8' : 'float32',
      width,
      height,
      fit: 'letterbox',
      ...plain,
    },
    sizes: sizes?.name ?? null,
    pixelMask: pixelMask?.name ?? null,
  }
}

/** Names and shapes, as a message shows them; a hostile file may have many long ones. */
export const shownSlots = (slots: readonly Pick<OnnxSlot, 'name' | 'shape'>[]): string => {
  if (slots.length === 0) return 'nothing'
  const shown = slots
    .slice(0, 6)
    .map(({ name, shape }) => `${name.slice(0, 40)} [${shape.slice(0, 6).join(', ').slice(0, 60)}]`)
  return [...shown, ...(slots.length > shown.length ? [`${slots.length - shown.length} more`] : [])].join(
    ', ',
  )
}

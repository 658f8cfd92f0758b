/**
 * Detectors by words, as transformers.js has them: Grounding DINO (a sentence, a logit for each of its tokens) and OWLv2
 * or OWL-ViT (a text for each word, a logit for each text). Words become tokens here; the process only runs the graph.
 */
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import type { DetectorRecipe, ImageInput, TextInput } from '../inference/detector.ts'
import type { OnnxModel, OnnxSlot } from '../onnx/read-model.ts'
import { imageNet } from './input.ts'
import { openTokenizer, readBeside, type WordTokenizer } from './tokenizer.ts'

/** Words of one question; OWLv2 takes time for each. */
const MOST_WORDS = 100
/** Grounding DINO's `max_text_len`. */
const MOST_TOKENS = 256
/** Of CLIP's texts in OWL-ViT and OWLv2. */
const CLIP_LENGTH = 16
/** Grounding DINO's processor: the short side is brought to the one, the long one held to the other. */
const EDGES = { short: 800, long: 1333 } as const
const OWL_SIDE = 960
/** A box of one word over another word's: the better stays. */
const NMS = 0.7

/** CLIP's own, of OWL-ViT's and OWLv2's processors. */
const clip = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
} as const

const triple = z.tuple([z.number(), z.number(), z.number()])
const processorSchema = z.object({
  size: z
    .object({ height: z.int(), width: z.int(), shortest_edge: z.int(), longest_edge: z.int() })
    .partial()
    .optional(),
  image_mean: triple.optional(),
  image_std: triple.optional(),
  do_pad: z.boolean().optional(),
})

/** "Cup. two spoons" -> cup, two spoons. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[.,;\n]/)
      .map((word) => word.trim().replaceAll(/\s+/g, ' '))
      .filter((word) => word !== ''),
  ),
]

export const asksWords = ({ inputs }: OnnxModel): boolean => {
  const names = inputs.map(({ name }) => name)
  return names.includes('pixel_values') && names.includes('input_ids')
}

interface Asked {
  readonly texts: readonly TextInput[]
  /** The columns of the logits that speak of each word. */
  readonly columns: readonly (readonly number[])[]
}

/** [CLS] cup . spoon . [SEP] */
const groundingTexts = (tokenizer: WordTokenizer, words: readonly string[]): Asked => {
  const ids = tokenizer.encode(words.map((word) => `${word}.`).join(' '))
  if (ids.length > MOST_TOKENS)
    throw new CodedError(
      'bad-input',
      said('These are too many words at once: leave some out, or run it twice.'),
    )
  const stop = tokenizer.idOf('.')
  const columns: number[][] = [[]]
  // The first and the last are special.
  for (const [at, id] of ids.entries())
    if (at > 0 && at < ids.length - 1) {
      if (id === stop) columns.push([])
      else columns.at(-1)!.push(at)
    }
  const dims = [1, ids.length]
  return {
    columns: columns.slice(0, words.length),
    texts: [
      { name: 'input_ids', data: ids, dims },
      { name: 'token_type_ids', data: ids.map(() => 0), dims },
      { name: 'attention_mask', data: ids.map(() => 1), dims },
    ],
  }
}

/** A text a word, padded to 16 tokens. The wording is that of OWL-ViT's own examples. */
const owlTexts = (tokenizer: WordTokenizer, words: readonly string[]): Asked => {
  const rows = words.map((word) => {
    const ids = tokenizer.encode(`a photo of a ${word}`)
    return ids.length <= CLIP_LENGTH ? ids : [...ids.slice(0, CLIP_LENGTH - 1), ids.at(-1)!]
  })
  const filled = (valueOf: (id: number | undefined) => number) =>
    rows.flatMap((ids) => Array.from({ length: CLIP_LENGTH }, (_, at) => valueOf(ids[at])))
  const dims = [words.length, CLIP_LENGTH]
  return {
    columns: words.map((_, index) => [index]),
    texts: [
      { name: 'input_ids', data: filled((id) => id ?? 0), dims },
      { name: 'attention_mask', data: filled((id) => (id === undefined ? 0 : 1)), dims },
    ],
  }
}

const sideIn = (slot: OnnxSlot, axis: number): number | null => {
  const side = slot.shape[axis]
  return typeof side === 'number' && side > 3 && side <= 4096 ? side : null
}

/**
 * @param text the words, a full stop or a comma between them; none yet: what it is, without classes
 * @throws CodedError bad-input when its tokenizer is missing or it wants what is not known
 */
export const wordRecipe = async (model: string, read: OnnxModel, text: string): Promise<DetectorRecipe> => {
  const find = (name: string) => read.inputs.find((slot) => slot.name === name)
  const picture = find('pixel_values')!
  const isGrounding = find('token_type_ids') !== undefined
  const known = ['pixel_values', 'input_ids', 'attention_mask', 'token_type_ids', 'pixel_mask']
  const strange = read.inputs.find(({ name }) => !known.includes(name))
  const gives = (name: string) => read.outputs.some((slot) => slot.name === name)
  if (strange !== undefined || !gives('logits') || !gives('pred_boxes'))
    throw new CodedError(
      'bad-input',
      strange === undefined
        ? said(
            'It finds objects by words in a way that is not known here. Grounding DINO and OWLv2 as transformers.js has them are.',
          )
        : said(
            'It finds objects by words in a way that is not known here (it takes {name}). Grounding DINO and OWLv2 as transformers.js has them are.',
            { name: strange.name.slice(0, 40) },
          ),
    )
  const words = wordsOf(text)
  if (words.length > MOST_WORDS)
    throw new CodedError(
      'bad-input',
      said('At most {mostWords, number} words are asked at once, not {words, number}.', {
        mostWords: MOST_WORDS,
        words: words.length,
      }),
    )
  const tokenizer = await openTokenizer(model)
  const asked = isGrounding ? groundingTexts(tokenizer, words) : owlTexts(tokenizer, words)
  const processor = processorSchema.safeParse(await readBeside(model, 'preprocessor_config.json')).data
  const usual = isGrounding ? imageNet : clip
  const { size } = processor ?? {}
  const hold = (side: number) => Math.min(4096, Math.max(32, side))
  const open = { height: sideIn(picture, 2), width: sideIn(picture, 3) }
  const isOpen = open.height === null && open.width === null
  const pixels = {
    name: picture.name,
    type: picture.type === 'float16' ? 'float16' : 'float32',
    mean: processor?.image_mean ?? usual.mean,
    std: processor?.image_std ?? usual.std,
  } as const
  const image: ImageInput = isGrounding
    ? {
        ...pixels,
        height: hold(open.height ?? size?.shortest_edge ?? EDGES.short),
        width: hold(open.width ?? size?.longest_edge ?? EDGES.long),
        // A graph of one size takes the picture stretched.
        fit: isOpen ? 'edges' : 'stretch',
      }
    : {
        ...pixels,
        height: hold(open.height ?? size?.height ?? OWL_SIDE),
        width: hold(open.width ?? size?.width ?? OWL_SIDE),
        // OWLv2 pads to a square, OWL-ViT (768) stretches.
        fit:
          (processor?.do_pad ?? (open.height ?? size?.height ?? OWL_SIDE) === OWL_SIDE)
            ? 'corner'
            : 'stretch',
      }
  return {
    id: isGrounding ? 'grounding-dino' : 'owl',
    title: isGrounding ? 'Grounding DINO, by words' : 'OWLv2 or OWL-ViT, by words',
    task: 'boxes',
    image,
    sizes: null,
    pixelMask: find('pixel_mask') === undefined ? null : 'pixel_mask',
    texts: asked.texts.filter(({ name }) => find(name) !== undefined),
    decoding: { kind: 'words', logits: 'logits', boxes: 'pred_boxes', columns: asked.columns, nms: NMS },
    classes: words,
    namesFrom: 'your words',
  }
}

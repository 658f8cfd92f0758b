/**
 * Tiny detectors by words: they find what is red and what is blue, when the word is among the texts that they are asked
 * with. Their tensors and tokenizers are made as transformers.js has those of Grounding DINO (BERT's WordPiece) and of
 * OWLv2 (CLIP's BPE).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { float, int64, TinyGraph } from './tiny-graph.ts'

export type TinyWordsKind = 'grounding-dino' | 'owl'

const wordPiece = {
  version: '1.0',
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({
    ...{ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
  })),
  normalizer: {
    ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    strip_accents: null,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    ...{
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
    vocab: { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, '.': 4, red: 5, blue: 6, '##dish': 7, sky: 8 },
  },
}

const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
const clipWords = ['<|startoftext|>', '<|endoftext|>', ...letters, ...letters.map((one) => `${one}</w>`)]
const merges = [
  ['r', 'e'],
  ['re', 'd</w>'],
  ['b', 'l'],
  ['bl', 'u'],
  ['blu', 'e</w>'],
] as const
const clipVocab = Object.fromEntries(
  [...clipWords, ...merges.map((pair) => pair.join(''))].map((word, id) => [word, id]),
)
const clip = {
  version: '1.0',
  added_tokens: ['<|startoftext|>', '<|endoftext|>'].map((content, id) => ({
    ...{ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: true },
  })),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFC' },
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Lowercase' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      {
        ...{ type: 'Split', behavior: 'Removed', invert: true },
        pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
      },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    ],
  },
  post_processor: {
    ...{ type: 'RobertaProcessing', trim_offsets: false, add_prefix_space: false },
    sep: ['<|endoftext|>', 1],
    cls: ['<|startoftext|>', 0],
  },
  decoder: null,
  model: {
    ...{ type: 'BPE', dropout: null, unk_token: '<|endoftext|>', continuing_subword_prefix: '' },
    ...{ end_of_word_suffix: '</w>', fuse_unk: false, vocab: clipVocab },
    merges: merges.map((pair) => pair.join(' ')),
  },
}

/** The logit of a score. */
const logit = (score: number) => Math.log(score / (1 - score))
const NOTHING = -9
const OWL_SIDE = 96

const graphOf = (kind: TinyWordsKind): Buffer => {
  const g = new TinyGraph()
  const isOwl = kind === 'owl'
  const sides = isOwl ? [OWL_SIDE, OWL_SIDE] : ['height', 'width']
  const given = g.input('pixel_values', float, [isOwl ? 1 : 'batch', 3, ...sides])
  const ids = g.input('input_ids', int64, isOwl ? ['words', 16] : ['batch', 'length'])
  g.input('attention_mask', int64, isOwl ? ['words', 16] : ['batch', 'length'])
  if (!isOwl) {
    g.input('token_type_ids', int64, ['batch', 'length'])
    g.input('pixel_mask', int64, ['batch', 'height', 'width'])
  }
  const { mean, std } = isOwl
    ? { mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711] }
    : { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
  const picture = g.node('Add', [
    g.node('Mul', [given, g.floats(std, [1, 3, 1, 1])]),
    g.floats(mean, [1, 3, 1, 1]),
  ])
  const channel = (at: number) => g.node('Slice', [picture, g.whole(at), g.whole(at + 1), g.whole(1)])
  const difference = g.node('Sub', [channel(0), channel(2)])
  const size = g.node('Cast', [g.node('Gather', [g.node('Shape', [picture]), g.whole(3, 2, 3, 2)])], {
    to: float,
  })
  const found = [difference, g.node('Neg', [difference])].map((one, index) => {
    const mask = g.node('Cast', [g.node('Greater', [one, g.floats([0.5])])], { to: float })
    const along = g.node('ReduceMax', [mask], { axes: [1, 2], keepdims: 0 })
    const down = g.node('ReduceMax', [mask], { axes: [1, 3], keepdims: 0 })
    const place = (line: string, last: 0 | 1) => {
      const at = g.node('ArgMax', [line], { axis: 1, keepdims: 1, select_last_index: last })
      return g.node('Add', [g.node('Cast', [at], { to: float }), g.floats([last])])
    }
    const corners = g.concat(1, place(along, 0), place(down, 0), place(along, 1), place(down, 1))
    const half = g.floats([0.5, 0, -1, 0, 0, 0.5, 0, -1, 0.5, 0, 1, 0, 0, 0.5, 0, 1], [4, 4])
    const box = g.node('Div', [g.node('MatMul', [corners, half]), size])
    const there = g.node('Reshape', [
      g.node('ReduceMax', [mask], { axes: [1, 2, 3], keepdims: 0 }),
      g.whole(1, 1),
    ])
    const own = isOwl ? clipVocab[index === 0 ? 'red</w>' : 'blue</w>']! : 5 + index
    const isAsked = g.node('Cast', [g.node('Equal', [ids, g.whole(own)])], { to: float })
    // A number for each text, or for each token.
    const asked = isOwl
      ? g.node('Reshape', [g.node('ReduceMax', [isAsked], { axes: [1], keepdims: 0 }), g.whole(1, -1)])
      : isAsked
    const sure = g.node('Mul', [
      g.node('Mul', [asked, there]),
      g.floats([logit(0.9 - 0.1 * index) - NOTHING]),
    ])
    const row = g.node('Add', [sure, g.floats([NOTHING])])
    return { box: g.node('Unsqueeze', [box, g.whole(1)]), row: g.node('Unsqueeze', [row, g.whole(1)]) }
  })
  g.output('logits', g.concat(1, ...found.map(({ row }) => row)), [1, 2, isOwl ? 'words' : 'length'])
  g.output('pred_boxes', g.concat(1, ...found.map(({ box }) => box)), [1, 2, 4])
  return g.bytes()
}

/**
 * Writes `onnx/model.onnx` with the files of the tokenizer above it.
 * @returns the graph's path
 */
export const writeTinyWords = (folder: string, kind: TinyWordsKind): string => {
  const model = join(folder, 'onnx', 'model.onnx')
  mkdirSync(dirname(model), { recursive: true })
  writeFileSync(model, graphOf(kind))
  const json = (name: string, value: object) => writeFileSync(join(folder, name), JSON.stringify(value))
  json('tokenizer.json', kind === 'owl' ? clip : wordPiece)
  json('tokenizer_config.json', { tokenizer_class: kind === 'owl' ? 'CLIPTokenizer' : 'BertTokenizer' })
  json(
    'preprocessor_config.json',
    kind === 'owl'
      ? { size: { height: OWL_SIDE, width: OWL_SIDE }, do_pad: true }
      : { size: { shortest_edge: 96, longest_edge: 160 } },
  )
  return model
}

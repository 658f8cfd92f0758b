/** The tokenizer that lies beside a detector by words, in the files of Hugging Face. Nothing is fetched. */
import { dirname, join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { CodedError, hasCode } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { parseJson } from '../files/json.ts'
import { readSmallText } from '../files/small-file.ts'

export interface WordTokenizer {
  /** With the special tokens around it. */
  encode(text: string): number[]
  /** @returns null where there is no such token */
  idOf(token: string): number | null
}

/** Bytes; BERT's has .7 MB, CLIP's 3.6. */
const FILE_LIMIT = 2e7
/** Characters of a pattern; CLIP's has 90. */
const PATTERN_LIMIT = 400

const jsonObject = z.record(z.string(), z.unknown())

/** All that the file has regular expressions for. */
const patternsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(patternsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Regex' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  )
}

/** A pattern that repeats a group, or looks back, may take for ever on a short text; no tokenizer of these needs one. */
const isPlain = (pattern: string) => pattern.length <= PATTERN_LIMIT && !/\)[*+{?]|\\[1-9k]/.test(pattern)

/**
 * Files beside a model or, as transformers.js has it, above its folder `onnx`.
 * @returns null when there is none
 * @throws CodedError when it can't be read
 */
export const readBeside = async (model: string, name: string): Promise<unknown> => {
  for (const folder of [dirname(model), dirname(dirname(model))]) {
    const file = join(folder, name)
    try {
      return parseJson(await readSmallText(file, { limit: FILE_LIMIT }), file)
    } catch (thrown) {
      if (!hasCode(thrown, 'not-found')) throw thrown
    }
  }
  return null
}

/** @throws CodedError bad-input, in words, when there is none or it can't be used */
export const openTokenizer = async (model: string): Promise<WordTokenizer> => {
  const read = await readBeside(model, 'tokenizer.json')
  if (read === null)
    throw new CodedError(
      'bad-input',
      said(
        'It finds objects by words, and the files of its tokenizer are missing: put tokenizer.json and tokenizer_config.json beside {model}, or above its folder.',
        { model },
      ),
    )
  const config = jsonObject.safeParse((await readBeside(model, 'tokenizer_config.json')) ?? {})
  const tokenizer = jsonObject.safeParse(read)
  const refuse = (why: string, cause?: unknown) =>
    new CodedError('bad-input', said("The tokenizer.json of {model} can't be used: {why}.", { model, why }), {
      cause,
    })
  if (!tokenizer.success || !config.success) throw refuse(said('it is no tokenizer'))
  // The vocabulary has no patterns, and is long.
  const { model: vocabulary, ...rules } = tokenizer.data
  if (vocabulary === undefined) throw refuse(said('it has no vocabulary'))
  if (!patternsIn(rules).every(isPlain)) throw refuse(said('it has a pattern that may take for ever'))
  try {
    const made = new Tokenizer(tokenizer.data, config.data)
    return {
      encode: (text) => made.encode(text).ids,
      idOf: (token) => made.token_to_id(token) ?? null,
    }
  } catch (thrown) {
    throw refuse(said('its library does not understand it'), thrown)
  }
}

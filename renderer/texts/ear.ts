/** Translates what the core says: sentences by their keys, and those that stand in them as values. Pure. */
import { msg, type TextValues } from '../../common/said.ts'
import { createRecogniser, type Recognised } from './recognise.ts'
import { sizeIn, type ByteUnit, type NumberOf } from './sizes.ts'

/** Sentences that are remembered, because lists draw the same ones again and again. */
const MOST_REMEMBERED = 2000

/** A sentence that is made of others has them within others at most this deep. */
const DEEPEST = 4

const EITHER = msg('{first} or {second}')

/** Between two sentences. */
const sentenceEnd = /(?<=[.!?]["”)]?) (?=\S)/

/** Chinese and Japanese have no blank after their full stop. */
const join = (sentences: readonly string[]): string =>
  sentences.reduce((all, next) => `${all}${/[。！？]$/.test(all) ? '' : ' '}${next}`)

const isList = (value: string | number) => typeof value === 'string' && value.includes(', ')

const holdsSeveral = ({ values }: Recognised): boolean =>
  Object.values(values).some((value) => typeof value === 'string' && sentenceEnd.test(value))

/** '44.7 MB', '97%': numbers that the core has written already. */
const writtenSize = /^(\d+(?:\.(\d+))?) (bytes|kB|MB|GB|TB)$/
const writtenShare = /^(\d+(?:\.(\d+))?) ?%$/

/**
 * @param keys of all sentences that can be told apart
 * @param text the text of a key in the language
 * @param number how the language writes numbers
 */
export const createEar = (
  keys: readonly string[],
  text: (key: string, values?: TextValues) => string,
  number: NumberOf,
): ((said: string) => string) => {
  if (keys.length === 0) return (said) => said
  const remembered = new Map<string, string>()
  // Made when the first sentence is heard: a window that has nothing to report needs none.
  let recognise: ReturnType<typeof createRecogniser> | null = null
  const find = (said: string) => (recognise ??= createRecogniser(keys))(said)

  /** A value may be a sentence itself, as a reason is. */
  const tell = ({ key, values }: Recognised, depth: number): string => {
    const entries = Object.entries(values)
    if (entries.length === 0) return text(key)
    const heard = entries.map(([name, value]): [string, string | number] => {
      if (typeof value === 'number') return [name, value]
      // What long work is called: a text of the window.
      return [name, name === 'title' ? text(value) : hear(value, depth + 1)]
    })
    return text(key, Object.fromEntries(heard))
  }

  const written = (value: string): string | null => {
    const [, size, decimals = '', unit] = writtenSize.exec(value) ?? []
    if (unit !== undefined) return sizeIn(number, Number(size), unit as ByteUnit, decimals.length)
    const [, share, digits = ''] = writtenShare.exec(value) ?? []
    if (share === undefined) return null
    return number({ style: 'percent', minimumFractionDigits: digits.length }).format(Number(share) / 100)
  }

  /** Sentence by sentence, as many together as are one key's. */
  const several = (
    said: string,
    depth: number,
  ): { readonly text: string; readonly known: 'all' | 'some' } | null => {
    const sentences = said.split(sentenceEnd)
    if (sentences.length === 1) return null
    const translated: string[] = []
    let unknown = 0
    for (let from = 0; from < sentences.length;) {
      let to = from === 0 ? sentences.length - 1 : sentences.length
      let found: Recognised | null = null
      for (; to > from; to--) {
        found = find(sentences.slice(from, to).join(' '))
        if (found !== null && (to === from + 1 || !holdsSeveral(found))) break
        found = null
      }
      if (found === null) unknown++
      translated.push(found === null ? sentences[from]! : tell(found, depth))
      from = found === null ? from + 1 : to
    }
    if (unknown === translated.length) return null
    return { text: join(translated), known: unknown === 0 ? 'all' : 'some' }
  }

  /** 'attributes of 3 objects, tags of one image'. */
  const inList = (said: string, depth: number): string | null => {
    const items = said.split(', ').map(find)
    return items.length > 1 && items.every((item) => item !== null)
      ? items.map((item) => tell(item, depth)).join(', ')
      : null
  }

  /** 'a text or a number': kinds of values, and values as they are written. */
  const inEither = (said: string): string | null => {
    const items = said.split(' or ')
    if (items.length < 2 || !items.every((item) => find(item) !== null || /^["\d]/.test(item))) return null
    return items
      .map((item) => (find(item) === null ? item : text(item)))
      .reduce((first, second) => text(EITHER, { first, second }))
  }

  /** 'labels/a.txt, line 3: <sentence>'. */
  const afterPlace = (said: string, depth: number): string | null => {
    const at = said.indexOf(': ')
    const found = at === -1 ? null : find(said.slice(at + 2))
    return found === null ? null : `${hear(said.slice(0, at), depth + 1)}: ${tell(found, depth)}`
  }

  const hear = (said: string, depth: number): string => {
    if (depth > DEEPEST) return said
    const number = written(said)
    if (number !== null) return number
    const found = find(said)
    const list = found === null || Object.values(found.values).some(isList) ? inList(said, depth) : null
    if (list !== null) return list
    if (found !== null && !holdsSeveral(found)) return tell(found, depth)
    // 'There is no file a.jpg. The file is damaged.' is two sentences, and no file of a long name.
    const parts = several(said, depth)
    if (parts?.known === 'all') return parts.text
    if (found !== null) return tell(found, depth)
    return parts?.text ?? afterPlace(said, depth) ?? inEither(said) ?? said
  }

  return (said) => {
    const known = remembered.get(said)
    if (known !== undefined) return known
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    const heard = hear(said, 0)
    remembered.set(said, heard)
    return heard
  }
}

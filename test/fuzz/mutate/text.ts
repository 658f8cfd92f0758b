/** Texts of lines and numbers with some of them changed: label files, names of classes, YAML. */
import type { Random } from '../random.ts'
import { mutateBytes } from './bytes.ts'
import { oddNumberTexts, oddText } from './odd.ts'

type Change = (text: string, random: Random) => string

/** Changes one of the lines. */
const ofLine =
  (change: (line: string, random: Random) => string): Change =>
  (text, random) => {
    const lines = text.split('\n')
    const at = random.below(lines.length)
    lines[at] = change(lines[at]!, random)
    return lines.join('\n')
  }

const changes: Readonly<Record<string, Change>> = {
  number(text, random) {
    const found = [...text.matchAll(/-?\d+(\.\d+)?/g)]
    if (found.length === 0) return text
    const { index, 0: old } = random.pick(found)
    return text.slice(0, index) + random.pick(oddNumberTexts) + text.slice(index + old.length)
  },
  word: ofLine((line, random) => {
    const words = line.split(' ')
    words[random.below(words.length)] = oddText(random)
    return words.join(' ')
  }),
  put: (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + oddText(random) + text.slice(at)
  },
  repeatLine: ofLine((line, random) =>
    Array<string>(random.pick([2, 50, 5000]))
      .fill(line.slice(0, 200))
      .join('\n'),
  ),
  longLine: ofLine((line, random) => `${line.slice(0, 50)} `.repeat(random.pick([10, 1000, 20_000]))),
  dropLine: ofLine(() => ''),
  shortLine: ofLine((line, random) => line.slice(0, random.below(line.length + 1))),
  cut: (text, random) => text.slice(0, random.below(text.length + 1)),
  nest: (text, random) => {
    const depth = random.pick([10, 1000, 50_000])
    return random.pick(['[', '{"a":', '- ', '{a: ']).repeat(depth).concat(text)
  },
}

const names = Object.keys(changes)

/** One in ten is written in another encoding. */
const encode = (text: string, random: Random): Buffer => {
  const plain = Buffer.from(text, 'utf8')
  if (!random.chance(0.1)) return plain
  return random.pick([
    () => Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), plain]),
    () => Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]),
    () => Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16()]),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(text.replaceAll('\n', '\r'), 'utf8'),
  ])()
}

/** A text with one to four changes; some of its bytes may be changed as well. */
export const mutateText = (seed: string, random: Random): { bytes: Buffer; about: string } => {
  let text = seed
  const done: string[] = []
  for (let count = 1 + random.below(4); count > 0 && text.length < 2e6; count -= 1) {
    const name = random.pick(names)
    text = changes[name]!(text, random)
    done.push(name)
  }
  const bytes = encode(text, random)
  if (!random.chance(0.15) || bytes.length === 0) return { bytes, about: done.join(', ') }
  const damaged = mutateBytes(bytes, random)
  return { bytes: damaged.bytes, about: `${done.join(', ')}, ${damaged.about}` }
}

/** Knows sentences again that were made of keys: 'Move 3 objects' -> 'Move {what}' and its values. Pure. */
import { partsOf, type KeyPart, type TextValues } from '../../common/said.ts'

export interface Recognised {
  readonly key: string
  readonly values: TextValues
}

/** One way in which a key can read: with its choices made. */
interface Form {
  readonly key: string
  readonly pattern: RegExp
  /** Numbers that no digits tell: those of choices for one. */
  readonly fixed: TextValues
  readonly numbers: ReadonlySet<string>
  /** The longest piece of text that stands in each of its sentences. */
  readonly anchor: string
  /** Letters that are the key's own. */
  readonly weight: number
}

interface Piece {
  readonly parts: readonly (string | { readonly name: string; readonly isNumber: boolean })[]
  readonly fixed: TextValues
  /** Those that choose. */
  readonly numbers: readonly string[]
}

const start: Piece = { parts: [], fixed: {}, numbers: [] }

const chosen = (name: string, parts: readonly KeyPart[], isOne: boolean, to: Piece): Piece => ({
  parts: [
    ...to.parts,
    ...parts.map((part) => {
      if (typeof part === 'string') return part
      return isOne ? '1' : { name, isNumber: true }
    }),
  ],
  fixed: isOne ? { ...to.fixed, [name]: 1 } : to.fixed,
  numbers: [...to.numbers, name],
})

const placeOf = ({ name, isCount = false }: { readonly name: string; readonly isCount?: boolean }) => ({
  name,
  isNumber: isCount,
})

/** All ways in which the choices of a key can be made; one number that chooses twice chooses the same. */
const formsOf = (parts: readonly KeyPart[]): readonly Piece[] => {
  let forms: readonly Piece[] = [start]
  for (const part of parts)
    forms = forms.flatMap((form) => {
      if (typeof part === 'string') return [{ ...form, parts: [...form.parts, part] }]
      if (!('one' in part)) return [{ ...form, parts: [...form.parts, placeOf(part)] }]
      const isKnown = form.numbers.includes(part.name)
      const isOne = Object.hasOwn(form.fixed, part.name)
      return [
        ...(isKnown && !isOne ? [] : [chosen(part.name, part.one, true, form)]),
        ...(isKnown && isOne ? [] : [chosen(part.name, part.other, false, form)]),
      ]
    })
  return forms
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const formOf = (key: string, { parts, fixed, numbers }: Piece): Form => {
  const seen = new Set<string>()
  const counts = new Set(numbers)
  const source = parts.map((part) => {
    if (typeof part === 'string') return escaped(part)
    if (seen.has(part.name)) return String.raw`\k<${part.name}>`
    seen.add(part.name)
    if (part.isNumber) counts.add(part.name)
    return part.isNumber ? String.raw`(?<${part.name}>\d[\d.,]*)` : `(?<${part.name}>.+?)`
  })
  const texts = parts.filter((part) => typeof part === 'string')
  return {
    key,
    pattern: new RegExp(`^${source.join('')}$`, 's'),
    fixed,
    numbers: counts,
    anchor: texts.reduce((longest, text) => (text.length > longest.length ? text : longest), ''),
    weight: texts.join('').length,
  }
}

const numberOf = (digits: string) => Number(digits.replaceAll(',', ''))

/** Longer than any sentence of the core: such a text is not looked at. */
const LONGEST = 4000

/**
 * What knows the sentences of these keys again. Where two keys fit, it is the one with more text of its own: 'The file
 * {file} is gone.' before '{what} is gone.'.
 */
export const createRecogniser = (keys: readonly string[]): ((text: string) => Recognised | null) => {
  const plain = new Set<string>()
  const forms: Form[] = []
  for (const key of keys) {
    const parts = partsOf(key)
    if (parts.every((part) => typeof part === 'string')) plain.add(key)
    else forms.push(...formsOf(parts).map((piece) => formOf(key, piece)))
  }
  forms.sort((a, b) => b.weight - a.weight)
  return (text) => {
    if (plain.has(text)) return { key: text, values: {} }
    if (text.length > LONGEST) return null
    for (const { key, pattern, fixed, numbers, anchor } of forms) {
      const match = text.includes(anchor) ? pattern.exec(text) : null
      if (match === null) continue
      const found = Object.entries(match.groups ?? {}).map(
        ([name, value]) => [name, numbers.has(name) ? numberOf(value) : value] as const,
      )
      return { key, values: { ...fixed, ...Object.fromEntries(found) } }
    }
    return null
  }
}

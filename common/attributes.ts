/**
 * What objects are told besides their class: values as they are written and read, what several objects have in common, and
 * which definitions values ask for. Pure.
 */
import type { AttributeCondition } from './image-query.ts'
import { limits } from './limits.ts'
import type { Annotation, Attribute, Label } from './model.ts'
import { fitsPattern, foldText } from './pattern.ts'

export type AttributeValue = Annotation['attributes'][string]

/** As people read and write it. */
export const valueText = (value: AttributeValue): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)

/** All of an object, in the order of its class: 'red, occluded'. What is yes is told by its name, what is no not at all. */
export const attributesText = (
  { attributes }: Pick<Annotation, 'attributes'>,
  label: Pick<Label, 'attributes'> | null,
): string => {
  const order = label?.attributes.map(({ name }) => name) ?? []
  const names = [
    ...order.filter((name) => Object.hasOwn(attributes, name)),
    ...Object.keys(attributes).filter((name) => !order.includes(name)),
  ]
  return names
    .flatMap((name) => {
      const value = attributes[name]
      if (value === false || value === '' || value === undefined) return []
      if (value === true) return [name]
      return [typeof value === 'number' ? `${name} ${value}` : value]
    })
    .join(', ')
}

/** What is common to objects: a value, nothing at all (null), or not the same. */
export type Common<T> = { readonly value: T | null } | 'mixed'

export const commonOf = <T>(values: readonly (T | null | undefined)[]): Common<T> => {
  const [first = null, ...others] = values.map((value) => value ?? null)
  return others.every((value) => value === first) ? { value: first } : 'mixed'
}

/** The attributes with one of them set, or taken off by null. */
export const withAttribute = (
  attributes: Annotation['attributes'],
  name: string,
  value: AttributeValue | null,
): Annotation['attributes'] => {
  const others = Object.fromEntries(Object.entries(attributes).filter(([other]) => other !== name))
  return value === null ? others : { ...others, [name]: value }
}

/** What was typed into the field of an attribute, as its value; null for nothing, undefined when it is none. */
export const readValue = (type: Attribute['type'], typed: string): AttributeValue | null | undefined => {
  const clean = typed.trim()
  if (clean === '') return null
  if (type === 'number') {
    const number = Number(clean.replace(',', '.'))
    return Number.isFinite(number) ? number : undefined
  }
  if (type === 'yes-no')
    return /^(yes|true|1)$/i.test(clean) ? true : /^(no|false|0)$/i.test(clean) ? false : undefined
  return clean.slice(0, limits.attributeText)
}

const compares: Readonly<Record<'<' | '<=' | '>' | '>=', (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Is the condition of a filter true of an object with these attributes? Names and texts without regard to case. */
export const hasAttribute = (
  attributes: Annotation['attributes'],
  { name, is }: Pick<AttributeCondition, 'name' | 'is'>,
): boolean =>
  Object.entries(attributes).some(([own, value]) => {
    if (foldText(own) !== foldText(name)) return false
    if (is === null) return true
    if (is.comparison !== '=')
      return typeof value === 'number' && compares[is.comparison](value, Number(is.value.replace(',', '.')))
    if (typeof value === 'number') return value === Number(is.value.replace(',', '.'))
    if (typeof value === 'boolean') return readValue('yes-no', is.value) === value
    return fitsPattern(is.value)(value)
  })

/** More different texts than these are no choice between a few. */
const MOST_CHOICES = 20

/** Of values that came without a definition, as from a file: what they seem to be. */
const definitionOf = (name: string, values: ReadonlySet<AttributeValue>): Attribute => {
  const all = [...values]
  if (all.every((value) => typeof value === 'boolean')) return { name, type: 'yes-no', choices: [] }
  if (all.every((value) => typeof value === 'number')) return { name, type: 'number', choices: [] }
  const texts = all.map(valueText)
  const isChoice =
    texts.length <= MOST_CHOICES &&
    texts.every((text) => text.trim() === text && text !== '' && text.length <= 40)
  return isChoice
    ? { name, type: 'choice', choices: texts.sort((a, b) => a.localeCompare(b)) }
    : { name, type: 'text', choices: [] }
}

/** Values that came, by the names of attributes; no more of each than tell what it is. */
export type SeenValues = Map<string, Set<AttributeValue>>

export const noValues = (): SeenValues => new Map()

export const seeValues = (seen: SeenValues, attributes: Annotation['attributes']): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const values = seen.get(name) ?? new Set()
    if (values.size <= MOST_CHOICES) values.add(value)
    seen.set(name, values)
  }
}

/** The attributes of a class, and behind them those that values ask for; the same array when there is none. */
export const definedBy = (attributes: Label['attributes'], seen: SeenValues): Label['attributes'] => {
  const known = new Set(attributes.map(({ name }) => name))
  const fresh = [...seen].flatMap(([name, values]) => (known.has(name) ? [] : [definitionOf(name, values)]))
  return fresh.length === 0 ? attributes : [...attributes, ...fresh].slice(0, limits.attributes)
}

/** What is shown of the attributes of selected objects: a row an attribute, with what they have in common. Pure. */
import { commonOf, valueText, type AttributeValue, type Common } from '../../../common/attributes.ts'
import type { Annotation, AnnotationId, Attribute, Label, LabelId } from '../../../common/model.ts'
import { t } from '../../texts/t.ts'

export interface AttributeRowData {
  readonly name: string
  readonly type: Attribute['type']
  readonly choices: readonly string[]
  /** Its class does not define it: it came with a file, or the class has lost it since. */
  readonly isForeign: boolean
  /** Those of the objects that it is about. */
  readonly ids: readonly AnnotationId[]
  readonly common: Common<AttributeValue>
}

const typeOf = (value: AttributeValue): Attribute['type'] => {
  if (typeof value === 'boolean') return 'yes-no'
  return typeof value === 'number' ? 'number' : 'text'
}

/** First those that the classes define, in their order, then others that the objects have. */
export const attributeRows = (
  objects: readonly Annotation[],
  labelOf: (id: LabelId) => Pick<Label, 'attributes'> | null,
): AttributeRowData[] => {
  const definitions = new Map<string, Attribute>()
  const definedFor = new Map<string, Set<LabelId>>()
  for (const labelId of new Set(objects.map((object) => object.labelId)))
    for (const attribute of labelOf(labelId)?.attributes ?? []) {
      const known = definitions.get(attribute.name)
      definitions.set(attribute.name, known ?? attribute)
      // Classes that mean different things by one name: the first says what is shown.
      if (known && known.type !== attribute.type) continue
      definedFor.set(attribute.name, (definedFor.get(attribute.name) ?? new Set()).add(labelId))
    }
  const rowOf = (name: string, definition: Attribute | undefined): AttributeRowData => {
    const about = objects.filter(
      ({ labelId, attributes }) =>
        definedFor.get(name)?.has(labelId) === true || Object.hasOwn(attributes, name),
    )
    const values = about.map(({ attributes }) => attributes[name])
    const first = values.find((value) => value !== undefined)
    return {
      name,
      type: definition?.type ?? (first === undefined ? 'text' : typeOf(first)),
      choices: definition?.choices ?? [],
      isForeign: definition === undefined,
      ids: about.map(({ id }) => id),
      common: commonOf(values),
    }
  }
  const foreign = new Set(objects.flatMap(({ attributes }) => Object.keys(attributes)))
  for (const name of definitions.keys()) foreign.delete(name)
  return [
    ...[...definitions].map(([name, definition]) => rowOf(name, definition)),
    ...[...foreign].map((name) => rowOf(name, undefined)),
  ]
}

interface Option {
  readonly text: string
  readonly value: AttributeValue
}

/** What a row offers to be picked, by digits too; null where something is typed. A value beyond the choices comes last. */
export const optionsOf = ({ type, choices, common }: AttributeRowData): readonly Option[] | null => {
  if (type === 'yes-no')
    return [
      { text: t('yes'), value: true },
      { text: t('no'), value: false },
    ]
  if (type !== 'choice') return null
  const value = common === 'mixed' ? null : common.value
  const isKnown = value === null || choices.includes(valueText(value))
  return [
    ...choices.map((text) => ({ text, value: text })),
    ...(isKnown ? [] : [{ text: valueText(value), value }]),
  ]
}

/** The option that a key picks: 1 to 9 by its place, and y and n. */
export const optionOfKey = (options: readonly Option[], key: string): Option | null => {
  if (/^[1-9]$/.test(key)) return options[Number(key) - 1] ?? null
  const word = { y: true, n: false }[key.toLowerCase()]
  return word === undefined ? null : (options.find(({ value }) => value === word) ?? null)
}

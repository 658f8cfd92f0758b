/** Which class here each class there is: by name, whatever its colour and place. Owns what of two classes of one name is kept. Pure but for new ids. */
import { randomUUID } from 'node:crypto'
import type { MergeReport } from '../../common/contract/merge.ts'
import { CodedError } from '../../common/errors.ts'
import { maxOf } from '../../common/extremes.ts'
import { cleanLabelName } from '../../common/label-name.ts'
import { limits } from '../../common/limits.ts'
import type { Label, LabelId } from '../../common/model.ts'
import { createLabelColors } from '../../common/palette.ts'
import { said } from '../../common/said.ts'
import { canonicalJson } from '../store/json.ts'

export interface ClassPlan {
  /** A class there -> the class here that it is, or becomes. */
  readonly hereOf: ReadonlyMap<LabelId, Label>
  readonly added: readonly Label[]
  readonly updated: readonly [from: Label, to: Label][]
  readonly told: MergeReport['classes']
  /** What of a class there is not taken. */
  readonly notes: readonly string[]
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase()

/** What the class there says and the one here does not. @param note of what is said otherwise there */
const completed = (here: Label, there: Label, note: (message: string) => void): Label => {
  const kept = (key: 'supercategory' | 'description') => {
    if (here[key] !== null && there[key] !== null && here[key] !== there[key])
      note(
        key === 'supercategory'
          ? said('class {name}: its supercategory is another one there; the one here stays.', {
              name: here.name,
            })
          : said('class {name}: its description is another one there; the one here stays.', {
              name: here.name,
            }),
      )
    return here[key] ?? there[key]
  }
  const attributes = here.attributes.map((attribute) => {
    const other = there.attributes.find(({ name }) => name === attribute.name)
    if (other === undefined || other.type === attribute.type) {
      const choices = [...new Set([...attribute.choices, ...(other?.choices ?? [])])].slice(0, limits.choices)
      return { ...attribute, choices }
    }
    note(
      said('class {name}: its attribute {attribute} is of another type there; the one here stays.', {
        name: here.name,
        attribute: attribute.name,
      }),
    )
    return attribute
  })
  const known = new Set(attributes.map(({ name }) => name))
  const more = there.attributes.filter(({ name }) => !known.has(name))
  const all = [...attributes, ...more]
  if (all.length > limits.attributes)
    note(said('class {name}: some of its attributes there are too many.', { name: here.name }))
  return {
    ...here,
    supercategory: kept('supercategory'),
    description: kept('description'),
    attributes: all.slice(0, limits.attributes),
  }
}

/** A finder of the class here that has the name, or has it in another case and no other there has it exactly. */
const createFinder = (here: readonly Label[], there: readonly Label[], apart: ReadonlySet<string>) => {
  const exact = new Map(here.toReversed().map((label) => [label.name, label]))
  const twinsOf = (name: string) => here.filter((label) => fold(label.name) === fold(name))
  const names = new Set(there.map(({ name }) => name))
  return (name: string): Label | null => {
    const same = exact.get(name)
    if (same !== undefined || apart.has(name)) return same ?? null
    const twins = twinsOf(name)
    const [twin] = twins
    return twin !== undefined && twins.length === 1 && !names.has(twin.name) ? twin : null
  }
}

/**
 * @param there those that come: the classes of the other project
 * @param apart names there that are not the class here whose name differs in case alone
 * @throws CodedError bad-input when there would be more classes than a project holds
 */
export const planClasses = (
  here: readonly Label[],
  there: readonly Label[],
  apart: ReadonlySet<string>,
): ClassPlan => {
  const find = createFinder(here, there, apart)
  const hereOf = new Map<LabelId, Label>()
  const changed = new Map<LabelId, Label>()
  const fresh = new Map<string, Label>()
  const told: ClassPlan['told'] = []
  const notes: string[] = []
  const ids = new Set(here.map(({ id }) => id))
  const keys = new Set(here.flatMap(({ key }) => (key === null ? [] : [key])))
  const taken = new Set(here.map(({ color }) => color))
  const colors = createLabelColors(here)
  const from = Math.max(-1, maxOf(here.map(({ position }) => position))) + 1

  const make = (label: Label, name: string): Label => {
    const isFree = !ids.has(label.id)
    if (label.key !== null && keys.has(label.key))
      notes.push(said('class {name}: its keys {keys} pick another class here.', { name, keys: label.key }))
    const made: Label = {
      ...label,
      id: isFree ? label.id : randomUUID(),
      name,
      color: taken.has(label.color) ? colors.next() : label.color,
      key: label.key !== null && keys.has(label.key) ? null : label.key,
      position: from + fresh.size,
      locked: false,
    }
    ids.add(made.id)
    taken.add(made.color)
    if (made.key !== null) keys.add(made.key)
    fresh.set(name, made)
    return made
  }

  for (const label of there) {
    const name = cleanLabelName(label.name) || 'unnamed'
    const known = find(name) ?? fresh.get(name) ?? null
    if (known === null) {
      hereOf.set(label.id, make(label, name))
      told.push({ there: name, here: null, isCaseTwin: false })
      continue
    }
    hereOf.set(label.id, known)
    if (fresh.has(known.name)) continue
    told.push({ there: name, here: known.name, isCaseTwin: known.name !== name })
    const before = changed.get(known.id) ?? known
    const after = completed(before, label, (message) => notes.push(message))
    if (canonicalJson(after) !== canonicalJson(before)) changed.set(known.id, after)
  }
  if (here.length + fresh.size > limits.classes)
    throw new CodedError(
      'bad-input',
      said('There would be more than {classes, number} classes.', { classes: limits.classes }),
    )
  return {
    hereOf,
    added: [...fresh.values()],
    updated: here.flatMap((label): [Label, Label][] => {
      const after = changed.get(label.id)
      return after === undefined ? [] : [[label, after]]
    }),
    told,
    notes,
  }
}

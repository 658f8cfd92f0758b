/** The attributes of a class while they are being edited, and what has to be right before they are stored. Pure. */
import { limits } from '../../../common/limits.ts'
import type { Attribute } from '../../../common/model.ts'
import { foldText } from '../../../common/pattern.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

export interface AttributeDraft {
  /** Of this draft alone, for React. */
  readonly id: string
  readonly name: string
  /** What it was called; null when it is new. */
  readonly was: string | null
  readonly type: Attribute['type']
  /** As they are typed, with commas between them. */
  readonly choices: string
}

export const typeNames = {
  choice: msg('Choice'),
  'yes-no': msg('Yes or no'),
  number: msg('Number'),
  text: msg('Text'),
} as const satisfies Record<Attribute['type'], string>

export const newDraft = (): AttributeDraft => ({
  id: crypto.randomUUID(),
  name: '',
  was: null,
  type: 'choice',
  choices: '',
})

export const draftsOf = (attributes: readonly Attribute[]): AttributeDraft[] =>
  attributes.map(({ name, type, choices }) => ({
    id: crypto.randomUUID(),
    name,
    was: name,
    type,
    choices: choices.join(', '),
  }))

const choicesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((choice) => choice.trim())
      .filter((choice) => choice !== ''),
  ),
]

/** The attributes, or what is wrong, in words. A row in which nothing was typed is none. */
export const attributesOf = (drafts: readonly AttributeDraft[]): Attribute[] | string => {
  const attributes: Attribute[] = []
  const known = new Set<string>()
  for (const { name: typed, type, choices: text } of drafts) {
    const name = typed.trim()
    const choices = type === 'choice' ? choicesOf(text) : []
    if (name === '' && text.trim() === '') continue
    if (name === '') return t('An attribute has no name yet.')
    if (known.has(foldText(name))) return t('There are two attributes “{name}”.', { name })
    if (type === 'choice' && choices.length === 0)
      return t('“{name}” needs choices, such as: red, green, blue.', { name })
    if (choices.length > limits.choices)
      return t('“{name}” has more than {most, number} choices.', { name, most: limits.choices })
    if (choices.some((choice) => choice.length > limits.attributeText))
      return t('A choice of “{name}” has more than {most, number} characters.', {
        name,
        most: limits.attributeText,
      })
    known.add(foldText(name))
    attributes.push({ name, type, choices })
  }
  return attributes
}

/** Which attributes have another name now: the values of objects go along. */
export const renamedOf = (drafts: readonly AttributeDraft[]): { from: string; to: string }[] =>
  drafts.flatMap(({ was, name }) =>
    was === null || name.trim() === '' || name.trim() === was ? [] : [{ from: was, to: name.trim() }],
  )

/** The list with one of its rows moved up (-1) or down (1). */
export const moved = (
  drafts: readonly AttributeDraft[],
  id: string,
  by: -1 | 1,
): readonly AttributeDraft[] => {
  const from = drafts.findIndex((draft) => draft.id === id)
  const to = from + by
  const [one, other] = [drafts[from], drafts[to]]
  if (!one || !other) return drafts
  return drafts.map((draft, at) => (at === from ? other : at === to ? one : draft))
}

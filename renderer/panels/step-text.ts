/** The name of a step in the language of the window. The core names steps in English, by the keys of the catalogue. */
import { editTexts, thingTexts } from '../../common/edit-name.ts'
import { t } from '../texts/t.ts'

/** 'Move {what}' -> what matches 'Move 3 objects'. */
const patternOf = (key: string): RegExp =>
  new RegExp(`^${key.replace(/\{count\}/g, '(?<count>\\d+)').replace(/\{(\w+)\}/g, '(?<$1>.+)')}$`)

const tableOf = (keys: readonly string[]) => keys.map((key) => [patternOf(key), key] as const)

const steps = tableOf(Object.values(editTexts))
const things = tableOf(Object.values(thingTexts))

const find = (table: typeof steps, text: string) => {
  for (const [pattern, key] of table) {
    const match = pattern.exec(text)
    if (match) return { key, values: match.groups ?? {} }
  }
  return null
}

/** What a step is about; the name of a class stays. */
const thingText = (text: string): string => {
  const found = find(things, text)
  return found === null ? text : t(found.key, found.values)
}

/** A name that is not known stays as it is. @param name as `nameOfEdit` makes it */
export const stepText = (name: string): string => {
  const found = find(steps, name)
  if (found === null) return name
  const { what, into, ...rest } = found.values
  return t(found.key, {
    ...rest,
    ...(what === undefined ? {} : { what: thingText(what) }),
    ...(into === undefined ? {} : { into: thingText(into) }),
  })
}

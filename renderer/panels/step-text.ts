/** The name of a step in the language of the window. The core names steps in English, by the keys of the catalogue. */
import { editTexts, thingTexts } from '../../common/edit-name.ts'
import { createRecogniser } from '../texts/recognise.ts'
import { t } from '../texts/t.ts'

const stepOf = createRecogniser(Object.values(editTexts))
const thingOf = createRecogniser(Object.values(thingTexts))

/** What a step is about; the name of a class stays. */
const thingText = (text: string): string => {
  const found = thingOf(text)
  return found === null ? text : t(found.key, found.values)
}

/** A name that is not known stays as it is. @param name as `nameOfEdit` makes it */
export const stepText = (name: string): string => {
  const found = stepOf(name)
  if (found === null) return name
  const { what, into, ...rest } = found.values
  return t(found.key, {
    ...rest,
    ...(what === undefined ? {} : { what: thingText(String(what)) }),
    ...(into === undefined ? {} : { into: thingText(String(into)) }),
  })
}

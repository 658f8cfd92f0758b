/**
 * What the core says, in the language of the window. The core speaks English, by keys (`said` in common/said.ts), and its
 * sentences are plain texts in errors, reports and the project file; here they are known again by their keys.
 */
import { messageOf } from '../../common/errors.ts'
import { activeTexts } from './t.ts'

/** A sentence of the core, or several; one that is not known stays as it is. */
export const heard = (text: string): string => activeTexts().heard(text)

/** What a thrown value says. */
export const errorText = (thrown: unknown): string => heard(messageOf(thrown))

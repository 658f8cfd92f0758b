/** The language for the React tree: who calls this is drawn again when it changes. */
import { useSyncExternalStore } from 'react'
import type { Language } from '../../common/languages.ts'
import { activeLanguage, onLanguage } from './t.ts'

/**
 * The root calls it, so that everything below is drawn anew in the other language and nothing is lost; and so does what
 * is in a `memo` and has texts, which the root does not reach.
 */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, activeLanguage)

/**
 * What the shell itself says (questions, errors, menus of the system), in the language of the window. The texts are the
 * page's catalogue; until the settings have been read, they are those of the system's language.
 */
import type { Settings } from '../common/contract/settings.ts'
import type { TextValues } from '../common/said.ts'
import { languageOf, loadTexts } from '../renderer/texts/languages.ts'
import { createTexts } from '../renderer/texts/texts.ts'

export interface ShellTexts {
  readonly t: (key: string, values?: TextValues) => string
  /** A sentence of the core, or several; one that is not known stays as it is. */
  readonly heard: (text: string) => string
  /** Speaks what is set from now on, and calls `onChange` when that is another language. */
  follow(setting: Settings['language']): Promise<void>
}

/**
 * @param systemLanguages BCP 47 tags, the best first
 * @param onChange the language is another one now
 */
export const createShellTexts = (systemLanguages: readonly string[], onChange: () => void): ShellTexts => {
  let texts = createTexts('en', {})
  let wanted = texts.language
  return {
    t: (key, values) => texts.text(key, values),
    heard: (text) => texts.heard(text),
    async follow(setting) {
      const language = languageOf(setting, systemLanguages)
      if (language === wanted) return
      wanted = language
      const loaded = await loadTexts(language)
      // Another one may have been chosen while it was loaded.
      if (wanted !== language) return
      texts = loaded
      onChange()
    },
  }
}

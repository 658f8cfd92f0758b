/** Which language the window speaks, and its catalogue, which is loaded when it is needed. */
import type { Settings } from '../../common/contract/settings.ts'
import { languages, type Language } from '../../common/languages.ts'
import { createTexts, joinRooms, sentencesIn, type Rooms, type Texts } from './texts.ts'

/** Each in its own language, as somebody looks for it who reads no other. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  zh: '简体中文',
  ja: '日本語',
}

/** For the `lang` of the page, which fonts and screen readers heed. */
export const tagOf = (language: Language): string => (language === 'zh' ? 'zh-Hans' : language)

const catalogues: Readonly<Record<Language, () => Promise<Rooms>>> = {
  en: () => Promise.resolve({}),
  de: async () => (await import('./de/all.ts')).rooms,
  fr: async () => (await import('./fr/all.ts')).rooms,
  zh: async () => (await import('./zh/all.ts')).rooms,
  ja: async () => (await import('./ja/all.ts')).rooms,
}

/** The first of the system's languages that the window speaks, else English. @param wished BCP 47 tags, the best first */
export const languageOf = (setting: Settings['language'], wished: readonly string[]): Language => {
  if (setting !== 'system') return setting
  const roots = wished.map((tag) => tag.toLowerCase().split('-')[0])
  return roots.map((root) => languages.find((language) => language === root)).find(Boolean) ?? 'en'
}

export const loadTexts = async (language: Language): Promise<Texts> => {
  const rooms = await catalogues[language]()
  return createTexts(language, joinRooms(rooms), sentencesIn(rooms))
}

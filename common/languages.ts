/** The languages that the window speaks. How to add one: docs/languages.md. */

/** BCP 47 tags without a region, but for `zh`, which is simplified Chinese. English is the language of the source. */
export const languages = ['en', 'de', 'fr', 'zh', 'ja'] as const
export type Language = (typeof languages)[number]

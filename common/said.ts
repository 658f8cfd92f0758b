/**
 * Texts for a person, by the English sentence as their key: the source reads as English, and the window finds the
 * sentence of another language under it (renderer/texts/). ICU MessageFormat: '{count, plural, one {# object} other {# objects}}'.
 */

export type TextValues = Readonly<Record<string, string | number>>

/** Marks the text of a table, which is translated where it is shown: `t(action.label)`. */
export const msg = <T extends string>(text: T): T => text

/** The English text of a key that has nothing but plain placeholders, for the core and the terminal. */
export const filled = (key: string, values: TextValues): string =>
  key.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

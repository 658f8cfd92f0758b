/**
 * Texts for a person, by the English sentence as their key: the source reads as English, and the window finds the
 * sentence of another language under it (renderer/texts/). ICU MessageFormat: '{count, plural, one {# object} other {# objects}}'.
 */

export type TextValue = string | number
export type TextValues = Readonly<Record<string, TextValue>>

/** Marks the text of a table, which is translated where it is shown: `t(action.label)`. */
export const msg = <T extends string>(text: T): T => text

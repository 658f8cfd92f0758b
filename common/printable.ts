/** Text of strangers (names of files and classes, errors that quote them) made fit for a terminal. */

/** C0 and C1 controls, line ends beside "\n", and the marks that turn the direction of text around them. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * One line as it may be printed: what would steer a terminal, or begin another line, stands as `\u001b`, which JSON
 * reads back.
 */
export const printable = (text: string): string => text.replace(unprintable, escaped)

/** As `printable`, with the text's own lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** At most 200 characters of a stranger's name, for a message; where it is cut stands "…". */
export const shortened = (name: string): string =>
  name.length <= 200 ? name : `${name.slice(0, 120)}…${name.slice(-79)}`

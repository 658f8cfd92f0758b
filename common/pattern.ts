/** Texts as a filter compares them: without regard to case, with stars for anything. Pure. */

/** NFC and lower case. */
export const foldText = (text: string): string => text.normalize('NFC').toLowerCase()

/** Does the whole text fit the pattern? */
export const fitsPattern = (pattern: string): ((text: string) => boolean) => {
  const parts = foldText(pattern)
    .split('*')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const whole = new RegExp(`^${parts.join('.*')}$`, 'su')
  return (text) => whole.test(foldText(text))
}

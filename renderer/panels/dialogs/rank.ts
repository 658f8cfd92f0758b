/** How well a name fits what is typed into the palette. */

/** Every word must be in the name; best at its beginning, then at the beginning of a word. */
export const rankOf = (name: string, search: string): number => {
  const text = name.toLowerCase()
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every((word) => text.includes(word))) return 0
  if (text.startsWith(words[0] ?? '')) return 1
  return words.every((word) => text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)))
    ? 0.8
    : 0.5
}

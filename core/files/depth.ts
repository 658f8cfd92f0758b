/** How deep a text of JSON or YAML nests: what its reader makes of millions of brackets takes seconds, and nobody wrote them. */

/** No label file nests deeper than ten; ours and COCO's five. */
const MOST = 1000

const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const OPEN = '['.charCodeAt(0)
const CLOSE = ']'.charCodeAt(0)
const BEGIN = '{'.charCodeAt(0)
const END = '}'.charCodeAt(0)

/** Whether brackets outside of double quotes open more than a thousand times before they close. */
export const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
        if (text.charCodeAt(at) === BACKSLASH) at++
    } else if (code === OPEN || code === BEGIN) {
      if (++depth > MOST) return true
    } else if (code === CLOSE || code === END) depth = Math.max(0, depth - 1)
  }
  return false
}

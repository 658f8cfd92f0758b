/** Gives the user a file that the page has made: the browser or the system's dialog asks where it goes. */

/** Long enough for the browser to have begun to read it. */
const KEPT_MS = 60_000

export const saveFile = (name: string, content: Blob): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS)
}

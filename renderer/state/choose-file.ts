/** Asks for a file by the browser's own dialog, which tells what is in it and not where it lies. */

/** @param accept endings, as an input takes them */
export const chooseFile = (accept: string, take: (file: File) => void): void => {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) take(file)
  })
  input.click()
}
